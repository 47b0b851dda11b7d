"""Whose people are whose, in numbers: what an organisation leaves open, and pairs across.

The council's lead learns how many there are, and never who.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies.models.concerns import Concern, ConcernState
from welcome.buddies.models.pairings import OVER, Pairing
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.models.rights import ExportState, SubjectExport
from welcome.buddies.people.errors import StillOpen
from welcome.partners import organisations
from welcome.partners.models import Organisation

WAITS = (RequestState.OPEN, RequestState.ON_HOLD, RequestState.PAIRED)
GONE = (VolunteerState.LEFT, VolunteerState.DECLINED)
DONE = (ExportState.RELEASED, ExportState.REMOVED)
Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Open:
    """How much of an organisation's is not over."""

    newcomers: int = 0
    volunteers: int = 0
    pairings: int = 0
    # Newcomers of others who are reached through it alone.
    referred: int = 0
    # Records that were asked for and are not released, and concerns.
    others: int = 0

    @property
    def is_any(self) -> bool:
        """Tell whether anything is open."""
        people = self.newcomers + self.volunteers + self.referred
        return bool(people + self.pairings + self.others)


@dataclass(frozen=True)
class Across:
    """How many live pairings cross from one organisation to another."""

    introduced: int = 0
    before: int = 0


def count_open(session: Session) -> dict[int, Open]:
    """Count what is open of each organisation that has anything open."""
    waits = sa.exists().where(
        col(BuddyRequest.newcomer_id) == col(Newcomer.id),
        col(BuddyRequest.state).in_(WAITS),
    )
    told = {
        "newcomers": _count(session, col(Newcomer.organisation_id), waits),
        "volunteers": _count(
            session, col(Volunteer.organisation_id),
            col(Volunteer.state).not_in(GONE), col(Volunteer.erased_at).is_(None),
        ),
        "pairings": _count(
            session, col(Pairing.lead_id), col(Pairing.state).not_in(OVER)
        ),
        "referred": _count(
            session, col(Newcomer.referrer_id), waits,
            col(Newcomer.channel) == Channel.REFERRER,
            col(Newcomer.referrer_id) != col(Newcomer.organisation_id),
        ),
    }  # fmt: skip
    concerns = _count(
        session, col(Concern.organisation_id), col(Concern.state) != ConcernState.CLOSED
    )
    exports = _count(
        session,
        col(SubjectExport.organisation_id),
        col(SubjectExport.state).not_in(DONE),
    )
    told["others"] = {
        each: concerns.get(each, 0) + exports.get(each, 0)
        for each in {*concerns, *exports}
    }
    there = {each for counted in told.values() for each in counted}
    return {
        each: Open(**{name: counted.get(each, 0) for name, counted in told.items()})
        for each in there
    }


def close_organisation(
    session: Session, organisation: Organisation, *, actor: Account, now: datetime
) -> None:
    """Let an organisation take part no more; raises StillOpen, CouncilStays."""
    # Whoever writes a person there meanwhile waits, or is waited for.
    held = select(Organisation.id).where(Organisation.id == organisation.id)
    session.exec(held.with_for_update())
    if count_open(session).get(organisation.id, Open()).is_any:
        raise StillOpen(name=organisation.name)
    organisations.close(session, organisation, actor=actor, now=now)


def count_across(session: Session) -> dict[Pair, Across]:
    """Count the live pairings between two organisations, the smaller id first."""
    newcomer, volunteer = (
        col(Newcomer.organisation_id),
        col(Volunteer.organisation_id),
    )
    introduced = col(Pairing.introduced_at).is_not(None)
    asked = (
        sa.select(newcomer, volunteer, introduced, sa.func.count())
        .select_from(Pairing)
        .join(Newcomer, col(Newcomer.id) == col(Pairing.newcomer_id))
        .join(Volunteer, col(Volunteer.id) == col(Pairing.volunteer_id))
        .where(col(Pairing.state).not_in(OVER), newcomer != volunteer)
        .group_by(newcomer, volunteer, introduced)
    )
    found: dict[Pair, Across] = {}
    for one, other, is_introduced, count in session.connection().execute(asked):
        pair = min(one, other), max(one, other)
        had = found.get(pair, Across())
        found[pair] = (
            Across(had.introduced + count, had.before)
            if is_introduced
            else Across(had.introduced, had.before + count)
        )
    return found


def _count(
    session: Session, whose: sa.SQLColumnExpression[Any], *where: sa.ColumnElement[bool]
) -> dict[int, int]:
    asked = sa.select(whose, sa.func.count()).where(*where).group_by(whose)
    rows = session.connection().execute(asked).all()
    return {each: count for each, count in rows if each is not None}
