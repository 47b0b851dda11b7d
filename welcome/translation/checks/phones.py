"""Phone numbers by what they dial."""

import re
from collections.abc import Iterator
from functools import cache

import phonenumbers

from .findings import Finding, block
from .plain import Span, without

# What the library does not know (numbers kept for drama, 116 123) is still a phone.
_PHONE = re.compile(
    r"(?<![\d+.,/-])(?:(?:\+|00)[1-9]|0)[\d \u00a0\u202f().\u2011-]{7,20}\d(?![\d/-])"
    r"|(?<!\d)116 \d{3}(?!\d)"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")


def read(text: str, region: str) -> dict[Span, str]:
    """Find phone numbers in folded text: where each stands and what it dials."""
    if not re.search(r"\d", text):
        return {}
    blanks = text.replace("\u00a0", " ").replace("\u202f", " ")
    found = {
        (each.start, each.end): _international(each.number)
        for each in phonenumbers.PhoneNumberMatcher(blanks, region)
        if not _DATE.search(each.raw_string)
    }
    for each in _PHONE.finditer(without(blanks, found)):
        digits = _dialled(each[0], region)
        if 6 <= len(digits) <= 15 and not _DATE.search(each[0]):
            found[each.span()] = digits
    return found


def find_written_together(text: str, numbers: set[str]) -> dict[Span, str]:
    """Find numbers written without blanks, which alone would not look like phones."""
    return {
        found.span(): number
        for number in numbers
        for found in re.finditer(rf"(?<!\d){number}(?!\d)", text)
    }


def compare(
    source: dict[Span, str], target: dict[Span, str], texts: tuple[str, str]
) -> Iterator[Finding]:
    """Find phone numbers that differ, in any digits; say them as `texts` write them."""
    missing = _written(source, texts[0], without=target)
    extra = _written(target, texts[1], without=source)
    if missing:
        yield block("phone", missing=", ".join(missing), found=", ".join(extra) or "–")
    elif extra:
        yield block("phone-extra", found=", ".join(extra))


def _written(
    found: dict[Span, str], text: str, *, without: dict[Span, str]
) -> list[str]:
    """List how numbers are written that dial what the other text does not."""
    known = set(without.values())
    spelled = {
        number: text[start:end]
        for (start, end), number in sorted(found.items(), reverse=True)
        if number not in known
    }
    return list(reversed(spelled.values()))


def _dialled(written: str, region: str) -> str:
    """Give the international form of a number the library calls impossible."""
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if written.startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return f"{_country_code(region)}{digits[1:]}" if digits[:1] == "0" else digits


def _international(number: phonenumbers.PhoneNumber) -> str:
    return f"{number.country_code}{number.national_number}"


@cache
def _country_code(region: str) -> int:
    return phonenumbers.country_code_for_region(region)
