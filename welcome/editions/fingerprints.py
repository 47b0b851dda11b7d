"""One way to say that two contents are the same."""

import hashlib
import json


def of(content: object) -> str:
    """Give the SHA-256, in hexadecimal, of anything JSON can hold."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return of_bytes(text.encode())


def of_bytes(content: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
