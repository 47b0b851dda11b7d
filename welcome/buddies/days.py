"""After how many days what happens, as an administrator set it for the scheme."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import policies
from welcome.buddies import scheme as schemes
from welcome.buddies.errors import BadDays
from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.buddies.scheme import Days, Scheme
from welcome.config import Settings

REMINDERS = "reminders"
MOST_REMINDERS = 4
# How few and how many each may be; reminders come before the last day of an answer.
RANGES: Mapping[str, tuple[int, int]] = {
    "answer": (2, 60),
    "meet": (7, 90),
    "tell": (1, 30),
    "notice": (1, 90),
    "still_free": (30, 730),
    "free_again": (3, 90),
    "lapse": (60, 730),
}


def read(session: Session) -> Days:
    """Return the days that count; the usual ones while nothing was set."""
    newest = policies.find_newest(session, PolicyKind.DAYS)
    return parse(newest.settings) if newest else Days()


def settings_of(days: Days) -> dict[str, object]:
    """Give days as they are kept."""
    return asdict(days) | {REMINDERS: list(days.reminders)}


def write(
    session: Session,
    days: Days,
    *,
    actor: Account | None,
    now: datetime,
    based_on: int | None = None,
) -> PolicyVersion:
    """Let other days count from now on; raises BadDays and PolicyChanged.

    Who was asked before still has as long as they were told.
    """
    settings = settings_of(days)
    parse(settings)
    return policies.set_policy(
        session, PolicyKind.DAYS, settings, actor=actor, now=now, based_on=based_on
    )


def parse(settings: Mapping[str, object]) -> Days:
    """Read days as they are kept; what is not named stays usual. Raises BadDays."""
    numbers: dict[str, int] = {}
    for name, number in settings.items():
        if name == REMINDERS:
            continue
        least, most = RANGES.get(name, (0, 0))
        # Of what a file gives, True is no number.
        if not isinstance(number, int) or isinstance(number, bool):
            raise BadDays(name=name, least=least, most=most)
        if not least <= number <= most:
            raise BadDays(name=name, least=least, most=most)
        numbers[name] = number
    answer = numbers.get("answer", Days.answer)
    given = settings.get(REMINDERS, Days.reminders)
    return Days(reminders=_parse_reminders(given, answer), **numbers)


def standing(session: Session, settings: Settings) -> Scheme:
    """Give the scheme of an installation with the days that count."""
    return replace(schemes.of(settings), days=read(session))


def _parse_reminders(given: object, answer: int) -> tuple[int, ...]:
    """Take whole days that rise and end before an answer is too late."""
    numbers = list(given) if isinstance(given, list | tuple) else [None]
    whole = [each for each in numbers if type(each) is int and 1 <= each < answer]
    if whole != numbers or whole != sorted(set(whole)) or len(whole) > MOST_REMINDERS:
        raise BadDays(name=REMINDERS, least=1, most=answer - 1)
    return tuple(whole)
