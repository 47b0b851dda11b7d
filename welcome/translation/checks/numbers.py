"""Numbers by value, whatever the digits and the separators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .findings import Finding, block, remark, warn
from .plain import Span

# Signs that may stand between the digits of one number.
_INNER = ".,\u066b\u066c'\u2019"
_GAP = "\u00a0\u202f\u2009 "
NUMBER = rf"\d+(?:[{_INNER}]\d+)*(?:[{_GAP}]\d{{3}}(?!\d))*(?:[{_INNER}]\d+)?"
_NUMBER = re.compile(rf"(?<![\d]){NUMBER}")
# English: a comma parts thousands, a full stop is the decimal point, a blank parts
# two numbers.
STRICT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_STRICT = re.compile(rf"(?<!\d)(?:{STRICT})")

_SCALES = {
    1_000: "千|ألف|آلاف|الف|هزار|ہزار|हज़ार|हजार|ਹਜ਼ਾਰ|হাজার|tys\\.?|тис\\.?|тыс\\.?",
    10_000: "万|萬|만",
    100_000: "लाख|ਲੱਖ|লাখ|لاکھ",
    1_000_000: "million|مليون|ملايين|میلیون|ملین|मिलियन|ਮਿਲੀਅਨ|মিলিয়ন|mln|млн|mil(?:ion)",
    10_000_000: "करोड़|ਕਰੋੜ|কোটি|کروڑ",
    100_000_000: "億|亿|억",
}
SCALE = re.compile(
    "|".join(rf"(?P<x{n}>{words})" for n, words in _SCALES.items()), re.I
)
# Names and phrases, not amounts: COVID-19, 24/7, 24 hours.
_NAMES = re.compile(r"(?<=[A-Za-z])[-\u2011\u2013]\d+|\b24(?:/7|[- ]hours?\b)", re.I)


@dataclass(frozen=True)
class Number:
    """A number as written, and the values it may have."""

    span: Span
    text: str
    values: frozenset[Decimal]


def read_strict(text: str) -> list[Number]:
    """Read numbers the English way: each has one value."""
    return [
        Number(found.span(), found[0], frozenset({Decimal(found[0].replace(",", ""))}))
        for found in _STRICT.finditer(text)
    ]


def read_open(text: str) -> list[Number]:
    """Read numbers every way a locale may write them; units such as 万 multiply."""
    return [
        Number(found.span(), found[0], _scaled(readings(found[0]), text, found.end()))
        for found in _NUMBER.finditer(text)
    ]


def readings(written: str) -> frozenset[Decimal]:
    """Give the values that digits with separators may stand for."""
    groups = re.split(rf"[{_INNER}{_GAP}]", written)
    signs = [sign for sign in written if not sign.isdigit()]
    if not signs:
        return frozenset({Decimal(written)})
    values = set()
    if _are_thousands(groups):
        values.add(Decimal("".join(groups)))
    fraction_apart = signs[-1] not in signs[:-1] and signs[-1] not in _GAP
    if fraction_apart and (len(signs) == 1 or _are_thousands(groups[:-1])):
        values.add(Decimal("".join(groups[:-1]) + "." + groups[-1]))
    return frozenset(values) or frozenset(Decimal(group) for group in groups)


def compare(source: str, target: str, *, strict: bool) -> Iterator[Finding]:
    """Find numbers of the source that the target lacks, by value."""
    wanted = (read_strict if strict else read_open)(_NAMES.sub(" ", source))
    pool = _Pool(target)
    missing = [number for number in wanted if not pool.take(number)]
    missing = [number for number in missing if not pool.take_parts(number)]
    lone = [number for number in missing if _is_lone(number)]
    large = [number for number in missing if not _is_lone(number)]
    spare = [number for number in pool.rest if not _is_lone(number)]
    if large:
        yield block("number", missing=_list(large), found=_list(pool.rest))
    elif len(spare) > 0 and any(_digits(number) >= 3 for number in spare):
        yield remark("number-extra", found=_list(spare))
    spare_digits = [number for number in pool.rest if _is_lone(number)]
    if lone and spare_digits and not large:
        yield warn("number-digit", missing=_list(lone), found=_list(spare_digits))


class _Pool:
    """The numbers of a target that nothing in the source has claimed yet."""

    def __init__(self, text: str) -> None:
        self.rest = read_open(text)
        self.parts = [int(part) for part in re.findall(r"\d{1,15}", text)]

    def take(self, wanted: Number) -> bool:
        """Claim a number of the same value."""
        for number in self.rest:
            if number.values & wanted.values:
                self.rest.remove(number)
                for part in re.findall(r"\d{1,15}", number.text):
                    self.parts.remove(int(part))
                return True
        return False

    def take_parts(self, wanted: Number) -> bool:
        """Claim the groups of a number that the target writes apart: 9.30 as 9:30."""
        parts = [int(part) for part in re.findall(r"\d{1,15}", wanted.text)]
        left = list(self.parts)
        for part in parts:
            if part not in left or (part < 10 and len(parts) == 1):
                return False
            left.remove(part)
        self.parts = left
        return True


def _scaled(values: frozenset[Decimal], text: str, end: int) -> frozenset[Decimal]:
    found = SCALE.match(text, end + (text[end : end + 1] in tuple(_GAP)))
    if not found:
        return values
    factor = int(str(found.lastgroup)[1:])
    return values | {value * factor for value in values}


def _are_thousands(groups: list[str]) -> bool:
    """Tell whether groups part thousands, or lakhs as in 1,00,000."""
    if len(groups) < 2 or not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3:
        return False
    inner = {len(group) for group in groups[1:-1]}
    return inner <= {3} or inner <= {2}


def _digits(number: Number) -> int:
    return sum(sign.isdigit() for sign in number.text)


def _is_lone(number: Number) -> bool:
    return all(value < 10 and value == int(value) for value in number.values)


def _list(numbers: list[Number]) -> str:
    return ", ".join(number.text for number in numbers) or "–"
