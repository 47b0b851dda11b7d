"""What a form says before it is sent: what is kept, why, how long, and one's rights.

The defaults are phrases; an administrator's own texts (policy kind `notices`) come
before them: {"controller", "contact", "texts": {tag: {part: text}}}. How long is as the
clocks of retention have it; in texts of one's own {newcomer} and the like stand for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from welcome.buddies import policies
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.privacy.retention import read_clocks
from welcome.buddies.rules.clocks import Clock
from welcome.phrases import codes

NO_SETTINGS: Mapping[str, Any] = {}
# Which of the periods in months a form tells of, by the words in its phrases.
PERIODS: Mapping[str, Clock] = {
    "newcomer": Clock.NEWCOMER,
    "never": Clock.NEVER_PAIRED,
    "volunteer": Clock.VOLUNTEER,
    "applicant": Clock.APPLICANT,
    "reference": Clock.REFERENCE,
    "concern": Clock.CONCERN,
}


class Audience(StrEnum):
    """Who is told."""

    NEWCOMER = "newcomer"
    VOLUNTEER = "volunteer"
    REFEREE = "referee"
    CONCERN = "concern"


PARTS: Mapping[Audience, tuple[str, ...]] = {
    Audience.NEWCOMER: ("what", "never", "why", "who", "long_newcomer", "basis"),
    Audience.VOLUNTEER: (
        "what_volunteer", "never", "why_volunteer", "who", "long_volunteer", "basis",
    ),
    Audience.REFEREE: (
        "what_referee", "why_referee", "who_referee", "long_referee", "basis",
    ),
    Audience.CONCERN: (
        "what_concern", "why_concern", "long_concern", "basis_concern",
    ),
}  # fmt: skip
RIGHTS = "rights"


@dataclass(frozen=True)
class Notice:
    """What is told, and which version of it: kept with whoever was told."""

    version: int
    controller: str
    contact: str
    paragraphs: tuple[str, ...]
    rights: str


def read(session: Session, audience: Audience, tag: str, *, place: str) -> Notice:
    """Say it to an audience in a locale; `place` is the controller unless one is set."""
    newest = policies.find_newest(session, PolicyKind.NOTICES)
    settings = newest.settings if newest else NO_SETTINGS
    said = say(session, settings, audience, tag, place=place)
    return replace(said, version=newest.version if newest else 0)


def say(
    session: Session,
    settings: Mapping[str, Any],
    audience: Audience,
    tag: str,
    *,
    place: str,
) -> Notice:
    """Say it as some settings have it, which need not count yet: version 0."""
    own = settings.get("texts", {}).get(tag, {})
    numbers = read_clocks(session).numbers
    months = {name: str(numbers[clock]) for name, clock in PERIODS.items()}

    def tell(part: str) -> str:
        text = own.get(part)
        if not text:
            return codes.word(tag, f"notice.{part}", **months)
        for name, number in months.items():
            text = text.replace(f"{{{name}}}", number)
        return str(text)

    return Notice(
        version=0,
        controller=str(settings.get("controller") or place),
        contact=str(settings.get("contact", "")),
        paragraphs=tuple(tell(part) for part in PARTS[audience]),
        rights=tell(RIGHTS),
    )


def usual(tag: str, part: str) -> str:
    """Give the default text of a part, with a word in braces for each period."""
    return codes.word(
        tag, f"notice.{part}", **{name: f"{{{name}}}" for name in PERIODS}
    )
