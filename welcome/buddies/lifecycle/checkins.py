"""How it goes: both sides are asked apart, and answer with one tap."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import moving, noting, tasks
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import letters, pairings, schedule, turns
from welcome.buddies.links import About
from welcome.buddies.models.desk import TaskKind
from welcome.buddies.models.pairings import (
    CHECK_IN_MOVES,
    OVER,
    CheckIn,
    CheckInKind,
    CheckInState,
    Face,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.noting import Heard
from welcome.buddies.scheme import Scheme

# Those who are asked how it goes.
GOES_ON = frozenset(
    {PairingState.INTRODUCED, PairingState.MEETING, PairingState.ENDING}
)
SILENT = 2
APART = frozenset({Face.WELL, Face.BADLY})


@dataclass(frozen=True)
class Said:
    """What one side answered; what they do not say stays open."""

    has_met: bool | None = None
    face: Face | None = None
    wants_to_go_on: bool | None = None
    wants_to_talk: bool = False
    note: str | None = None
    heard: Heard | None = None


def ask_both(
    session: Session, pairing: Pairing, scheme: Scheme, *, now: datetime
) -> list[CheckIn]:
    """Ask both sides what is due, and note when to ask next; raises MoveRefused.

    Of questions whose day was missed only the last is asked; after the last day none.
    """
    turns.take(session, pairing)
    # The same day by which what is due is listed.
    today, introduced_at = scheme.today(now), pairing.introduced_at
    is_due = pairing.asks_on is not None and pairing.asks_on <= today
    is_past = pairing.ends_on is not None and pairing.ends_on < today
    goes_on = pairing.state in GOES_ON and not is_past
    if not goes_on or introduced_at is None or not is_due:
        raise MoveRefused(state=pairing.state.value, wanted=CheckInState.ASKED.value)
    start, has_met = scheme.today(introduced_at), pairing.first_met_at is not None
    due = schedule.latest_until(start, today, scheme.days, has_met=has_met)
    pairing.asks_on = schedule.next_after(start, today, scheme.days, has_met=has_met)
    session.flush()
    made = [
        CheckIn(pairing_id=pairing.id, side=side, kind=kind, due_on=day, moved_at=now)
        for day, kind in ([due] if due else [])
        for side in Side
        if not _is_written(session, pairing, kind, side, day)
    ]
    session.add_all(made)
    session.flush()
    for each in made:
        ask(session, each, scheme, now=now)
    return made


def ask(session: Session, check_in: CheckIn, scheme: Scheme, *, now: datetime) -> None:
    """Ask one side; where no message may go it stays due, and is asked by hand.

    Raises MoveRefused.
    """
    if check_in.state is not CheckInState.DUE:
        raise MoveRefused(state=check_in.state.value, wanted=CheckInState.ASKED.value)
    if letters.ask_how_it_goes(session, check_in, scheme, now=now):
        moving.move(
            session, check_in, CHECK_IN_MOVES, CheckInState.ASKED, now=now, asked_at=now
        )


def answer(
    session: Session,
    check_in: CheckIn,
    said: Said,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Take what one side says; raises MoveRefused where they said it already.

    Somebody is to look at it where they want to talk, do not want to go on, or the two
    do not agree.
    """
    pairing = session.get_one(Pairing, check_in.pairing_id)
    turns.take(session, pairing)
    moving.move(
        session, check_in, CHECK_IN_MOVES, CheckInState.ANSWERED, now=now,
        answered_at=now, has_met=said.has_met, face=said.face,
        wants_to_go_on=said.wants_to_go_on, wants_to_talk=said.wants_to_talk,
        note=said.note,
        recorded_by_id=actor.id if actor else None,
    )  # fmt: skip
    if said.has_met and pairing.state is PairingState.INTRODUCED:
        pairings.note_first_meeting(session, pairing, actor=None, now=now)
    own, both = About("check_in", check_in.id), About("pairing", pairing.id)
    raised = [
        *([(TaskKind.WANTS_TO_TALK, own)] if said.wants_to_talk else []),
        *([(TaskKind.WOULD_STOP, own)] if said.wants_to_go_on is False else []),
        *([(TaskKind.DISAGREEMENT, both)] if _disagrees(session, check_in) else []),
    ]
    for kind, about in raised:
        tasks.raise_task(session, kind, pairing.lead_id, about, now=now)
    if said.heard is None:
        noting.hear(session, check_in, check_in.side, now=now)
    noting.write(
        session, "check_in.answered", check_in, actor=actor, now=now, heard=said.heard
    )


def mark_missed(session: Session, check_in: CheckIn, *, now: datetime) -> None:
    """Note that nobody answered; after twice in a row somebody is to look at it.

    Raises MoveRefused.
    """
    pairing = session.get_one(Pairing, check_in.pairing_id)
    turns.take(session, pairing)
    moving.move(session, check_in, CHECK_IN_MOVES, CheckInState.MISSED, now=now)
    last = (
        select(CheckIn.state)
        .where(
            CheckIn.pairing_id == check_in.pairing_id,
            CheckIn.side == check_in.side,
            col(CheckIn.due_on) <= check_in.due_on,
        )
        .order_by(col(CheckIn.due_on).desc(), col(CheckIn.id).desc())
        .limit(SILENT)
    )
    was_silent = session.exec(last).all() == [CheckInState.MISSED] * SILENT
    if was_silent and pairing.state not in OVER:
        about = About("pairing", pairing.id)
        kind = TaskKind.SILENT_TWICE
        tasks.raise_task(session, kind, pairing.lead_id, about, now=now)


def differ(one: Said, other: Said) -> bool:
    """Say whether two sides tell two stories: met or not, well or badly."""
    return (
        one.has_met is not None
        and other.has_met is not None
        and one.has_met != other.has_met
    ) or {one.face, other.face} == APART


def _disagrees(session: Session, check_in: CheckIn) -> bool:
    asked = select(CheckIn).where(
        CheckIn.pairing_id == check_in.pairing_id,
        CheckIn.kind == check_in.kind,
        CheckIn.due_on == check_in.due_on,
        CheckIn.side != check_in.side,
        CheckIn.state == CheckInState.ANSWERED,
    )
    other = session.exec(asked).one_or_none()
    return other is not None and differ(
        Said(check_in.has_met, check_in.face), Said(other.has_met, other.face)
    )


def _is_written(
    session: Session, pairing: Pairing, kind: CheckInKind, side: Side, day: date
) -> bool:
    asked = select(CheckIn.id).where(
        CheckIn.pairing_id == pairing.id,
        CheckIn.kind == kind,
        CheckIn.side == side,
        CheckIn.due_on == day,
    )
    return session.exec(asked).first() is not None
