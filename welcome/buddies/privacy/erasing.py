"""Erasing somebody, also in the middle of a pairing; a receipt without a name is left.

What the safeguarding lead keeps is not touched: it has a clock of its own. A restored
backup that knows the person again lets them go again (`afterwards`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.buddies import moving
from welcome.buddies.errors import MoveRefused, PersonErased
from welcome.buddies.lifecycle import exits, letters, seats, turns
from welcome.buddies.models.pairings import Outcome, Pairing, PairingState, Side
from welcome.buddies.models.people import (
    VOLUNTEER_MOVES,
    Newcomer,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import REQUEST_MOVES, BuddyRequest, RequestState
from welcome.buddies.models.rights import ErasedFor, Erasure, KeptFor
from welcome.buddies.people.requests import LIVE
from welcome.buddies.people.volunteers import BEGUN
from welcome.buddies.privacy import forgetting, traces
from welcome.buddies.privacy.errors import KeptForLaw
from welcome.buddies.privacy.taking_back import take_back_all
from welcome.buddies.privacy.traces import Person, kind_of
from welcome.buddies.scheme import Scheme
from welcome.errors import NotAllowed
from welcome.since.lines import Act
from welcome.since.noting import note

# Stands in every receipt: what is not for those who erase to see.
KEPT_APART = "safeguarding kept"
OVER = frozenset({VolunteerState.LEFT, VolunteerState.DECLINED})


@dataclass(frozen=True)
class Ended:
    """A pairing that ended since one of the two was erased, and where it stood."""

    pairing: Pairing
    stage: PairingState


def erase(
    session: Session,
    person: Person,
    why: ErasedFor,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> Erasure:
    """Let go of a person: pairings end, the other side hears only that it goes no further.

    Of one who is erased already, the receipt is returned. Raises KeptForLaw, and
    MoveRefused where somebody moved a pairing meanwhile: try again.
    """
    if person.erased_at is not None:
        return get_receipt(session, person)
    _refuse_kept(person)
    ended = end_all(session, person, now=now)
    take_back_all(session, person, [each.pairing for each in ended], now=now)
    receipt = let_go(session, person, why, actor=actor, now=now)
    note(session, Act.LET_GO, kind_of(person), person.public_id, now)
    side = Side(kind_of(person))
    for each in ended:
        told = exits.TOLD.get(each.stage, tuple(Side))
        others = [other for other in told if other is not side]
        letters.say_no_longer(session, each.pairing, others, scheme, now=now)
    return receipt


def let_go(
    session: Session,
    person: Person,
    why: ErasedFor,
    *,
    actor: Account | None,
    now: datetime,
) -> Erasure:
    """Empty the record of somebody who is in no pairing any more; write the receipt."""
    forgetting.close_all(session, person, now=now)
    forgetting.remove_exports(session, traces.exports_of(person), now=now)
    fields = forgetting.forget_person(session, person, now=now)
    receipt = Erasure(
        public_id=person.public_id,
        kind=kind_of(person),
        organisation_id=person.organisation_id,
        why=why,
        erased_at=now,
        erased_by_id=actor.id if actor else None,
        fields=[*fields, KEPT_APART],
    )
    session.add(receipt)
    session.flush()
    journal.write(
        session, "person.erased", kind_of(person), person.id, actor=actor, now=now,
        why=why.value,
    )  # fmt: skip
    return receipt


def end_all(session: Session, person: Person, *, now: datetime) -> list[Ended]:
    """End what somebody takes part in and give places back; nobody is told here.

    Holds the person afterwards, so that nothing new begins. Raises as `erase`.
    """
    if isinstance(person, Newcomer):
        ended = _end_requests(session, person, now)
    else:
        ended = _end_help(session, person, now)
    session.refresh(person)
    _refuse_kept(person)
    return ended


def get_receipt(session: Session, person: Person) -> Erasure:
    """Return the receipt of somebody's erasure; raises PersonErased where none is."""
    asked = select(Erasure).where(Erasure.public_id == person.public_id)
    found = session.exec(asked.order_by(col(Erasure.id).desc())).first()
    if found is None:
        raise PersonErased
    return found


