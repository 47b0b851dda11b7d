"""What a fact of each kind may say, and when two say the same: pure."""

import re

import phonenumbers

from welcome.packs.models import FactKind
from welcome.segmentation.dialect import EMAIL

# phonenumbers finds a number inside any text; ours must be nothing else.
PHONE = re.compile(r"[+(]?[0-9][0-9() ./-]*")
URL = re.compile(r"https?://[^\s<>\"'@/?#\\]+(?:[/?#][^\s<>\"'\\]*)?")
SHORT_CODE = re.compile(r"[0-9]{3,6}")
# Line breaks too, and what turns the direction of what follows.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
PATTERNS = {
    FactKind.URL: URL,
    FactKind.EMAIL: re.compile(EMAIL),
    FactKind.MONEY: re.compile(r".*\d.*"),
    FactKind.DATE: re.compile(r".*\d.*"),
}


def fits(kind: FactKind, value: str, region: str) -> bool:
    """Tell whether a value can be shown as its kind."""
    if not value.strip() or len(value) > 400 or CONTROL.search(value):
        return False
    if kind is FactKind.PHONE:
        return bool(_dialled(value, region))
    return kind not in PATTERNS or bool(PATTERNS[kind].fullmatch(value))


def is_same_number(value: str, local: str, region: str) -> bool:
    """Tell whether a telephone dials the same for both."""
    return _dialled(value, region) == _dialled(local, region)


def _dialled(value: str, region: str) -> str:
    """Give the one form of a short code or possible number, nothing for anything else.

    Numbers that are reserved for tests are possible, though not valid.
    """
    if SHORT_CODE.fullmatch(value.replace(" ", "")):
        return value.replace(" ", "")
    if not PHONE.fullmatch(value):
        return ""
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
