"""What tasks are about: a name, and which page shows it; of others nothing is told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from welcome.buddies.access import takes_part
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.desk import Task
from welcome.buddies.models.pairings import CheckIn, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.models.rights import SubjectExport

Columns = tuple[Any, ...]


@dataclass(frozen=True)
class Whereabouts:
    """What kind of page shows it, by which id, and whose name stands there."""

    kind: str
    public_id: str
    name: str = ""


def find(
    session: Session, tasks: Collection[Task], own: Collection[int]
) -> Mapping[int, Whereabouts]:
    """Find what some tasks are about, by the id of the task."""
    found: dict[tuple[str, int], Whereabouts] = {}
    for subject, ask in ASKS.items():
        ids = [each.subject_id for each in tasks if each.subject == subject]
        if ids:
            for number, *told in session.execute(ask(ids, own)):
                found[subject, number] = Whereabouts(*told)
    return {
        each.id: found[each.subject, each.subject_id]
        for each in tasks
        if (each.subject, each.subject_id) in found
    }


OF_REQUEST: Columns = (
    sa.literal("request"), BuddyRequest.public_id, Newcomer.name,
)  # fmt: skip
OF_VOLUNTEER: Columns = (
    Volunteer.id, sa.literal("volunteer"), Volunteer.public_id, Volunteer.name,
)  # fmt: skip
OF_REFEREE: Columns = (
    Referee.id, sa.literal("referee"), Referee.public_id, Volunteer.name,
)  # fmt: skip
OF_PAIRING: Columns = (sa.literal("pairing"), Pairing.public_id)


def _newcomers(ids: Collection[int], own: Collection[int]) -> sa.Select[Any]:
    """Ask for the requests of newcomers: the last of each counts."""
    return _requests_of(col(Newcomer.id), ids, own).order_by(col(BuddyRequest.id))


def _requests(ids: Collection[int], own: Collection[int]) -> sa.Select[Any]:
    return _requests_of(col(BuddyRequest.id), ids, own)


def _requests_of(
    key: Mapped[int], ids: Collection[int], own: Collection[int]
) -> sa.Select[Any]:
    whose = col(Newcomer.id) == col(BuddyRequest.newcomer_id)
    told: Columns = (key, *OF_REQUEST)
    asked = sa.select(*told).select_from(BuddyRequest).join(Newcomer, whose)
    return asked.where(key.in_(ids), col(Newcomer.organisation_id).in_(own))


def _volunteers(ids: Collection[int], own: Collection[int]) -> sa.Select[Any]:
    return sa.select(*OF_VOLUNTEER).where(
        col(Volunteer.id).in_(ids), col(Volunteer.organisation_id).in_(own)
    )


def _referees(ids: Collection[int], own: Collection[int]) -> sa.Select[Any]:
    whose = col(Volunteer.id) == col(Referee.volunteer_id)
    asked = sa.select(*OF_REFEREE).select_from(Referee).join(Volunteer, whose)
    return asked.where(
        col(Referee.id).in_(ids), col(Volunteer.organisation_id).in_(own)
    )


def _pairings(ids: Collection[int], own: Collection[int]) -> sa.Select[Any]:
    told: Columns = (Pairing.id, *OF_PAIRING)
    asked = sa.select(*told)
    return asked.where(col(Pairing.id).in_(ids), takes_part(own))


def _check_ins(ids: Collection[int], own: Collection[int]) -> sa.Select[Any]:
    whose = col(Pairing.id) == col(CheckIn.pairing_id)
    told: Columns = (CheckIn.id, *OF_PAIRING)
    asked = sa.select(*told).select_from(CheckIn)
    return asked.join(Pairing, whose).where(col(CheckIn.id).in_(ids), takes_part(own))


def _exports(ids: Collection[int], own: Collection[int]) -> sa.Select[Any]:
    """Ask without a name: an export is of a newcomer or of a volunteer."""
    told: Columns = (SubjectExport.id, sa.literal("export"), SubjectExport.public_id)
    return sa.select(*told).where(
        col(SubjectExport.id).in_(ids), col(SubjectExport.organisation_id).in_(own)
    )


ASKS = {
    "newcomer": _newcomers,
    "buddy_request": _requests,
    "volunteer": _volunteers,
    "referee": _referees,
    "pairing": _pairings,
    "check_in": _check_ins,
    "subject_export": _exports,
}
