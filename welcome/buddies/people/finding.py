"""Lists of people, requests and pairings for a coordinator: filtered, searched, paged.

Names lie sealed, so a search by name opens those of one's own organisations; addresses
and numbers are found by their index.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies.access import takes_part
from welcome.buddies.contacts import (
    email_index,
    normal_email,
    normal_phone,
    phone_index,
)
from welcome.buddies.errors import BadAddress, BadPhone
from welcome.buddies.gathering import GONE
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import (
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.rules.languages import MAKATON
from welcome.buddies.rules.spoken import OTHER

PAGE = 50
# Of a pairing, with the sign of a side or without, as sheets show it.
REFERENCE = re.compile(r"([0-9a-f]{8})(?:-[nv])?")

Person = TypeVar("Person", Newcomer, Volunteer)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words of a name or a contact, a language, a page.

    With the id of a coordinator, only the people to whom they see.
    """

    words: str = ""
    language: str = ""
    page: int = 1
    coordinator_id: int | None = None


@dataclass(frozen=True)
class Found:
    """One page of rows, and how many there are in all."""

    rows: Sequence[Any]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Count the pages."""
        return max(1, -(-self.total // PAGE))


def find_requests(
    session: Session,
    own: Collection[int],
    wanted: Wanted,
    *,
    states: Collection[RequestState] = (),
) -> Found:
    """List (request, newcomer), who waits longest first."""
    asked = (
        sa.select(BuddyRequest, Newcomer)
        .join(Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id))
        .where(col(Newcomer.organisation_id).in_(own))
    )
    if states:
        asked = asked.where(col(BuddyRequest.state).in_(states))
    if wanted.coordinator_id:
        asked = asked.where(col(Newcomer.coordinator_id) == wanted.coordinator_id)
    if wanted.language:
        speaks = sa.select(col(NewcomerLanguage.newcomer_id)).where(
            _is_spoken(NewcomerLanguage.language, wanted.language)
        )
        asked = asked.where(col(Newcomer.id).in_(speaks))
    if wanted.words.strip():
        asked = asked.where(_is_meant(session, Newcomer, own, wanted.words))
    order = (
        col(BuddyRequest.urgency).desc(),
        col(BuddyRequest.waiting_since),
        col(BuddyRequest.id),
    )
    return _page(session, asked, order, wanted)


def find_volunteers(
    session: Session,
    own: Collection[int],
    wanted: Wanted,
    *,
    states: Collection[VolunteerState] = (),
) -> Found:
    """List volunteers, the newest first."""
    asked = sa.select(Volunteer).where(col(Volunteer.organisation_id).in_(own))
    if states:
        asked = asked.where(col(Volunteer.state).in_(states))
    if wanted.coordinator_id:
        asked = asked.where(col(Volunteer.coordinator_id) == wanted.coordinator_id)
    if wanted.language:
        speaks = sa.select(col(VolunteerLanguage.volunteer_id)).where(
            _is_spoken(VolunteerLanguage.language, wanted.language)
        )
        asked = asked.where(col(Volunteer.id).in_(speaks))
    if wanted.words.strip():
        asked = asked.where(_is_meant(session, Volunteer, own, wanted.words))
    return _page(session, asked, (col(Volunteer.id).desc(),), wanted)


def find_pairings(
    session: Session,
    own: Collection[int],
    wanted: Wanted,
    *,
    states: Collection[PairingState] = (),
) -> Found:
    """List pairings in which own people take part, the last moved first.

    Words may be of a name, or the reference of a sheet.
    """
    asked = sa.select(Pairing).where(takes_part(own))
    if states:
        asked = asked.where(col(Pairing.state).in_(states))
    if wanted.words.strip():
        asked = asked.where(
            sa.or_(
                col(Pairing.newcomer_id).in_(
                    _ids(session, Newcomer, own, wanted.words)
                ),
                col(Pairing.volunteer_id).in_(
                    _ids(session, Volunteer, own, wanted.words)
                ),
                col(Pairing.public_id).startswith(_reference(wanted.words)),
            )
        )
    order = (col(Pairing.moved_at).desc(), col(Pairing.id).desc())
    return _page(session, asked, order, wanted)


def names_of(
    session: Session, kind: type[Person], ids: Collection[int], own: Collection[int]
) -> Mapping[int, str]:
    """Give the names of own people by their ids; of others nothing is told."""
    asked = select(kind.id, kind.name).where(
        col(kind.id).in_(ids), col(kind.organisation_id).in_(own)
    )
    return {each: name or "" for each, name in session.exec(asked)}


@dataclass(frozen=True)
class Known:
    """Somebody whose page one may open: by which id, and what they are called."""

    public_id: str
    name: str


def known_volunteers(
    session: Session, ids: Collection[int], own: Collection[int]
) -> Mapping[int, Known]:
    """Give own volunteers by their ids; of others nothing is told."""
    asked = select(Volunteer.id, Volunteer.public_id, Volunteer.name).where(
        col(Volunteer.id).in_(ids), col(Volunteer.organisation_id).in_(own)
    )
    rows = session.exec(asked.order_by(col(Volunteer.id)))
    return {each: Known(public_id, name or "") for each, public_id, name in rows}


def known_requests(
    session: Session, ids: Collection[int], own: Collection[int]
) -> Mapping[int, Known]:
    """Give requests of own newcomers by the requests' ids, who waits longest first."""
    asked = (
        select(BuddyRequest.id, BuddyRequest.public_id, Newcomer.name)
        .join(Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id))
        .where(col(BuddyRequest.id).in_(ids), col(Newcomer.organisation_id).in_(own))
        .order_by(col(BuddyRequest.waiting_since), col(BuddyRequest.id))
    )
    rows = session.exec(asked)
    return {each: Known(public_id, name or "") for each, public_id, name in rows}


