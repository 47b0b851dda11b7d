"""Volunteers pause, come back, leave and are suspended; `clearing` clears them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import links, moving, noting
from welcome.buddies.errors import MoveRefused, NotCleared
from welcome.buddies.lifecycle import exits, pairings, seats, turns
from welcome.buddies.lifecycle.exits import Ending
from welcome.buddies.links import About
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import (
    VOLUNTEER_MOVES,
    Area,
    PausedBy,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.noting import Heard
from welcome.buddies.people.errors import PlacesHeld
from welcome.buddies.people.speaking import move_home
from welcome.buddies.scheme import Scheme

BEGUN = frozenset({PairingState.INTRODUCED, PairingState.MEETING, PairingState.ENDING})


@dataclass(frozen=True)
class Pause:
    """Why somebody pauses, and until when, if that is known."""

    by: PausedBy
    back_on: date | None = None
    heard: Heard | None = None


@dataclass(frozen=True)
class Offering:
    """How many newcomers somebody meets at once, when (a mask of `times`), and where."""

    capacity: int
    times: int
    area: Area | None
    heard: Heard | None = None


def change_offering(
    session: Session,
    volunteer: Volunteer,
    offering: Offering,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Change a volunteer's places, times and home; pairings that there are go on.

    Raises PlacesHeld where pairings hold more places already.
    """
    turns.take_volunteer(session, volunteer.id)
    session.refresh(volunteer)
    if offering.capacity < volunteer.held:
        raise PlacesHeld
    volunteer.capacity, volunteer.times = offering.capacity, offering.times
    session.add(volunteer)
    move_home(session, volunteer, offering.area)
    noting.write(
        session, "volunteer.offer_changed", volunteer, actor=actor, now=now,
        heard=offering.heard, places=offering.capacity,
    )  # fmt: skip


def pause(
    session: Session,
    volunteer: Volunteer,
    why: Pause,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Ask a volunteer about nobody for a while; pairs that agreed go on.

    Raises MoveRefused.
    """
    for each in turns.take_all_of(session, volunteer.id):
        if not seats.is_filled_by(each) and each.state is not PairingState.HELD:
            exits.withdraw(session, each, scheme, actor=None, now=now)
    moving.move(
        session, volunteer, VOLUNTEER_MOVES, VolunteerState.PAUSED, now=now,
        only_from=frozenset({VolunteerState.CLEARED}), paused_by=why.by,
        back_on=why.back_on,
    )  # fmt: skip
    _refuse_new(session, volunteer, {PairingState.VOLUNTEER_ASKED})
    noting.write(
        session, "volunteer.paused", volunteer, actor=actor, now=now, heard=why.heard,
        why=why.by.value,
    )  # fmt: skip


def come_back(
    session: Session,
    volunteer: Volunteer,
    heard: Heard | None,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Let a volunteer be asked again; raises MoveRefused and NotCleared."""
    standing = select(ClearedFor.volunteer_id).where(
        ClearedFor.volunteer_id == volunteer.id,
        col(ClearedFor.until) >= scheme.today(now),
    )
    if volunteer.state is VolunteerState.PAUSED and not session.exec(standing).first():
        raise NotCleared
    moving.move(
        session, volunteer, VOLUNTEER_MOVES, VolunteerState.CLEARED, now=now,
        only_from=frozenset({VolunteerState.PAUSED}), paused_by=None, back_on=None,
        unanswered=0,
    )  # fmt: skip
    noting.write(
        session, "volunteer.came_back", volunteer, actor=actor, now=now, heard=heard
    )


def leave(
    session: Session,
    volunteer: Volunteer,
    ending: Ending,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Let a volunteer go: their pairs end, and the newcomers wait on for somebody else.

    Raises MoveRefused.
    """
    quietly = replace(ending, wants_another=True, heard=None)
    for each in turns.take_all_of(session, volunteer.id):
        if seats.stage(each) in BEGUN:
            exits.end(session, each, quietly, scheme, actor=None, now=now)
        else:
            exits.withdraw(session, each, scheme, actor=None, now=now)
    moving.move(
        session, volunteer, VOLUNTEER_MOVES, VolunteerState.LEFT, now=now,
        paused_by=None, back_on=None,
    )  # fmt: skip
    _refuse_new(session, volunteer, set(PairingState))
    links.end_all(session, About(noting.SUBJECTS[Volunteer], volunteer.id), now=now)
    noting.write(
        session, "volunteer.left", volunteer, actor=actor, now=now, heard=ending.heard
    )


def suspend(
    session: Session,
    volunteer: Volunteer,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Stop a volunteer at once: pairs that agreed are held, the others withdrawn.

    For safeguarding alone. Raises MoveRefused.
    """
    for each in turns.take_all_of(session, volunteer.id):
        if each.state is PairingState.HELD:
            continue
        if seats.is_filled_by(each):
            pairings.hold(session, each, actor=None, now=now)
        else:
            exits.withdraw(session, each, scheme, actor=None, now=now)
    moving.move(
        session, volunteer, VOLUNTEER_MOVES, VolunteerState.SUSPENDED, now=now,
        paused_by=None, back_on=None,
    )  # fmt: skip
    _refuse_new(session, volunteer, set(PairingState) - {PairingState.HELD})
    noting.write(session, "volunteer.suspended", volunteer, actor=actor, now=now)


def restore(
    session: Session, volunteer: Volunteer, *, actor: Account | None, now: datetime
) -> None:
    """Suspend a volunteer no longer: paused, until they come back.

    For safeguarding alone. What was held stays so. Raises MoveRefused.
    """
    moving.move(
        session, volunteer, VOLUNTEER_MOVES, VolunteerState.PAUSED, now=now,
        only_from=frozenset({VolunteerState.SUSPENDED}),
        paused_by=PausedBy.COORDINATOR,
    )  # fmt: skip
    noting.write(session, "volunteer.restored", volunteer, actor=actor, now=now)


def _refuse_new(
    session: Session, volunteer: Volunteer, unwanted: set[PairingState]
) -> None:
    """Raise MoveRefused where somebody moved a pairing on meanwhile: try again."""
    live: list[Pairing] = turns.list_live_of(session, volunteer.id)
    if any(each.state in unwanted for each in live):
        raise MoveRefused(state=volunteer.state.value, wanted=volunteer.state.value)
