"""Codes that work once, and passkeys that live on phones and laptops."""

from typing import Protocol

from flask_security import Totp, UserMixin, WebauthnUtil
from typing_extensions import override
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from welcome.accounts.models import Account


class Accepted(Protocol):
    """A code that was right, and the number of its half minute."""

    counter: int


class CodesUsedOnce(Totp):
    """Remembers the last code of each account, so that none works twice."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the counter of the newest code that was accepted."""
        return user.tf_last_counter if isinstance(user, Account) else None

    def set_last_counter(self, user: UserMixin, tmatch: Accepted) -> None:
        """Remember the counter of a code that was just accepted."""
        if isinstance(user, Account):
            user.tf_last_counter = tmatch.counter


class Passkeys(WebauthnUtil):
    """Takes any authenticator that checks the person: it then is both steps at once."""

    @override
    def authenticator_selection(
        self, user: UserMixin, usage: str
    ) -> AuthenticatorSelectionCriteria:
        """Ask for a passkey that is found without a name and checks the person."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    @override
    def user_verification(
        self, user: UserMixin | None, usage: list[str]
    ) -> UserVerificationRequirement:
        """Ask the authenticator to check the person at every sign-in."""
        return UserVerificationRequirement.REQUIRED
