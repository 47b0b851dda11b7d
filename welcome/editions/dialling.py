"""What a telephone dials for a number as it is written: pure."""

import re
import unicodedata

_NUMBER = re.compile(r"(?:\+|\(?)\d[\d \u00a0().-]*")


def dialled(value: str) -> str | None:
    """Give the tel: address of the first number in a value, in digits of any script."""
    found = _NUMBER.search(value)
    if not found:
        return None
    # +44 (0)20 is dialled +4420.
    number = found[0].replace("(0)", "") if found[0].startswith("+") else found[0]
    digits = "".join(str(unicodedata.decimal(sign, "")) for sign in number)
    return f"tel:{'+' * number.startswith('+')}{digits}"
