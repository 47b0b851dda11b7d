"""From both agreeing to the last meeting; the ways out are in `exits`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import moving, noting
from welcome.buddies.errors import MoveRefused, NoticeTooShort, SoonerThanUsual
from welcome.buddies.gathering import Moment
from welcome.buddies.lifecycle import (
    letters,
    possible,
    proposals,
    schedule,
    seats,
    turns,
)
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.models.pairings import PAIRING_MOVES, Pairing, PairingState
from welcome.buddies.models.requests import RequestState
from welcome.buddies.noting import Heard
from welcome.buddies.scheme import Scheme


@dataclass(frozen=True)
class Notice:
    """The last day of a pairing, and who said so, if one of the two did.

    Before the days that the scheme gives, it must be said that it is sooner.
    """

    ends_on: date
    heard: Heard | None = None
    is_sooner: bool = False


def introduce(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Tell each the other's name and how to reach them.

    Raises MoveRefused, and NotPossible where a rule forbids it by now.
    """
    turns.take(session, pairing)
    today = scheme.today(now)
    _move(
        session, pairing, PairingState.INTRODUCED, {PairingState.AGREED}, now,
        introduced_at=now,
        asks_on=schedule.next_after(today, today, scheme.days, has_met=False),
    )  # fmt: skip
    possible.check(session, pairing, Moment(now, today), among=possible.FIRM)
    letters.introduce(session, pairing, scheme, now=now)
    noting.write(session, "pairing.introduced", pairing, actor=actor, now=now)


def note_first_meeting(
    session: Session,
    pairing: Pairing,
    heard: Heard | None = None,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Note that they met; raises MoveRefused."""
    turns.take(session, pairing)
    _move(
        session, pairing, PairingState.MEETING, {PairingState.INTRODUCED}, now,
        first_met_at=now,
    )  # fmt: skip
    noting.write(session, "pairing.met", pairing, actor=actor, now=now, heard=heard)


def first_last_day(scheme: Scheme, *, now: datetime) -> date:
    """Give the first day that may be the last one, as the scheme's days are."""
    return scheme.today(now) + timedelta(days=scheme.days.notice)


def begin_ending(
    session: Session,
    pairing: Pairing,
    notice: Notice,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Tell both the last day.

    Raises MoveRefused, NoticeTooShort and SoonerThanUsual.
    """
    ends_on = notice.ends_on
    if ends_on < scheme.today(now):
        raise NoticeTooShort
    if ends_on < first_last_day(scheme, now=now) and not notice.is_sooner:
        raise SoonerThanUsual
    turns.take(session, pairing)
    _move(
        session, pairing, PairingState.ENDING,
        {PairingState.INTRODUCED, PairingState.MEETING}, now, ends_on=ends_on,
    )  # fmt: skip
    letters.announce_ending(session, pairing, ends_on, scheme, now=now)
    noting.write(
        session, "pairing.ending", pairing, actor=actor, now=now, heard=notice.heard,
        ends_on=ends_on.isoformat(),
    )  # fmt: skip


def carry_on(
    session: Session,
    pairing: Pairing,
    heard: Heard | None = None,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Call an ending off; raises MoveRefused."""
    turns.take(session, pairing)
    _move(
        session, pairing, PairingState.MEETING, {PairingState.ENDING}, now, ends_on=None
    )
    noting.write(
        session, "pairing.carried_on", pairing, actor=actor, now=now, heard=heard
    )


def hold(
    session: Session, pairing: Pairing, *, actor: Account | None, now: datetime
) -> None:
    """Stop everything about a pairing that people know of; raises MoveRefused.

    For safeguarding alone. Nobody is told.
    """
    turns.take(session, pairing)
    _move(
        session, pairing, PairingState.HELD,
        set(PairingState) - {PairingState.HELD}, now, held_from=pairing.state.value,
    )  # fmt: skip
    noting.write(session, "pairing.held", pairing, actor=actor, now=now)


def let_go_on(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Let a held pairing go on where it stood; who was being asked is asked anew.

    For safeguarding alone. Raises MoveRefused, NotPossible and AskedAlready.
    """
    request = turns.take(session, pairing)
    back = seats.stage(pairing)
    _move(session, pairing, back, {PairingState.HELD}, now, held_from=None)
    if back in ASKED:
        if request.state is not RequestState.OPEN:
            raise MoveRefused(state=request.state.value, wanted=back.value)
        possible.check(session, pairing, Moment(now, scheme.today(now)))
        turns.take_volunteer(session, pairing.volunteer_id)
        if back is PairingState.VOLUNTEER_ASKED:
            proposals.check_asked_once(session, pairing)
        proposals.start_waiting(session, pairing, scheme, now=now)
        letters.propose(session, pairing, ASKED[back], scheme, now=now)
    noting.write(session, "pairing.let_go_on", pairing, actor=actor, now=now)


def _move(
    session: Session,
    pairing: Pairing,
    state: PairingState,
    before: set[PairingState],
    now: datetime,
    **values: object,
) -> None:
    moving.move(
        session, pairing, PAIRING_MOVES, state, now=now, only_from=frozenset(before),
        **values,
    )  # fmt: skip
