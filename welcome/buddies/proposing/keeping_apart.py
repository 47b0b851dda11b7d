"""Two who are never brought together: kept apart by a coordinator, and let meet again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import noting, tasks
from welcome.buddies.errors import MoveRefused, PairHeld, StillPaired
from welcome.buddies.lifecycle import exits, seats, turns
from welcome.buddies.links import About
from welcome.buddies.models.desk import TaskKind
from welcome.buddies.models.pairings import OVER, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import Block, BlockReason, BuddyRequest
from welcome.buddies.scheme import Scheme
from welcome.partners.agreements import list_shared_with

# For a coordinator to say, and to take back; the others follow from what happened.
CHOSEN = (BlockReason.NEVER_TOLD, BlockReason.COORDINATOR)


@dataclass(frozen=True)
class Apart:
    """Whom a newcomer never meets, and why."""

    volunteer: Volunteer
    reason: BlockReason
    note: str = ""


@dataclass(frozen=True)
class KeptApart:
    """A volunteer whom a newcomer never meets; no name is told of who is out of reach."""

    block: Block
    volunteer: str
    name: str | None


def keep_apart(
    session: Session,
    request: BuddyRequest,
    apart: Apart,
    scheme: Scheme,
    *,
    actor: Account,
    now: datetime,
) -> Block:
    """Never bring the newcomer of a request and a volunteer together.

    A draft or a proposal between them is taken back, and the task about names to keep
    away is done with. What happened between the two stays the reason. Raises PairHeld,
    and StillPaired where they agreed to meet.
    """
    newcomer = session.get_one(Newcomer, request.newcomer_id)
    for pairing in _take_live(session, newcomer.id, apart.volunteer.id):
        exits.withdraw(session, pairing, scheme, actor=None, now=now)
    made = _find(session, newcomer.id, apart.volunteer.id)
    if made is None:
        made = Block(
            newcomer_id=newcomer.id, volunteer_id=apart.volunteer.id,
            reason=apart.reason, set_at=now,
        )  # fmt: skip
    if made.reason in CHOSEN:
        made.reason = apart.reason
    made.note = apart.note or made.note
    made.set_by_id = actor.id
    session.add(made)
    session.flush()
    if apart.reason is BlockReason.NEVER_TOLD:
        about = About(noting.SUBJECTS[Newcomer], newcomer.id)
        kind = TaskKind.NAME_TO_KEEP_AWAY
        tasks.finish(session, kind, about, actor=actor, now=now)
    noting.write(
        session, "request.kept_apart", request, actor=actor, now=now,
        volunteer=apart.volunteer.id, reason=apart.reason.value,
    )  # fmt: skip
    return made


def let_meet(
    session: Session,
    request: BuddyRequest,
    volunteer: str,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Take back that a coordinator keeps two apart; raises MoveRefused where none does.

    `volunteer` is a public id.
    """
    _take_requests(session, request.newcomer_id)
    asked = (
        select(Block)
        .join(Volunteer, col(Volunteer.id) == col(Block.volunteer_id))
        .where(
            Block.newcomer_id == request.newcomer_id,
            Volunteer.public_id == volunteer,
            col(Block.reason).in_(CHOSEN),
        )
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise MoveRefused(state="let-meet", wanted="let-meet")
    session.delete(found)
    session.flush()
    noting.write(
        session, "request.let_meet", request, actor=actor, now=now,
        volunteer=found.volunteer_id,
    )  # fmt: skip


def list_kept_apart(
    session: Session, newcomer: Newcomer, own: Collection[int]
) -> list[KeptApart]:
    """List whom a newcomer never meets, the last set first.

    Names are told of own volunteers; of those whom a coordinator named, also where
    their organisation and the newcomer's share.
    """
    near = list_reach(session, newcomer, own)
    asked = (
        select(Block, Volunteer)
        .join(Volunteer, col(Volunteer.id) == col(Block.volunteer_id))
        .where(Block.newcomer_id == newcomer.id)
        .order_by(col(Block.set_at).desc(), col(Block.id).desc())
    )
    return [
        KeptApart(
            block,
            each.public_id,
            each.name or ""
            if each.organisation_id in (near if block.reason in CHOSEN else own)
            else None,
        )
        for block, each in session.exec(asked)
    ]


def list_reach(
    session: Session, newcomer: Newcomer, own: Collection[int]
) -> frozenset[int]:
    """List the organisations whose volunteers may be named beside a newcomer."""
    return frozenset(own) | list_shared_with(session, newcomer.organisation_id)


def _take_live(session: Session, newcomer_id: int, volunteer_id: int) -> list[Pairing]:
    """Wait for whoever moves a pairing of a newcomer; list what the two have, anew."""
    _take_requests(session, newcomer_id)
    asked = select(Pairing).where(
        Pairing.newcomer_id == newcomer_id,
        Pairing.volunteer_id == volunteer_id,
        col(Pairing.state).not_in(OVER),
    )
    asked = asked.execution_options(populate_existing=True)
    live = list(session.exec(asked.order_by(col(Pairing.id))))
    if turns.is_any_held(live):
        raise PairHeld
    if any(map(seats.is_filled_by, live)):
        raise StillPaired
    return live


def _take_requests(session: Session, newcomer_id: int) -> None:
    turns.take_newcomer(session, newcomer_id)
    asked = select(BuddyRequest.id).where(BuddyRequest.newcomer_id == newcomer_id)
    for each in session.exec(asked.order_by(col(BuddyRequest.id))).all():
        turns.take_request(session, each)


def _find(session: Session, newcomer_id: int, volunteer_id: int) -> Block | None:
    asked = select(Block).where(
        Block.newcomer_id == newcomer_id, Block.volunteer_id == volunteer_id
    )
    return session.exec(asked).one_or_none()
