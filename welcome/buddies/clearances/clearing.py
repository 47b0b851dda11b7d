"""Recording what was seen of a volunteer, and working out what they are cleared for.

Nobody is cleared by hand: `settle` works it out from what was recorded, whenever
something is recorded and whenever something has run out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies import moving, tasks
from welcome.buddies.clearances import required
from welcome.buddies.clearances.errors import ClearanceAhead, DbsUnreasoned
from welcome.buddies.errors import MoveRefused, TooLongSaid
from welcome.buddies.lifecycle import turns
from welcome.buddies.links import About
from welcome.buddies.models.clearing import Clearance, ClearedFor
from welcome.buddies.models.desk import TaskKind
from welcome.buddies.models.people import (
    VOLUNTEER_MOVES,
    PausedBy,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.rules.requirements import (
    ClearanceKind,
    DbsLevel,
    Held,
    Judgement,
    judge,
    lapses_on,
)
from welcome.buddies.rules.vocabulary import BuddyRole

SUBJECT = "volunteer"
LONGEST_REASON = 2_000
_S = VolunteerState
# Nothing is recorded of who is here no more, and nobody is sent to them.
GONE = frozenset({_S.LEFT, _S.DECLINED})
NEVER_CLEARED = GONE | {_S.SUSPENDED}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody saw of a volunteer on a day; never what a certificate says."""

    kind: ClearanceKind
    seen_on: date
    is_met: bool = True
    role: BuddyRole | None = None
    level: DbsLevel | None = None
    reason: str = ""
    on_update_service: bool = False
    time_abroad: bool = False


class Changed(NamedTuple):
    """The roles that somebody lost, and that they gained."""

    lost: set[BuddyRole]
    gained: set[BuddyRole]


def accept_application(
    session: Session, volunteer: Volunteer, *, actor: Account, now: datetime
) -> None:
    """Begin to clear somebody who applied; raises MoveRefused."""
    applied = frozenset({_S.APPLIED})
    moving.move(
        session, volunteer, VOLUNTEER_MOVES, _S.CLEARING, now=now, only_from=applied
    )
    journal.write(
        session, "volunteer.accepted", SUBJECT, volunteer.id, actor=actor, now=now
    )


def decline_volunteer(
    session: Session, volunteer: Volunteer, *, actor: Account, now: datetime
) -> None:
    """Take somebody no further who applied; raises MoveRefused."""
    moving.move(session, volunteer, VOLUNTEER_MOVES, _S.DECLINED, now=now)
    _write_cleared(session, volunteer, [])
    journal.write(
        session, "volunteer.declined", SUBJECT, volunteer.id, actor=actor, now=now
    )


def record_clearance(
    session: Session,
    volunteer: Volunteer,
    seen: Seen,
    *,
    actor: Account,
    today: date,
    now: datetime,
) -> Clearance:
    """Record what was seen, then settle; a later row counts instead of earlier ones.

    Raises ClearanceAhead, DbsUnreasoned, TooLongSaid and, once they are gone,
    MoveRefused.
    """
    if volunteer.state in GONE:
        raise MoveRefused(state=volunteer.state.value, wanted=_S.CLEARING.value)
    if seen.seen_on > today:
        raise ClearanceAhead
    made = Clearance(
        volunteer_id=volunteer.id,
        kind=seen.kind,
        is_met=seen.is_met,
        seen_on=seen.seen_on,
        seen_by_id=actor.id,
        expires_on=_expiry(session, volunteer, seen),
        recorded_at=now,
    )
    if seen.kind is ClearanceKind.DBS:
        _note_decision(made, seen)
    session.add(made)
    session.flush()
    journal.write(
        session, "clearance.recorded", SUBJECT, volunteer.id, actor=actor, now=now,
        kind=seen.kind.value,
    )  # fmt: skip
    settle(session, volunteer, today=today, now=now)
    return made


def settle(
    session: Session, volunteer: Volunteer, *, today: date, now: datetime
) -> list[Judgement]:
    """Work out what somebody is cleared for, and let their state and tasks follow.

    Two who settle the same volunteer at once do so one after the other.
    """
    session.flush()
    turns.take_volunteer(session, volunteer.id)
    session.refresh(volunteer)
    held = list_clearances(session, volunteer)
    judgements = _judge_all(session, volunteer, held, today)
    changed = _write_cleared(session, volunteer, judgements)
    before = volunteer.state
    _follow(session, volunteer, held, judgements, now)
    if volunteer.state is not before:
        journal.write(
            session, "volunteer.settled", SUBJECT, volunteer.id, actor=None, now=now,
            state=volunteer.state.value,
        )  # fmt: skip
    _raise_or_finish(session, volunteer, judgements, changed, now)
    return judgements