def find_named(
    session: Session,
    own: Collection[int],
    others: Collection[int],
    words: str,
    *,
    limit: int,
) -> list[Volunteer]:
    """List own volunteers with such a name or contact, by name.

    Of others, whoever has exactly this name or contact: no other name is told. Who left,
    or was not let in, is none of them.
    """
    if not words.strip():
        return []
    ids = _ids(session, Volunteer, own, words)
    ids += _ids(session, Volunteer, others, words, is_whole=True)
    asked = select(Volunteer).where(
        col(Volunteer.id).in_(ids), col(Volunteer.state).not_in(GONE)
    )
    found = sorted(session.exec(asked), key=lambda each: folded(each.name or ""))
    return found[:limit]


def folded(text: str) -> str:
    """Fold a name for searching: without case, accents and vowel marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _page(
    session: Session,
    asked: sa.Select[*tuple[Any, ...]],
    order: Sequence[Any],
    wanted: Wanted,
) -> Found:
    counted = sa.select(sa.func.count()).select_from(asked.subquery())
    total = session.execute(counted).scalar_one()
    page = max(1, wanted.page)
    rows = session.execute(
        asked.order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
    ).all()
    plain = [row[0] if len(row) == 1 else tuple(row) for row in rows]
    return Found(plain, total, page)


def _is_spoken(column: str, language: str) -> sa.ColumnElement[bool]:
    """Ask for a language; for `OTHER` alone, for any that is in no list."""
    if language != OTHER:
        return col(column) == language
    return col(column).startswith(OTHER) & (col(column) != MAKATON)


def _is_meant(
    session: Session, kind: type[Person], own: Collection[int], words: str
) -> sa.ColumnElement[bool]:
    return sa.and_(col(kind.id).in_(_ids(session, kind, own, words)))


def _ids(
    session: Session,
    kind: type[Person],
    own: Collection[int],
    words: str,
    *,
    is_whole: bool = False,
) -> list[int]:
    """List people with such a name, if need be the whole of it, or with this contact."""
    where = col(kind.organisation_id).in_(own)
    index = _contact_index(session, words)
    if index is not None:
        same = sa.or_(col(kind.email_index) == index, col(kind.phone_index) == index)
        return list(session.exec(select(kind.id).where(where, same)))
    wanted = folded(words).split()

    def is_meant(name: str) -> bool:
        if is_whole:
            return sorted(folded(name).split()) == sorted(wanted)
        return all(word in folded(name) for word in wanted)

    named = session.exec(select(kind.id, kind.name).where(where))
    return [each for each, name in named if name and is_meant(name)]


def _reference(words: str) -> str:
    """Give the start of a public id that was read from a sheet; else what none has."""
    found = REFERENCE.fullmatch(words.strip().lower())
    return found[1] if found else "none"


def _contact_index(session: Session, words: str) -> str | None:
    try:
        if "@" in words:
            return email_index(session, normal_email(words))
        return phone_index(session, normal_phone(words))
    except (BadAddress, BadPhone):
        return None
