"""Asking a role for something else: what that does is foreseen, then done at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import policies
from welcome.buddies.clearances import clearing, required
from welcome.buddies.clearances.required import Sets
from welcome.buddies.models.clearing import Clearance, ClearedFor
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.rules.requirements import Held, judge
from welcome.buddies.rules.vocabulary import BuddyRole

Until = Mapping[BuddyRole, date]
NOTHING: Until = {}


@dataclass(frozen=True)
class Turn:
    """How many volunteers a role loses, and how many it gains."""

    lost: int
    gained: int


@dataclass(frozen=True)
class Effect:
    """What other requirements would do today to those who volunteer."""

    by_role: Mapping[BuddyRole, Turn]
    # Volunteers who lose a role, and those of them who would be cleared for none.
    lost: int
    paused: int
    # Who loses which role, and whose clearances have to be worked out anew.
    losing: Mapping[BuddyRole, tuple[int, ...]]
    changed: tuple[int, ...]


@dataclass(frozen=True)
class _Person:
    id: int
    is_cleared: bool
    now: Until
    then: Until


def foresee(session: Session, sets: Sets, today: date) -> Effect:
    """Work out what other requirements would do; changes nothing."""
    people = _list_people(session, sets, today)
    losing = [each for each in people if _lost(each, today)]
    return Effect(
        {role: _turn(role, people, today) for role in BuddyRole},
        len(losing),
        sum(each.is_cleared and not each.then for each in losing),
        {
            role: tuple(each.id for each in losing if role in _lost(each, today))
            for role in BuddyRole
        },
        tuple(each.id for each in people if each.now != each.then),
    )


def change(
    session: Session,
    sets: Sets,
    *,
    based_on: int,
    actor: Account,
    today: date,
    now: datetime,
) -> tuple[int, ...]:
    """Let other requirements count from now on; gives who is to be settled after it.

    Nobody is proposed for a role that they lose, from this moment; should the settling
    be cut off, it is done as for whatever runs out. Raises BadRequirements and
    PolicyChanged.
    """
    settings = required.write_settings(sets)
    required.read_settings(settings)
    effect = foresee(session, sets, today)
    policies.set_policy(
        session, PolicyKind.CLEARANCES, settings,
        actor=actor, now=now, based_on=based_on,
    )  # fmt: skip
    for role, ids in effect.losing.items():
        lost = sa.update(ClearedFor).where(
            col(ClearedFor.role) == role, col(ClearedFor.volunteer_id).in_(ids)
        )
        session.exec(lost.values(until=today - timedelta(days=1)))
    return effect.changed


def settle_all(
    session: Session, ids: Sequence[int], *, today: date, now: datetime
) -> None:
    """Work out anew what some are cleared for; tasks tell of whoever lost a role."""
    for each in ids:
        volunteer = session.get(Volunteer, each)
        if volunteer is not None and volunteer.erased_at is None:
            clearing.settle(session, volunteer, today=today, now=now)


def _turn(role: BuddyRole, people: list[_Person], today: date) -> Turn:
    before = {each.id for each in people if role in _valid(each.now, today)}
    after = {each.id for each in people if role in each.then}
    return Turn(len(before - after), len(after - before))


def _lost(person: _Person, today: date) -> set[BuddyRole]:
    return set(_valid(person.now, today)) - set(person.then)


def _valid(until: Until, today: date) -> Until:
    return {role: day for role, day in until.items() if day >= today}


def _list_people(session: Session, sets: Sets, today: date) -> list[_Person]:
    held, known = _list_held(session), _list_cleared(session)
    asked = (
        select(Volunteer.id, Volunteer.state, Volunteer.offers)
        .where(
            col(Volunteer.state).not_in(clearing.NEVER_CLEARED),
            col(Volunteer.erased_at).is_(None),
        )
        .order_by(col(Volunteer.id))
    )
    found = []
    for number, state, offers in session.exec(asked):
        judged = [judge(sets[BuddyRole(each)], held[number], today) for each in offers]
        then = {each.role: each.until for each in judged if each.until is not None}
        is_cleared = state == VolunteerState.CLEARED
        found.append(_Person(number, is_cleared, known.get(number, NOTHING), then))
    return found


def _list_held(session: Session) -> defaultdict[int, list[Held]]:
    """List what everybody holds, in the order it was recorded."""
    told: list[sa.SQLColumnExpression[Any]] = [
        col(Clearance.kind),
        col(Clearance.is_met),
        col(Clearance.expires_on),
        col(Clearance.role),
        col(Clearance.level),
    ]
    asked = sa.select(col(Clearance.volunteer_id), *told).order_by(col(Clearance.id))
    held = defaultdict(list)
    for number, *each in session.connection().execute(asked):
        held[number].append(Held(*each))
    return held


def _list_cleared(session: Session) -> dict[int, dict[BuddyRole, date]]:
    """List for what everybody is cleared now, and until when."""
    found: dict[int, dict[BuddyRole, date]] = {}
    for each in session.exec(select(ClearedFor)):
        found.setdefault(each.volunteer_id, {})[each.role] = each.until
    return found
