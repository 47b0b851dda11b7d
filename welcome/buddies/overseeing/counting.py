"""How many wait, are there to help, and meet, by organisation.

Small numbers are hidden, see `explaining.hiding`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from statistics import median_low

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from welcome.buddies.explaining.hiding import hide, hide_together, is_small
from welcome.buddies.gathering import Moment
from welcome.buddies.models.pairings import OVER, Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.rules.profiles import days_between
from welcome.buddies.scheme import Scheme
from welcome.partners.models import Organisation


class Counted(StrEnum):
    """What is counted of an organisation."""

    WAITING = "waiting"
    CLEARED = "cleared"
    FREE = "free"
    PAUSED = "paused"
    MEETING = "meeting"
    ENDED = "ended"


# By organisation; none where it is hidden.
Sizes = Mapping[int, int]
Shown = Mapping[Counted, int | None]


@dataclass(frozen=True)
class Line:
    """The numbers of one organisation, or of all (then it names none)."""

    organisation: Organisation | None
    shown: Shown
    median_days: int | None


def count(
    session: Session, organisations: Collection[int], scheme: Scheme, moment: Moment
) -> list[Line]:
    """Count for each organisation, by name, and for all of them in the last line."""
    waits = _list_waits(session, organisations, moment)
    sizes = {
        Counted.WAITING: {each: len(days) for each, days in waits.items()},
        **_count_volunteers(session, organisations),
        **_count_pairings(session, organisations, scheme, moment.today),
    }
    hidden = _choose_hidden(sizes)
    lines = [
        _line(each, sizes, hidden, waits[each.id])
        for each in _list_named(session, organisations)
    ]
    return [*lines, _whole(sizes, [day for days in waits.values() for day in days])]


def _line(
    organisation: Organisation,
    sizes: Mapping[Counted, Sizes],
    hidden: Mapping[Counted, Collection[int]],
    waits: Collection[int],
) -> Line:
    key = organisation.id
    shown = {
        what: None if key in hidden[what] else by_organisation[key]
        for what, by_organisation in sizes.items()
    }
    return Line(organisation, shown, _median(shown, waits))


def _whole(sizes: Mapping[Counted, Sizes], waits: Collection[int]) -> Line:
    sums = {what: sum(each.values()) for what, each in sizes.items()}
    shown = {what: None if is_small(each) else each for what, each in sums.items()}
    if is_small(sums[Counted.CLEARED] - sums[Counted.FREE]):
        shown[Counted.FREE] = None
    return Line(None, shown, _median(shown, waits))


def _median(shown: Shown, waits: Collection[int]) -> int | None:
    return median_low(waits) if shown[Counted.WAITING] else None


def _choose_hidden(sizes: Mapping[Counted, Sizes]) -> dict[Counted, set[int]]:
    hidden = {what: hide(each) for what, each in sizes.items()}
    free = sizes[Counted.FREE]
    # Who is cleared and not free could be worked out from both.
    full = {each: all_ - free[each] for each, all_ in sizes[Counted.CLEARED].items()}
    hidden[Counted.FREE] = hide_together([free, full])
    return hidden


def _list_named(session: Session, organisations: Collection[int]) -> list[Organisation]:
    asked = select(Organisation).where(col(Organisation.id).in_(organisations))
    by_name = sa.func.lower(col(Organisation.name))
    return list(session.exec(asked.order_by(by_name, col(Organisation.id))))


def _list_waits(
    session: Session, organisations: Collection[int], moment: Moment
) -> dict[int, list[int]]:
    """List the days of waiting of those whose request is open, by organisation."""
    asked = (
        select(Newcomer.organisation_id, BuddyRequest.waiting_since)
        .join(BuddyRequest, col(BuddyRequest.newcomer_id) == col(Newcomer.id))
        .where(
            BuddyRequest.state == RequestState.OPEN,
            col(Newcomer.organisation_id).in_(organisations),
        )
    )
    waits: dict[int, list[int]] = {each: [] for each in organisations}
    for organisation, since in session.exec(asked):
        waits[organisation].append(days_between(since.date(), moment.today))
    return waits


def _count_volunteers(
    session: Session, organisations: Collection[int]
) -> dict[Counted, Sizes]:
    is_free = col(Volunteer.held) < col(Volunteer.capacity)
    is_cleared = col(Volunteer.state) == VolunteerState.CLEARED
    return _count_those(
        session,
        col(Volunteer.organisation_id),
        organisations,
        {
            Counted.CLEARED: is_cleared,
            Counted.FREE: sa.and_(is_cleared, is_free),
            Counted.PAUSED: col(Volunteer.state) == VolunteerState.PAUSED,
        },
    )


def _count_pairings(
    session: Session, organisations: Collection[int], scheme: Scheme, today: date
) -> dict[Counted, Sizes]:
    """Count by who leads: pairs that were introduced and are not over, or ended."""
    year = datetime.combine(today.replace(month=1, day=1), time(), scheme.zone)
    return _count_those(
        session,
        col(Pairing.lead_id),
        organisations,
        {
            Counted.MEETING: sa.and_(
                col(Pairing.introduced_at).is_not(None),
                col(Pairing.state).not_in(OVER),
            ),
            Counted.ENDED: sa.and_(
                col(Pairing.state) == PairingState.ENDED,
                col(Pairing.ended_at) >= year,
            ),
        },
    )


def _count_those(
    session: Session,
    whose: Mapped[int],
    organisations: Collection[int],
    kinds: Mapping[Counted, sa.ColumnElement[bool]],
) -> dict[Counted, Sizes]:
    sums = [sa.func.sum(sa.case((kind, 1), else_=0)) for kind in kinds.values()]
    asked = sa.select(whose, *sums).where(whose.in_(organisations)).group_by(whose)
    found = {row[0]: row[1:] for row in session.execute(asked)}
    nothing = (0,) * len(sums)
    return {
        kind: {each: found.get(each, nothing)[at] for each in organisations}
        for at, kind in enumerate(kinds)
    }
