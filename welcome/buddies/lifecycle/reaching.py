"""Reaching a person of the scheme, in the one way that is safe for them.

Nothing else here sends anything to a newcomer or a volunteer. Who cannot be written to
is told by their coordinator: a task says so, and nothing goes to their phone or address.
Where others see what arrives, no message says what it is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from welcome import locales
from welcome.buddies import links
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose, TaskKind
from welcome.buddies.models.people import Channel, Newcomer, Prefers, Volunteer
from welcome.buddies.scheme import Scheme
from welcome.buddies.tasks import raise_task
from welcome.locales.formats import format_date
from welcome.messages import outbox
from welcome.messages.errors import NoSafeHour
from welcome.messages.models import Message
from welcome.messages.ways import Rule, Way
from welcome.phrases import catalogues

PATHS = {
    LinkPurpose.ANSWER: "/-/take-part/answer/",
    LinkPurpose.CHECK_IN: "/-/take-part/check-in/",
    LinkPurpose.MY_REQUEST: "/-/take-part/mine/",
    LinkPurpose.SIGN_IN: "/-/take-part/sign-in/",
    LinkPurpose.STILL_FREE: "/-/take-part/still-free/",
}
# Where anybody says what worries them; whom it is about, no address tells.
WORRY = "/-/concern/"
WAYS = {Channel.EMAIL: Way.EMAIL, Channel.TEXT: Way.TEXT}
Person = Newcomer | Volunteer


@dataclass(frozen=True)
class Letter:
    """A letter (a folder under `letters/`), what its link is good for, and its words.

    Days among the words are written as the reader writes them. What only its words tell
    (`is_told`) no text holds: who is sent one is told by hand as well, and where others
    see what arrives, by hand alone.
    """

    name: str
    purpose: LinkPurpose
    about: About
    words: Mapping[str, object] = field(default_factory=dict)
    lives: timedelta = links.LIVES
    is_told: bool = False


def reach(
    session: Session, person: Person, letter: Letter, scheme: Scheme, *, now: datetime
) -> Message | None:
    """Write to a person where that is safe, in their hours; else raise a task.

    The task is REACH_BY_HAND, for the coordinators of their own organisation.
    """
    if person.erased_at is not None:
        return None
    to = _find_address(person, scheme)
    if to is None:
        _reach_by_hand(session, person, now)
        return None
    rule = rule_of(person, WAYS[person.channel], scheme)
    is_safe = _has_hour(rule, now) and not (letter.is_told and rule.is_seen)
    is_hidden = letter.is_told and rule.is_brief
    if not is_safe or is_hidden or person.prefers is not Prefers.READ:
        _reach_by_hand(session, person, now)
    if not is_safe:
        return None
    made = links.make(
        session, letter.purpose, letter.about, now=now, lives=letter.lives
    )
    locale = locales.get(catalogues.nearest(person.tag))
    words = {
        name: format_date(locale, each) if isinstance(each, date) else each
        for name, each in letter.words.items()
    }
    return outbox.write_by_rule(
        session, letter.name, rule, to=to, tag=locale.tag, now=now,
        place=scheme.place_name, worry=scheme.address(f"{WORRY}{locale.tag}/"),
        link=scheme.address(PATHS[letter.purpose] + made.token), **words,
    )  # fmt: skip


def rule_of(person: Person, way: Way, scheme: Scheme) -> Rule:
    """Give the rule by which somebody is written to in a way."""
    rule = scheme.rule(way, person.safe_from, person.safe_until)
    return replace(rule, is_seen=person.shares_phone)


def take_back(session: Session, address: str, *, now: datetime) -> int:
    """Discard what still waits to go to an address that is safe no more; count it.

    For whoever changes how somebody is reached, with the address or number there was.
    """
    found = outbox.list_waiting_for(session, outbox.indexes_of(session, address))
    for message in found:
        outbox.discard(session, message, actor=None, now=now)
    return len(found)


def about(person: Person) -> About:
    """Name a person, for a task or a link."""
    subject = "newcomer" if isinstance(person, Newcomer) else "volunteer"
    return About(subject, person.id, subject)


def _find_address(person: Person, scheme: Scheme) -> str | None:
    """Find where a message may go, if one may."""
    if WAYS.get(person.channel) not in scheme.ways:
        return None
    return person.email if person.channel is Channel.EMAIL else person.phone


def _has_hour(rule: Rule, now: datetime) -> bool:
    """Say whether there is an hour in which a message may arrive."""
    try:
        rule.next_moment(now)
    except NoSafeHour:
        return False
    return True


def _reach_by_hand(session: Session, person: Person, now: datetime) -> None:
    raise_task(
        session, TaskKind.REACH_BY_HAND, person.organisation_id, about(person), now=now
    )
