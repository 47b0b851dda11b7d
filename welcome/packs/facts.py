"""The fact register: values held once, used by name, filled per locale."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import phonenumbers
import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs.errors import BadFact, FactConflict, NameTaken, NoSuchFact
from welcome.packs.models import Fact, FactKind, Pack
from welcome.packs.place import region_of

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# phonenumbers finds a number inside any text; ours must be nothing else.
PHONE = re.compile(r"[+(]?[0-9][0-9() ./-]*")
URL = re.compile(r"https?://[^\s<>\"'@/?#\\]+(?:[/?#][^\s<>\"'\\]*)?")
# Line breaks too, and what turns the direction of what follows.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SHORT_CODE = re.compile(r"[0-9]{3,6}")

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
    """Fill the facts for a locale: its own value where it has one."""
    return {
        fact.name: FactText(fact.kind, fact.values.get(tag, fact.value))
        for fact in facts
    }


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

    Raises BadFact, and FactConflict where it is no longer at `revision`.
    """
    region = region_of(session.get_one(Pack, fact.pack_id).place)
    refuse_bad(Fact(**{**fact.model_dump(), **changes}), region)
    before = {name: getattr(fact, name) for name in changes}
    told = journal.differences(before, changes)
    if not told:
        return fact
    turn = (
        sa.update(Fact)
        .where(col(Fact.id) == fact.id, col(Fact.revision) == revision)
        .values(**changes, revision=revision + 1)
    )
    taken = session.connection().execute(turn).rowcount == 1
    session.refresh(fact)
    if not taken:
        raise FactConflict(name=fact.name, value=fact.value)
    _journal(session, fact, told, actor=actor, now=now)
    return fact


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
    for value in (fact.value, *fact.values.values()):
        if not fits(fact.kind, value, region):
            raise BadFact(name=fact.name, value=value)


def fits(kind: FactKind, value: str, region: str) -> bool:
    """Tell whether a value can be shown as its kind."""
    if not value.strip() or len(value) > 400 or CONTROL.search(value):
        return False
    if kind is FactKind.PHONE:
        return _is_phone(value, region)
    if kind is FactKind.URL:
        return bool(URL.fullmatch(value))
    if kind is FactKind.EMAIL:
        return bool(EMAIL.fullmatch(value))
    return True


def _is_phone(value: str, region: str) -> bool:
    """Accept short codes and possible numbers; reserved test numbers are not valid."""
    if SHORT_CODE.fullmatch(value.replace(" ", "")):
        return True
    if not PHONE.fullmatch(value):
        return False
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)
