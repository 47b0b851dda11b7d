"""Handing people over: to a colleague, or to another organisation, who see them then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission
from welcome.buddies import noting
from welcome.buddies.errors import NoColleague
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.desk import Task
from welcome.buddies.models.pairings import OVER, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.models.rights import RightsRequest, SubjectExport
from welcome.buddies.people.errors import NotShared, PairingUnderWay
from welcome.partners.access import list_members, list_own_ids
from welcome.partners.agreements import list_shared_with
from welcome.partners.models import Organisation

Person = Newcomer | Volunteer


@dataclass(frozen=True)
class Handed:
    """How many people, and how many open tasks, one coordinator has or had."""

    newcomers: int
    volunteers: int
    tasks: int


def give(
    session: Session,
    person: Person,
    colleague: Account | None,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Have a coordinator of the same organisation see to somebody, or whoever comes first.

    What is to be done about them goes along. Raises NoColleague.
    """
    if colleague is not None:
        known = list_members(session, person.organisation_id, Permission.COORDINATE)
        if colleague.id not in {each.id for each in known}:
            raise NoColleague
    person.coordinator_id = colleague.id if colleague else None
    session.add(person)
    session.flush()
    session.exec(
        sa.update(Task)
        .where(_is_open_about(person))
        .values(assigned_to_id=person.coordinator_id)
    )
    noting.write(
        session, "person.given", person, actor=actor, now=now, to=person.coordinator_id
    )


def hand_over(
    session: Session,
    person: Person,
    organisation: Organisation,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Hand somebody over, with what is to be done about them.

    Raises PairingUnderWay: whoever leads a pairing sees it to its end. Raises NotShared
    where the two organisations share nothing and the actor does not work for both.
    """
    if organisation.id not in list_targets(session, person, actor):
        raise NotShared
    key = Pairing.newcomer_id if isinstance(person, Newcomer) else Pairing.volunteer_id
    live = select(Pairing.id).where(key == person.id, col(Pairing.state).not_in(OVER))
    if session.exec(live.limit(1)).first() is not None:
        raise PairingUnderWay
    person.organisation_id, person.coordinator_id = organisation.id, None
    session.add(person)
    session.flush()
    session.exec(
        sa.update(Task)
        .where(_is_open_about(person))
        .values(organisation_id=organisation.id, assigned_to_id=None)
    )
    for table in (RightsRequest, SubjectExport):
        theirs = sa.update(table).where(
            col(table.subject) == noting.SUBJECTS[type(person)],
            col(table.subject_id) == person.id,
        )
        session.exec(theirs.values(organisation_id=organisation.id))
    session.flush()
    noting.write(
        session, "person.handed_over", person, actor=actor, now=now,
        to=organisation.id,
    )  # fmt: skip


def list_targets(
    session: Session, person: Person, actor: Account | None
) -> frozenset[int]:
    """List the organisations to which somebody may be handed over."""
    shared = list_shared_with(session, person.organisation_id)
    own = list_own_ids(session, actor) if actor else frozenset()
    return shared | own


def count_of(session: Session, colleague_id: int, own: Collection[int]) -> Handed:
    """Count whom, and what, a coordinator sees to in some organisations."""
    return Handed(
        _count(session, Newcomer, colleague_id, own),
        _count(session, Volunteer, colleague_id, own),
        session.exec(
            select(func.count(col(Task.id))).where(_is_theirs(colleague_id, own))
        ).one(),
    )


def hand_all(
    session: Session,
    colleague_id: int,
    to: Account | None,
    own: Collection[int],
    *,
    actor: Account,
    now: datetime,
) -> Handed:
    """Give all that a coordinator sees to, to another, or to whoever comes first.

    Only in the organisations for which both the actor and the other work. Raises
    NoColleague where there is none.
    """
    there = _list_common(session, to, own)
    if not there:
        raise NoColleague
    handed = count_of(session, colleague_id, there)
    number = to.id if to else None
    _see_to(session, colleague_id, number, there)
    journal.write(
        session, "person.all_given", "account", colleague_id, actor=actor, now=now,
        to=number, newcomers=handed.newcomers, volunteers=handed.volunteers,
        tasks=handed.tasks,
    )  # fmt: skip
    return handed


def list_seeing(session: Session, own: Collection[int]) -> frozenset[int]:
    """List the accounts that see to anybody or anything in some organisations."""
    found: set[int] = set()
    for kind in (Newcomer, Volunteer):
        asked = select(kind.coordinator_id).where(
            col(kind.organisation_id).in_(own), col(kind.coordinator_id).is_not(None)
        )
        found |= {each for each in session.exec(asked.distinct()) if each}
    tasks = select(Task.assigned_to_id).where(
        col(Task.organisation_id).in_(own),
        col(Task.assigned_to_id).is_not(None),
        col(Task.done_at).is_(None),
    )
    return frozenset(found | {each for each in session.exec(tasks.distinct()) if each})


def _list_common(
    session: Session, to: Account | None, own: Collection[int]
) -> frozenset[int]:
    """List those of some organisations for which an account coordinates; none is all."""
    return frozenset(
        each
        for each in own
        if to is None
        or to.id in {e.id for e in list_members(session, each, Permission.COORDINATE)}
    )


def _see_to(
    session: Session, colleague_id: int, to: int | None, own: Collection[int]
) -> None:
    for kind in (Newcomer, Volunteer):
        session.exec(
            sa.update(kind)
            .where(
                col(kind.coordinator_id) == colleague_id,
                col(kind.organisation_id).in_(own),
            )
            .values(coordinator_id=to)
        )
    session.exec(
        sa.update(Task).where(_is_theirs(colleague_id, own)).values(assigned_to_id=to)
    )


def _count(
    session: Session,
    kind: type[Newcomer] | type[Volunteer],
    colleague_id: int,
    own: Collection[int],
) -> int:
    counted = select(func.count(col(kind.id))).where(
        col(kind.coordinator_id) == colleague_id, col(kind.organisation_id).in_(own)
    )
    return session.exec(counted).one()


def _is_theirs(colleague_id: int, own: Collection[int]) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Task.assigned_to_id) == colleague_id,
        col(Task.organisation_id).in_(own),
        col(Task.done_at).is_(None),
    )


def _is_open_about(person: Person) -> sa.ColumnElement[bool]:
    """Ask for what is to be done about somebody, their requests or their referees."""
    themselves = col(Task.subject) == noting.SUBJECTS[type(person)]
    about = [themselves & (col(Task.subject_id) == person.id)]
    if isinstance(person, Newcomer):
        requests = sa.select(col(BuddyRequest.id)).where(
            col(BuddyRequest.newcomer_id) == person.id
        )
        about.append(
            (col(Task.subject) == noting.SUBJECTS[BuddyRequest])
            & col(Task.subject_id).in_(requests)
        )
    else:
        referees = sa.select(col(Referee.id)).where(
            col(Referee.volunteer_id) == person.id
        )
        about.append(
            (col(Task.subject) == "referee") & col(Task.subject_id).in_(referees)
        )
    return sa.and_(sa.or_(*about), col(Task.done_at).is_(None))