def keep_for_law(
    session: Session, person: Person, reason: KeptFor, *, actor: Account, now: datetime
) -> None:
    """Keep a record whatever the clocks say, until it is let go.

    Raises PersonErased, and NotAllowed where safeguarding keeps it already.
    """
    _set_kept(session, person, actor, kept=True)
    journal.write(
        session, "person.kept_for_law", kind_of(person), person.id, actor=actor,
        now=now, reason=reason.value,
    )  # fmt: skip


def keep_no_longer(
    session: Session, person: Person, *, actor: Account, now: datetime
) -> None:
    """Let the clocks count again for a record; raises PersonErased.

    Raises NotAllowed where safeguarding keeps it, and somebody else lifts that.
    """
    _set_kept(session, person, actor, kept=False)
    journal.write(
        session, "person.kept_no_longer", kind_of(person), person.id, actor=actor,
        now=now,
    )  # fmt: skip


def _set_kept(session: Session, person: Person, actor: Account, *, kept: bool) -> None:
    is_safeguarding = is_allowed(session, actor, Permission.SAFEGUARD)
    if isinstance(person, Newcomer):
        turns.take_newcomer(session, person.id)
    else:
        turns.take_volunteer(session, person.id)
    session.refresh(person)
    if person.erased_at is not None:
        raise PersonErased
    if person.kept_by_safeguarding and not is_safeguarding:
        raise NotAllowed
    person.is_kept_for_law = kept
    person.kept_by_safeguarding = kept and is_safeguarding
    session.flush()


def _end_requests(session: Session, newcomer: Newcomer, now: datetime) -> list[Ended]:
    """Withdraw a newcomer's requests, and end what they led to."""
    turns.take_newcomer(session, newcomer.id)
    live = select(BuddyRequest.id).where(
        BuddyRequest.newcomer_id == newcomer.id, col(BuddyRequest.state).in_(LIVE)
    )
    ended = []
    for number in session.exec(live.order_by(col(BuddyRequest.id))).all():
        request = turns.take_request(session, number)
        moving.move(
            session, request, REQUEST_MOVES, RequestState.WITHDRAWN, now=now,
            closed_at=now,
        )  # fmt: skip
        ended += [
            _end(session, each, now) for each in turns.list_live_for(session, number)
        ]
    return ended


def _end_help(session: Session, volunteer: Volunteer, now: datetime) -> list[Ended]:
    """End a volunteer's pairings; the newcomers wait on, for somebody else."""
    ended = []
    for each in turns.take_all_of(session, volunteer.id):
        was_filled = seats.is_filled_by(each)
        ended.append(_end(session, each, now))
        if was_filled:
            request = session.get_one(BuddyRequest, each.request_id)
            seats.empty(session, request, wants_another=True, now=now)
    turns.take_volunteer(session, volunteer.id)
    session.refresh(volunteer)
    if turns.list_live_of(session, volunteer.id):
        raise MoveRefused(state=volunteer.state.value, wanted=VolunteerState.LEFT.value)
    if volunteer.state not in OVER:
        moving.move(
            session, volunteer, VOLUNTEER_MOVES, VolunteerState.LEFT, now=now,
            paused_by=None, back_on=None,
        )  # fmt: skip
    return ended


def _end(session: Session, pairing: Pairing, now: datetime) -> Ended:
    stage = seats.stage(pairing)
    state = PairingState.ENDED if stage in BEGUN else PairingState.WITHDRAWN
    exits.leave(
        session, pairing, state, exits.moves_to(state), now=now, outcome=Outcome.ERASED
    )
    return Ended(pairing, stage)


def _refuse_kept(person: Person) -> None:
    if person.is_kept_for_law:
        raise KeptForLaw
