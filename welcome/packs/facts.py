"""The fact register: values held once, used by name, filled per locale."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs.errors import (
    BadFact,
    FactConflict,
    NameTaken,
    NoSuchFact,
    OtherNumber,
)
from welcome.packs.fact_kinds import CONTROL, fits, is_same_number
from welcome.packs.models import Fact, FactKind, Pack
from welcome.packs.place import region_of

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

# What is known of a fact, besides its name: in files and in the journal.
FIELDS = (
    "kind", "value", "values", "label", "owner", "source", "check_by", "urgent",
)  # fmt: skip


class FactText(NamedTuple):
    """A fact as one locale shows it."""

    kind: FactKind
    value: str


def list_facts(session: Session, pack: Pack) -> list[Fact]:
    """List a pack's facts by name."""
    wanted = select(Fact).where(Fact.pack_id == pack.id).order_by(col(Fact.name))
    return list(session.exec(wanted))


def list_names(session: Session, pack_id: int) -> set[str]:
    """List the names of a pack's facts."""
    return set(session.exec(select(Fact.name).where(Fact.pack_id == pack_id)))


def get_fact(session: Session, pack: Pack, name: str) -> Fact:
    """Return a fact of a pack; raises NoSuchFact."""
    wanted = select(Fact).where(Fact.pack_id == pack.id, Fact.name == name)
    fact = session.exec(wanted).first()
    if fact is None:
        raise NoSuchFact(name=name)
    return fact


def values_for(facts: Sequence[Fact], tag: str) -> dict[str, FactText]:
    """Fill the facts for a locale: its own value, unless that is older than the pack's."""
    return {fact.name: FactText(fact.kind, value_in(fact, tag)) for fact in facts}


def value_in(fact: Fact, tag: str) -> str:
    """Give a fact's value as a locale shows it."""
    return fact.value if tag in fact.stale else fact.values.get(tag, fact.value)


def is_due(fact: Fact, today: date) -> bool:
    """Tell whether a fact's check-by date has come."""
    return fact.check_by is not None and fact.check_by <= today


def add_fact(
    session: Session, pack: Pack, fact: Fact, *, actor: Account | None, now: datetime
) -> Fact:
    """Add a fact to a pack; raises BadFact or NameTaken."""
    refuse_bad(fact, region_of(pack.place))
    if fact.name in list_names(session, pack.id):
        raise NameTaken(name=fact.name, field="name")
    fact.pack_id = pack.id
    fact.author_id = actor.id if actor else None
    session.add(fact)
    session.flush()
    said = fact.model_dump(exclude_defaults=True)
    told = {name: said[name] for name in FIELDS if name in said}
    _journal(session, fact, journal.differences({}, told), actor=actor, now=now)
    return fact


def change_fact(
    session: Session,
    fact: Fact,
    changes: dict[str, object],
    *,
    revision: int,
    actor: Account | None,
    now: datetime,
) -> Fact:
    """Change a fact; what is equal already changes nothing.

    With a new value the locales' own become stale, but for those that change with it.
    Raises BadFact, and FactConflict where it is no longer at `revision`.
    """
    region = region_of(session.get_one(Pack, fact.pack_id).place)
    changed = Fact(**{**fact.model_dump(), "stale": {}, **changes})
    changed.stale = _stale_after(fact, changed, region)
    refuse_bad(changed, region)
    changes = {**changes, "stale": changed.stale}
    return _change(session, fact, changes, revision, actor=actor, now=now)


def _change(
    session: Session,
    fact: Fact,
    changes: dict[str, object],
    revision: int,
    *,
    actor: Account | None,
    now: datetime,
) -> Fact:
    """Write changes where the fact is still at a revision; raises FactConflict."""
    before = {name: getattr(fact, name) for name in changes}
    told = journal.differences(before, changes)
    if not told:
        return fact
    turn = (
        sa.update(Fact)
        .where(col(Fact.id) == fact.id, col(Fact.revision) == revision)
        .values(**changes, revision=revision + 1, author_id=actor.id if actor else None)
    )
    taken = session.connection().execute(turn).rowcount == 1
    session.refresh(fact)
    if not taken:
        raise FactConflict(name=fact.name, value=fact.value)
    _journal(session, fact, told, actor=actor, now=now)
    return fact


def confirm_values(
    session: Session,
    fact: Fact,
    tags: Collection[str],
    *,
    revision: int,
    actor: Account | None,
    now: datetime,
) -> Fact:
    """Say that locales' own values are right beside the new one; raises as a change."""
    left = {tag: value for tag, value in fact.stale.items() if tag not in tags}
    region = region_of(session.get_one(Pack, fact.pack_id).place)
    refuse_bad(Fact(**{**fact.model_dump(), "stale": left}), region)
    return _change(session, fact, {"stale": left}, revision, actor=actor, now=now)


def _stale_after(fact: Fact, changed: Fact, region: str) -> dict[str, str]:
    """Give the value beside which each stale local value was written, by locale.

    A file says that itself of the values it brings.
    """
    stale = {}
    for tag, local in changed.values.items():
        beside = changed.stale.get(tag, changed.value)
        if fact.values.get(tag) == local:
            beside = fact.stale.get(tag, fact.value)
        if not _is_alike(changed.kind, beside, changed.value, region):
            stale[tag] = beside
    return stale


def _is_alike(kind: FactKind, old: str, new: str, region: str) -> bool:
    return old == new or (kind is FactKind.PHONE and is_same_number(old, new, region))


def _journal(
    session: Session,
    fact: Fact,
    told: Mapping[str, object],
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    journal.write(
        session,
        "fact.changed",
        "fact",
        fact.id,
        actor=actor,
        now=now,
        name=fact.name,
        **told,
    )


def refuse_bad(fact: Fact, region: str) -> None:
    """Refuse a fact whose name or values do not fit its kind; raises BadFact.

    `region` is where telephone numbers without a country code are dialled.
    """
    if not NAME.fullmatch(fact.name) or len(fact.name) > 60:
        raise BadFact(name=fact.name, value=fact.name)
    for text in (fact.owner, *fact.label.values()):
        if len(text) > 120 or CONTROL.search(text):
            raise BadFact(name=fact.name, value=text)
    if len(fact.source) > 400 or CONTROL.search(fact.source):
        raise BadFact(name=fact.name, value=fact.source)
    _refuse_bad_values(fact, region)


def _refuse_bad_values(fact: Fact, region: str) -> None:
    for value in (fact.value, *fact.values.values()):
        if not fits(fact.kind, value, region):
            raise BadFact(name=fact.name, value=value)
    # A number of a language's own is a fact of its own; a stale one is not shown.
    shown = [value for tag, value in fact.values.items() if tag not in fact.stale]
    for value in shown if fact.kind is FactKind.PHONE else ():
        if not is_same_number(fact.value, value, region):
            raise OtherNumber(name=fact.name, value=value, source=fact.value)
