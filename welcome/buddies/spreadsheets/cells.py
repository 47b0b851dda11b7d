"""What one cell says; whatever is wrong with it is told, and something is given back."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from welcome.buddies.rules import spoken
from welcome.buddies.rules.vocabulary import BuddyRole, Level
from welcome.buddies.spreadsheets.columns import DEFAULT_LEVEL, WHO_MEETS
from welcome.buddies.spreadsheets.problems import SheetCode, Tell
from welcome.buddies.spreadsheets.writing import FORMULAS

W = TypeVar("W", bound=StrEnum)

LONGEST_TEXT = 200
SHOWN = 60
YES_OR_NO = {"yes": True, "no": False}
# fromisoformat takes weeks as well, and other lengths.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = re.compile(r"[;,|\n،؛；、]")


def read_text(text: str, tell: Tell) -> str:
    """Read a name or number of somebody, without the apostrophe we guard it with."""
    if text[:1] == "'" and text[1:2] in FORMULAS:
        text = text[1:]
    text = unicodedata.normalize("NFC", text)
    if len(text) > LONGEST_TEXT:
        tell(SheetCode.TOO_LONG, {"most": LONGEST_TEXT})
    elif any(unicodedata.category(each) in {"Cc", "Cs"} for each in text):
        tell(SheetCode.CONTROL_CHARACTER, {})
    return text


def split(text: str) -> list[str]:
    """Split a cell that holds several things."""
    return [each.strip() for each in _BETWEEN.split(text) if each.strip()]


def read_word(text: str, words: type[W], tell: Tell) -> W | None:
    """Read one word of some; None where there is none."""
    return next(iter(read_words(text, words, tell)), None)


def read_words(text: str, words: type[W], tell: Tell) -> list[W]:
    """Read several words of some."""
    found = []
    for each in split(text):
        name = re.sub(r"[\s_]+", "-", each.casefold())
        if name in set(words):
            found.append(words(name))
        else:
            _tell_word(each, words, tell)
    return found


def read_who_meets(text: str, tell: Tell) -> tuple[BuddyRole, int]:
    """Read who meets a buddy: the role that needs, and how many adults they are."""
    if text and text.casefold() not in WHO_MEETS:
        _tell_word(text, WHO_MEETS, tell)
    return WHO_MEETS.get(text.casefold(), (BuddyRole.ADULT, 1))


def read_yes_or_no(text: str, tell: Tell, *, otherwise: bool) -> bool:
    """Read yes or no."""
    if not text:
        return otherwise
    if text.casefold() not in YES_OR_NO:
        _tell_word(text, YES_OR_NO, tell)
    return YES_OR_NO.get(text.casefold(), otherwise)


def read_whole(text: str, most: int, tell: Tell, *, otherwise: int = 0) -> int:
    """Read a whole number from 0, in any digits."""
    found = _read_decimal(text, most, tell, otherwise)
    if found != found.to_integral_value():
        tell(SheetCode.NOT_A_NUMBER, {"found": text[:SHOWN], "most": most})
    return int(found)


def read_thousandths(text: str, most: int, tell: Tell) -> int:
    """Read a number with decimals in thousandths: kilometres in metres."""
    return int(_read_decimal(text, most, tell, 0) * 1_000)


def _read_decimal(text: str, most: int, tell: Tell, otherwise: int) -> Decimal:
    if not text:
        return Decimal(otherwise)
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    # Comparing with what is no number would raise.
    if not found.is_finite() or not 0 <= found <= most or len(text) > SHOWN:
        tell(SheetCode.NOT_A_NUMBER, {"found": text[:SHOWN], "most": most})
        return Decimal(otherwise)
    return found


def read_date(text: str, today: date, tell: Tell) -> date:
    """Read a date as 2026-03-31 that is not after today."""
    if not text:
        return today
    try:
        found = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        tell(SheetCode.NOT_A_DATE, {"found": text[:SHOWN]})
        return today
    if found > today:
        tell(SheetCode.FUTURE_DATE, {"found": text, "today": today.isoformat()})
        return today
    return found


def read_languages(text: str, tell: Tell) -> dict[str, Level]:
    """Read languages with their levels: `ar:first; English:everyday; other:Name`."""
    found: dict[str, Level] = {}
    for each in split(text):
        name, level = _read_level(each, tell)
        code = _read_language(name, tell)
        if code in found:
            tell(SheetCode.DOUBLED_LANGUAGE, {"found": name[:SHOWN]})
        elif code:
            found[code] = level
    return found


def _read_level(text: str, tell: Tell) -> tuple[str, Level]:
    name, colon, level = text.rpartition(":")
    # In `other:Bajuni` the colon is not before a level.
    if not colon or name.strip().casefold() == "other":
        return text, DEFAULT_LEVEL
    return name.strip(), read_word(level, Level, tell) or DEFAULT_LEVEL


def _read_language(name: str, tell: Tell) -> str | None:
    before, colon, after = name.partition(":")
    if colon and before.strip().casefold() == "other" and after.strip():
        return spoken.code_of_other(read_text(after.strip(), tell))
    code = spoken.find_code(name)
    if code is None:
        choices = spoken.list_choices(name)
        named = {"found": name[:SHOWN]}
        if choices:
            said = {**named, "choices": ", ".join(choices)}
            tell(SheetCode.LANGUAGE_TOO_WIDE, said)
        else:
            tell(SheetCode.UNKNOWN_LANGUAGE, named)
    return code


def _tell_word(text: str, words: Iterable[str], tell: Tell) -> None:
    choices = ", ".join(words)
    tell(SheetCode.UNKNOWN_WORD, {"found": text[:SHOWN], "choices": choices})
