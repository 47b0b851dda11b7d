"""Where a person has left traces: the rows of other tables that are about them."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.pairings import CheckIn, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import Block, BuddyRequest
from welcome.buddies.models.rights import SubjectExport
from welcome.buddies.models.told import ToldStep

Person = Newcomer | Volunteer
Ids = sa.Select[Any]


def find_person(session: Session, public_id: str) -> Person | None:
    """Find a person by public id, whoever's they are: for the shell and for restores."""
    newcomer = select(Newcomer).where(Newcomer.public_id == public_id)
    found = session.exec(newcomer).one_or_none()
    if found is not None:
        return found
    volunteer = select(Volunteer).where(Volunteer.public_id == public_id)
    return session.exec(volunteer).one_or_none()


def kind_of(person: Person) -> str:
    """Name the table of a person."""
    return "newcomer" if isinstance(person, Newcomer) else "volunteer"


def requests_of(person: Person) -> Ids:
    """Ask for the ids of somebody's requests; volunteers have none."""
    own = (
        col(BuddyRequest.newcomer_id) == person.id
        if isinstance(person, Newcomer)
        else sa.false()
    )
    return sa.select(col(BuddyRequest.id)).where(own)


def pairings_of(person: Person) -> Ids:
    """Ask for the ids of somebody's pairings, also of those that are over."""
    own = Pairing.newcomer_id if isinstance(person, Newcomer) else Pairing.volunteer_id
    return sa.select(col(Pairing.id)).where(col(own) == person.id)


def check_ins_of(person: Person) -> Ids:
    """Ask for the ids of the check-ins of both sides of somebody's pairings."""
    own = col(CheckIn.pairing_id).in_(pairings_of(person))
    return sa.select(col(CheckIn.id)).where(own)


def blocks_of(person: Person) -> Ids:
    """Ask for the ids of what says whom somebody is never brought together with."""
    own = Block.newcomer_id if isinstance(person, Newcomer) else Block.volunteer_id
    return sa.select(col(Block.id)).where(col(own) == person.id)


def referees_of(person: Person) -> Ids:
    """Ask for the ids of somebody's referees; newcomers have none."""
    own = (
        col(Referee.volunteer_id) == person.id
        if isinstance(person, Volunteer)
        else sa.false()
    )
    return sa.select(col(Referee.id)).where(own)


def exports_of(person: Person) -> Ids:
    """Ask for the ids of what was gathered for somebody."""
    return sa.select(col(SubjectExport.id)).where(
        col(SubjectExport.subject) == kind_of(person),
        col(SubjectExport.subject_id) == person.id,
    )


def told_of(person: Person) -> Ids:
    """Ask for the ids of the steps that somebody told a coordinator."""
    return told_around(person).where(col(ToldStep.side) == kind_of(person))


def told_around(person: Person) -> Ids:
    """Ask for the ids of what they, or the others of their pairings, told."""
    about = [
        (col(ToldStep.subject) == subject) & col(ToldStep.subject_id).in_(which)
        for subject, which in subjects_of(person).items()
    ]
    return sa.select(col(ToldStep.id)).where(sa.or_(*about))


def subjects_of(person: Person) -> Mapping[str, Ids]:
    """Name the tables that tasks, links and steps are about, with the rows that are theirs."""
    own = type(person)
    return {
        kind_of(person): sa.select(col(own.id)).where(col(own.id) == person.id),
        "buddy_request": requests_of(person),
        "pairing": pairings_of(person),
        "check_in": check_ins_of(person),
        "referee": referees_of(person),
        "subject_export": exports_of(person),
    }
