"""What safeguarding may stop: a pair, or a volunteer; and let go on.

Nobody else does, and nobody is told why.
"""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies.clearances import clearing
from welcome.buddies.concerns import handling
from welcome.buddies.concerns.errors import NoPairConcerned, StillHeld
from welcome.buddies.lifecycle import exits, pairings
from welcome.buddies.lifecycle.exits import ASKED, Ending
from welcome.buddies.models.concerns import Concern, ConcernAct
from welcome.buddies.models.pairings import Outcome, Pairing
from welcome.buddies.models.people import Volunteer
from welcome.buddies.people import volunteers
from welcome.buddies.scheme import Scheme
from welcome.errors import NotFound


class Concerned(NamedTuple):
    """A pair, and the concern because of which it is stopped or goes on."""

    concern: Concern
    pairing: Pairing


def get_pair(session: Session, concern: Concern, public_id: str) -> Concerned:
    """Return a pair that a concern may stop; raises NotFound."""
    for each in handling.list_pairs(session, concern):
        if each.public_id == public_id:
            return Concerned(concern, each)
    raise NotFound


def find_volunteer(session: Session, concern: Concern) -> Volunteer | None:
    """Find the volunteer a concern is about."""
    if concern.volunteer_id is None:
        return None
    return session.get(Volunteer, concern.volunteer_id)


def hold_pair(
    session: Session, pair: Concerned, *, actor: Account, now: datetime
) -> None:
    """Stop a pair; raises MoveRefused."""
    concern = pair.concern
    handling.check_handled(concern)
    pairings.hold(session, pair.pairing, actor=actor, now=now)
    concern.holds_pairing = True
    _note(session, concern, ConcernAct.HELD, actor, now)


def let_pair_go_on(
    session: Session,
    pair: Concerned,
    scheme: Scheme,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Let a pair go on where it stood, unless another concern holds it.

    Raises StillHeld, and what `pairings.let_go_on` does.
    """
    concern = pair.concern
    handling.check_handled(concern)
    if any(each.holds_pairing for each in _list_same(session, pair)):
        raise StillHeld
    pairings.let_go_on(session, pair.pairing, scheme, actor=actor, now=now)
    concern.holds_pairing = False
    _note(session, concern, ConcernAct.LET_GO_ON, actor, now)


def end_pair(
    session: Session,
    pair: Concerned,
    scheme: Scheme,
    *,
    wants_another: bool,
    actor: Account,
    now: datetime,
) -> None:
    """End a pair for good; nothing is written to either side.

    `wants_another` has the newcomer wait on for somebody else. Raises MoveRefused.
    """
    concern = pair.concern
    handling.check_handled(concern)
    if pair.pairing.state in ASKED:
        pairings.hold(session, pair.pairing, actor=None, now=now)
    ending = Ending(Outcome.SAFEGUARDING, wants_another)
    # The journal, which others read, does not tell of it: the note does.
    exits.end(session, pair.pairing, ending, scheme, actor=None, now=now)
    for each in [concern, *_list_same(session, pair)]:
        each.holds_pairing = False
    _note(session, concern, ConcernAct.ENDED, actor, now)


def suspend(
    session: Session,
    concern: Concern,
    scheme: Scheme,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Stop the volunteer and all their pairs; raises NoPairConcerned, MoveRefused."""
    handling.check_handled(concern)
    volunteer = _get_volunteer(session, concern)
    volunteers.suspend(session, volunteer, scheme, actor=actor, now=now)
    clearing.settle(session, volunteer, today=scheme.today(now), now=now)
    _note(session, concern, ConcernAct.SUSPENDED, actor, now)


def lift(
    session: Session,
    concern: Concern,
    scheme: Scheme,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Suspend the volunteer no longer: paused, until a coordinator has them back.

    Pairs that were held stay so. Raises NoPairConcerned and MoveRefused.
    """
    handling.check_handled(concern)
    volunteer = _get_volunteer(session, concern)
    volunteers.restore(session, volunteer, actor=actor, now=now)
    clearing.settle(session, volunteer, today=scheme.today(now), now=now)
    _note(session, concern, ConcernAct.LIFTED, actor, now)


def _get_volunteer(session: Session, concern: Concern) -> Volunteer:
    found = find_volunteer(session, concern)
    if found is None:
        raise NoPairConcerned
    return found


def _list_same(session: Session, pair: Concerned) -> list[Concern]:
    """List the other concerns, not closed, about the same pair, or that may hold it."""
    others = handling.list_others(session, pair.concern, pair.pairing)
    return [each for each in others if each.pairing_id in {None, pair.pairing.id}]


def _note(
    session: Session, concern: Concern, act: ConcernAct, actor: Account, now: datetime
) -> None:
    handling.write_note(session, concern, handling.Said(act), actor=actor, now=now)