def judge_volunteer(
    session: Session, volunteer: Volunteer, today: date
) -> list[Judgement]:
    """Judge what somebody holds against every role they offer; changes nothing."""
    return _judge_all(session, volunteer, list_clearances(session, volunteer), today)


def list_clearances(session: Session, volunteer: Volunteer) -> list[Clearance]:
    """List what was recorded of a volunteer, in the order it was."""
    asked = (
        select(Clearance)
        .where(Clearance.volunteer_id == volunteer.id)
        .order_by(col(Clearance.id))
    )
    return list(session.exec(asked))


def _expiry(session: Session, volunteer: Volunteer, seen: Seen) -> date | None:
    """Give the day on which to look again: the earliest that a role asks for."""
    if not seen.is_met:
        return None
    sets = required.get_sets(session)
    roles = [seen.role] if seen.role else [*_list_offers(volunteer)] or [*BuddyRole]
    months = [sets[role].of(seen.kind).months for role in roles]
    return lapses_on(
        seen.seen_on, min((each for each in months if each is not None), default=None)
    )


def _note_decision(made: Clearance, seen: Seen) -> None:
    """Note what is kept of a DBS decision; raises DbsUnreasoned, TooLongSaid."""
    reason = seen.reason.strip()
    if seen.role is None or seen.level is None or not reason:
        raise DbsUnreasoned
    if len(reason) > LONGEST_REASON:
        raise TooLongSaid(most=LONGEST_REASON)
    made.role, made.level, made.reason = seen.role, seen.level, reason
    made.on_update_service = seen.on_update_service
    made.time_abroad = seen.time_abroad


def _judge_all(
    session: Session, volunteer: Volunteer, rows: Sequence[Clearance], today: date
) -> list[Judgement]:
    sets = required.get_sets(session)
    held = [_held(each) for each in rows]
    return [judge(sets[role], held, today) for role in _list_offers(volunteer)]


def _list_offers(volunteer: Volunteer) -> list[BuddyRole]:
    return [role for role in BuddyRole if role in volunteer.offers]


def _held(row: Clearance) -> Held:
    return Held(row.kind, row.is_met, row.expires_on, row.role, row.level)


def _write_cleared(
    session: Session, volunteer: Volunteer, judgements: Sequence[Judgement]
) -> Changed:
    """Write what somebody is cleared for; return what changed for roles they offer."""
    asked = select(ClearedFor).where(ClearedFor.volunteer_id == volunteer.id)
    known = {each.role: each for each in session.exec(asked)}
    clears = {
        each.role: each.until
        for each in judgements
        if each.until is not None and volunteer.state not in NEVER_CLEARED
    }
    for role, row in known.items():
        if role not in clears:
            session.delete(row)
    for role, until in clears.items():
        row = known.get(role) or ClearedFor(
            volunteer_id=volunteer.id, role=role, until=until
        )
        row.until = until
        session.add(row)
    session.flush()
    offered = {each.role for each in judgements}
    return Changed(offered & (set(known) - set(clears)), set(clears) - set(known))


def _raise_or_finish(
    session: Session,
    volunteer: Volunteer,
    judgements: Sequence[Judgement],
    changed: Changed,
    now: datetime,
) -> None:
    """Put on the desk that a role was lost; take it off once it is had again."""
    kind, about = TaskKind.CLEARANCE_LAPSED, About(SUBJECT, volunteer.id)
    is_whole = all(each.is_cleared for each in judgements)
    has_lapsed = any(each.has_lapsed for each in judgements)
    if changed.lost:
        tasks.raise_task(session, kind, volunteer.organisation_id, about, now=now)
    elif is_whole or (changed.gained and not has_lapsed):
        tasks.finish(session, kind, about, actor=None, now=now)


def _follow(
    session: Session,
    volunteer: Volunteer,
    held: Sequence[Clearance],
    judgements: Sequence[Judgement],
    now: datetime,
) -> None:
    """Let the state follow what was worked out; pauses of other kinds stay."""
    is_cleared = any(each.is_cleared for each in judgements)
    if volunteer.state is _S.APPLIED and held:
        moving.move(session, volunteer, VOLUNTEER_MOVES, _S.CLEARING, now=now)
    waits = volunteer.state is _S.CLEARING or volunteer.paused_by is PausedBy.CLEARANCE
    if waits and is_cleared and volunteer.state in {_S.CLEARING, _S.PAUSED}:
        moving.move(
            session, volunteer, VOLUNTEER_MOVES, _S.CLEARED, now=now, paused_by=None,
            first_cleared_at=volunteer.first_cleared_at or now,
        )  # fmt: skip
    if volunteer.state is _S.CLEARED and not is_cleared:
        moving.move(
            session, volunteer, VOLUNTEER_MOVES, _S.PAUSED, now=now,
            paused_by=PausedBy.CLEARANCE,
        )  # fmt: skip
