"""One way to say that two contents are the same."""

import hashlib
import json

# Made once: publishing asks thousands of times.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def of(content: object) -> str:
    """Give the SHA-256, in hexadecimal, of anything JSON can hold."""
    return of_bytes(_CANONICAL.encode(content).encode())


def of_bytes(content: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
