"""What a coordinator has before them today, counted in a few queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from welcome.accounts.models import Account
from welcome.buddies import tasks
from welcome.buddies.access import takes_part
from welcome.buddies.due import deadlines
from welcome.buddies.models.desk import Task
from welcome.buddies.models.pairings import OVER, Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest, RequestState

PROPOSED = (
    PairingState.DRAFT,
    PairingState.VOLUNTEER_ASKED,
    PairingState.NEWCOMER_ASKED,
    PairingState.AGREED,
)
MEETING = (
    PairingState.INTRODUCED,
    PairingState.MEETING,
    PairingState.HELD,
    PairingState.ENDING,
)
# Cards of a column; the rest stands in the list behind its heading.
CARDS = 12


@dataclass(frozen=True)
class Column:
    """The first cards of a column, and how many there are."""

    cards: list[tuple[BuddyRequest, Newcomer]] | list[Pairing]
    total: int


@dataclass(frozen=True)
class Board:
    """Tasks first, then who waits, who was proposed, who meets."""

    tasks: list[Task]
    waiting: Column
    proposed: Column
    meeting: Column
    applied: int
    # Pairs that one leads: drafts not yet sent, both agreed, the last day passed.
    drafts: int
    agreed: int
    passed: int
    # Requests on hold whose day has come.
    again: int

    @property
    def is_clear(self) -> bool:
        """Say whether nothing is to be done."""
        counts = (self.applied, self.drafts, self.agreed, self.passed, self.again)
        return not self.tasks and not any(counts)


def read(
    session: Session, own: Collection[int], today: date, *, mine: Account | None = None
) -> Board:
    """Read the board of some organisations; with an account, only the tasks of theirs."""
    return Board(
        tasks=tasks.list_open(session, own, mine=mine),
        waiting=_waiting(session, own),
        proposed=_pairings(session, own, PROPOSED),
        meeting=_pairings(session, own, MEETING),
        applied=_count_applied(session, own),
        drafts=_count_led(session, own, col(Pairing.state) == PairingState.DRAFT),
        agreed=_count_led(session, own, col(Pairing.state) == PairingState.AGREED),
        passed=_count_led(session, own, deadlines.is_past(today)),
        again=_count_again(session, own, today),
    )


def _waiting(session: Session, own: Collection[int]) -> Column:
    """Those who are open and for whom nothing is on its way."""
    live = sa.select(col(Pairing.request_id)).where(col(Pairing.state).not_in(OVER))
    where = (
        col(Newcomer.organisation_id).in_(own),
        col(BuddyRequest.state) == RequestState.OPEN,
        col(BuddyRequest.id).not_in(live),
    )
    asked = select(BuddyRequest, Newcomer).join(
        Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id)
    )
    counted = select(func.count(col(BuddyRequest.id))).join(
        Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id)
    )
    order = (
        col(BuddyRequest.urgency).desc(),
        col(BuddyRequest.waiting_since),
        col(BuddyRequest.id),
    )
    rows = session.exec(asked.where(*where).order_by(*order).limit(CARDS)).all()
    return Column(list(rows), session.exec(counted.where(*where)).one())


def _pairings(
    session: Session, own: Collection[int], states: Collection[PairingState]
) -> Column:
    where = (takes_part(own), col(Pairing.state).in_(states))
    asked = select(Pairing).where(*where)
    rows = session.exec(
        asked.order_by(col(Pairing.moved_at), col(Pairing.id)).limit(CARDS)
    ).all()
    counted = select(func.count(col(Pairing.id))).where(*where)
    return Column(list(rows), session.exec(counted).one())


def _count_led(
    session: Session, own: Collection[int], where: sa.ColumnElement[bool]
) -> int:
    counted = select(func.count(col(Pairing.id))).where(
        col(Pairing.lead_id).in_(own), where
    )
    return session.exec(counted).one()


def _count_applied(session: Session, own: Collection[int]) -> int:
    counted = select(func.count(col(Volunteer.id))).where(
        col(Volunteer.organisation_id).in_(own),
        col(Volunteer.state) == VolunteerState.APPLIED,
    )
    return session.exec(counted).one()


def _count_again(session: Session, own: Collection[int], today: date) -> int:
    counted = (
        select(func.count(col(BuddyRequest.id)))
        .join(Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id))
        .where(
            col(Newcomer.organisation_id).in_(own),
            col(BuddyRequest.state) == RequestState.ON_HOLD,
            col(BuddyRequest.look_again_on) <= today,
        )
    )
    return session.exec(counted).one()
