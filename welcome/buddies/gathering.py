"""From rows to what the rules see: only the columns they need, never a name.

Everybody is read in a handful of queries, however many there are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.people import (
    Area,
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.models.requests import Block, BuddyRequest, RequestState
from welcome.buddies.rules.profiles import (
    NewcomerProfile,
    VolunteerProfile,
    days_between,
)
from welcome.buddies.rules.vocabulary import BuddyRole, Interest, Level, make_interests

# Whoever left, or was not let in, is no candidate and not counted as one.
GONE = (VolunteerState.LEFT, VolunteerState.DECLINED)

Rows = Sequence[sa.Row[Any]]
Columns = tuple[Any, ...]
Languages = Mapping[int, Mapping[str, Level]]
# More ids than this are asked for as a range: what is read too much is not looked up.
# Fewer are named, unless most of the range is theirs.
MOST_NAMED, FEW_NAMED = 10_000, 500


@dataclass(frozen=True)
class Moment:
    """When people are looked at: an instant, and the day it is in the place."""

    now: datetime
    today: date


NEWCOMER: Columns = (
    BuddyRequest.id,
    BuddyRequest.newcomer_id,
    BuddyRequest.role,
    BuddyRequest.adults,
    BuddyRequest.buddies,
    BuddyRequest.urgency,
    BuddyRequest.waiting_since,
    Newcomer.organisation_id,
    Newcomer.gender,
    Newcomer.wish,
    Newcomer.times,
    Newcomer.interests,
    Newcomer.is_adult,
    Newcomer.avoids_own_community,
    Area.easting,
    Area.northing,
)
VOLUNTEER: Columns = (
    Volunteer.id,
    Volunteer.state,
    Volunteer.organisation_id,
    Volunteer.gender,
    Volunteer.wish,
    Volunteer.times,
    Volunteer.interests,
    Volunteer.is_adult,
    Volunteer.reach_m,
    Volunteer.capacity,
    Volunteer.held,
    Area.easting,
    Area.northing,
)

NEWCOMER_SPEAKS: Columns = (
    NewcomerLanguage.newcomer_id,
    NewcomerLanguage.language,
    NewcomerLanguage.level,
)
VOLUNTEER_SPEAKS: Columns = (
    VolunteerLanguage.volunteer_id,
    VolunteerLanguage.language,
    VolunteerLanguage.level,
)


def list_waiting(
    session: Session, organisations: Collection[int], moment: Moment
) -> list[NewcomerProfile]:
    """List the requests that are open in some organisations; their key is their id."""
    rows = session.execute(
        newcomers().where(
            col(BuddyRequest.state) == RequestState.OPEN,
            col(Newcomer.organisation_id).in_(organisations),
        )
    ).all()
    return newcomer_profiles(session, rows, moment)


def find_waiting(
    session: Session, request_id: int, moment: Moment
) -> NewcomerProfile | None:
    """Find one request as the rules see it."""
    rows = session.execute(newcomers().where(col(BuddyRequest.id) == request_id)).all()
    found = newcomer_profiles(session, rows, moment)
    return found[0] if found else None


def list_volunteers(
    session: Session, organisations: Collection[int], moment: Moment
) -> list[VolunteerProfile]:
    """List the volunteers of some organisations, also those not cleared."""
    wanted = [
        col(Volunteer.organisation_id).in_(organisations),
        col(Volunteer.state).not_in(GONE),
        col(Volunteer.erased_at).is_(None),
    ]
    rows = session.execute(volunteers().where(*wanted)).all()
    return volunteer_profiles(session, rows, moment)


def find_volunteer(
    session: Session, volunteer_id: int, moment: Moment
) -> VolunteerProfile | None:
    """Find one volunteer as the rules see them.

    Who is paused is told as cleared for what they are: pairs of theirs go on.
    """
    asked = volunteers().where(col(Volunteer.id) == volunteer_id)
    found = volunteer_profiles(session, session.execute(asked).all(), moment)
    if not found:
        return None
    cleared = _list_cleared(session, [volunteer_id], moment.today)
    return replace(found[0], cleared_for=frozenset(cleared[volunteer_id]))


def volunteer_profiles(
    session: Session,
    rows: Rows,
    moment: Moment,
    *,
    cleared_for: BuddyRole | None = None,
) -> list[VolunteerProfile]:
    """Make profiles of rows of `VOLUNTEER`.

    `cleared_for`: a role that all of them are known to be cleared for; others are not
    asked about then.
    """
    ids = [row.id for row in rows]
    spoken = _list_languages(session, VOLUNTEER_SPEAKS, ids)
    if cleared_for is None:
        cleared = _list_cleared(session, ids, moment.today)
    else:
        cleared = {each: [cleared_for] for each in ids}
    return [
        VolunteerProfile(
            key=row.id,
            languages=spoken.get(row.id, {}),
            organisation=row.organisation_id,
            gender=row.gender,
            wish=row.wish,
            times=row.times,
            place=_place(row),
            reach_m=row.reach_m,
            interests=_interests(tuple(row.interests)),
            cleared_for=frozenset(cleared.get(row.id, ()))
            if row.state is VolunteerState.CLEARED
            else frozenset(),
            is_adult=row.is_adult,
            capacity=row.capacity,
            held=row.held,
        )
        for row in rows
    ]


@cache
def newcomers() -> sa.Select[Any]:
    """Ask for rows that `newcomer_profiles` takes, one for each request."""
    return (
        sa.select(*NEWCOMER)
        .join(Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id))
        .join(Area, col(Area.id) == col(Newcomer.area_id), isouter=True)
        .order_by(col(BuddyRequest.id))
    )


@cache
def volunteers() -> sa.Select[Any]:
    """Ask for rows that `volunteer_profiles` takes."""
    lives = col(Area.id) == col(Volunteer.area_id)
    asked = sa.select(*VOLUNTEER).join(Area, lives, isouter=True)
    return asked.order_by(col(Volunteer.id))


def newcomer_profiles(
    session: Session, rows: Rows, moment: Moment
) -> list[NewcomerProfile]:
    """Make profiles of rows of `NEWCOMER`, in their order."""
    people = [row.newcomer_id for row in rows]
    spoken = _list_languages(session, NEWCOMER_SPEAKS, people)
    blocked = _list_blocked(session, people)
    return [
        NewcomerProfile(
            key=row.id,
            languages=spoken.get(row.newcomer_id, {}),
            organisation=row.organisation_id,
            gender=row.gender,
            wish=row.wish,
            times=row.times,
            place=_place(row),
            interests=_interests(tuple(row.interests)),
            role=row.role,
            adults=row.adults,
            is_adult=row.is_adult,
            waiting_days=days_between(row.waiting_since.date(), moment.today),
            priority_class=row.urgency,
            buddies=row.buddies,
            avoids_own_community=row.avoids_own_community,
            blocked=frozenset(blocked.get(row.newcomer_id, ())),
        )
        for row in rows
    ]


def _list_languages(
    session: Session, speaks: Columns, ids: Collection[int]
) -> Languages:
    spoken: dict[int, dict[str, Level]] = defaultdict(dict)
    asked = sa.select(*speaks).where(_among(speaks[0], ids))
    for person, language, level in session.execute(asked):
        spoken[person][language] = level
    return spoken


def _list_cleared(
    session: Session, ids: Collection[int], today: date
) -> dict[int, list[BuddyRole]]:
    cleared: dict[int, list[BuddyRole]] = defaultdict(list)
    asked = select(ClearedFor.volunteer_id, ClearedFor.role).where(
        col(ClearedFor.until) >= today, _among(col(ClearedFor.volunteer_id), ids)
    )
    for volunteer, role in session.exec(asked):
        cleared[volunteer].append(BuddyRole(role))
    return cleared


def _list_blocked(session: Session, people: Collection[int]) -> dict[int, list[int]]:
    blocked: dict[int, list[int]] = defaultdict(list)
    asked = select(Block.newcomer_id, Block.volunteer_id).where(
        _among(col(Block.newcomer_id), people)
    )
    for newcomer, volunteer in session.exec(asked):
        blocked[newcomer].append(volunteer)
    return blocked


def _among(key: Mapped[int], ids: Collection[int]) -> sa.ColumnElement[bool]:
    if len(ids) <= FEW_NAMED or (len(ids) <= MOST_NAMED and _are_sparse(ids)):
        return sa.and_(key.in_(ids))
    return sa.and_(key.between(min(ids), max(ids)))


def _are_sparse(ids: Collection[int]) -> bool:
    return max(ids) - min(ids) > 4 * len(ids)


def _place(row: sa.Row[Any]) -> tuple[int, int] | None:
    return None if row.easting is None else (row.easting, row.northing)


# Many share the same few.
@lru_cache(maxsize=4096)
def _interests(names: tuple[str, ...]) -> int:
    return make_interests(Interest(each) for each in names)
