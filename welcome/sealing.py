"""Keys that seal what only some may read, and the index by which it is still found.

A keyring opens with any of its keys and seals with the first, so that keys can be
changed while people work. The index of a value is the same for the same value and
tells nothing about it without the key (HMAC-SHA256 over a purpose and the value).
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from welcome.errors import WelcomeError

BETWEEN_KEYS = " "


class SealBroken(WelcomeError):
    """None of the keys opens it: it was sealed elsewhere, or changed since."""

    code = "seal_broken"


class KeysNeeded(WelcomeError):
    """Something has to be sealed or opened, and there are no keys."""

    code = "keys_needed"


@dataclass(frozen=True)
class Keyring:
    """The keys of an installation: `sealing` holds one or more texts, newest first."""

    sealing: str = field(repr=False)
    indexing: str = field(repr=False)

    def seal(self, text: str) -> bytes:
        """Seal a text with the newest key; each time it looks different."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Open what one of the keys sealed; raises SealBroken."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealBroken from None

    def seal_anew(self, sealed: bytes) -> bytes:
        """Seal with the newest key what an older one sealed; raises SealBroken."""
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken:
            raise SealBroken from None

    def is_newest(self, sealed: bytes) -> bool:
        """Say whether the newest key sealed it."""
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def index(self, purpose: str, value: str) -> str:
        """Return 64 letters that stand for a value; purposes never meet."""
        message = f"{purpose}\0{value}".encode()
        return hmac.new(self._index_key, message, hashlib.sha256).hexdigest()

    @cached_property
    def _fernet(self) -> MultiFernet:
        each = self.sealing.split(BETWEEN_KEYS)
        keys = [_derive(text, b"welcome field sealing") for text in each]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])

    @cached_property
    def _newest(self) -> Fernet:
        key = _derive(self.sealing.split(BETWEEN_KEYS)[0], b"welcome field sealing")
        return Fernet(base64.urlsafe_b64encode(key))

    @cached_property
    def _index_key(self) -> bytes:
        return _derive(self.indexing, b"welcome blind index")


def derive_text(root: str, purpose: str) -> str:
    """Derive a key for one purpose from the installation's own, as a text."""
    return base64.urlsafe_b64encode(_derive(root, purpose.encode())).decode()


def _derive(text: str, purpose: bytes) -> bytes:
    """Derive a key of 32 bytes for one purpose (HKDF, RFC 5869)."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return derivation.derive(text.encode())
