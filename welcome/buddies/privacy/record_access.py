"""Whose record one may export, keep or erase: people of one's own organisations.

Whoever coordinates or safeguards there may; what is missing and what is not theirs is
answered alike (NotFound).
"""

from collections.abc import Collection

from sqlmodel import Session, col, select

from welcome.accounts.models import Account, JournalEntry
from welcome.accounts.permissions import Permission, is_allowed
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.rights import ExportState, RightsRequest, SubjectExport
from welcome.buddies.privacy.traces import Person, kind_of
from welcome.errors import NotFound
from welcome.partners.access import list_own_ids

LOOKS = (Permission.COORDINATE, Permission.SAFEGUARD)


def list_scope(session: Session, account: Account) -> frozenset[int]:
    """List the organisations whose people's records an account may handle."""
    if not any(is_allowed(session, account, each) for each in LOOKS):
        return frozenset()
    return list_own_ids(session, account)


def get_person(session: Session, account: Account, public_id: str) -> Person:
    """Return somebody of one's own organisations, also erased; raises NotFound."""
    own = list_scope(session, account)
    newcomer = select(Newcomer).where(
        Newcomer.public_id == public_id, col(Newcomer.organisation_id).in_(own)
    )
    volunteer = select(Volunteer).where(
        Volunteer.public_id == public_id, col(Volunteer.organisation_id).in_(own)
    )
    found = (
        session.exec(newcomer).one_or_none() or session.exec(volunteer).one_or_none()
    )
    if found is None:
        raise NotFound
    return found


def get_export(
    session: Session, account: Account, public_id: str
) -> tuple[SubjectExport, Person]:
    """Return what was gathered for somebody, and whom; raises NotFound."""
    asked = select(SubjectExport).where(SubjectExport.public_id == public_id)
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found, _whose(session, account, found)


def get_asked(
    session: Session, account: Account, public_id: str
) -> tuple[RightsRequest, Person]:
    """Return what somebody asked for, and who; raises NotFound."""
    asked = select(RightsRequest).where(RightsRequest.public_id == public_id)
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found, _whose(session, account, found)


def list_exports(session: Session, own: Collection[int]) -> list[SubjectExport]:
    """List what waits to be looked through in some organisations."""
    asked = select(SubjectExport).where(
        col(SubjectExport.organisation_id).in_(own),
        SubjectExport.state == ExportState.PREPARED,
    )
    return list(session.exec(asked.order_by(col(SubjectExport.id))))


def list_people(
    session: Session, account: Account, about: Collection[RightsRequest | SubjectExport]
) -> dict[str, Person]:
    """Give whom some rows are about, by the public id of the row; own people only."""
    own = list_scope(session, account)
    found = {each.public_id: _read(session, each) for each in about}
    return {
        name: person
        for name, person in found.items()
        if person is not None and person.organisation_id in own
    }


def find_hold(session: Session, person: Person) -> JournalEntry | None:
    """Find who keeps a record for the law, since when and why."""
    asked = select(JournalEntry).where(
        JournalEntry.act == "person.kept_for_law",
        JournalEntry.subject == kind_of(person),
        JournalEntry.subject_id == person.id,
    )
    newest = session.exec(asked.order_by(col(JournalEntry.id).desc())).first()
    return newest if person.is_kept_for_law else None


def _whose(
    session: Session, account: Account, row: RightsRequest | SubjectExport
) -> Person:
    person = _read(session, row)
    if person is None:
        raise NotFound
    return get_person(session, account, person.public_id)


def _read(session: Session, row: RightsRequest | SubjectExport) -> Person | None:
    """Read whom a row is about, whoever's they are."""
    if row.subject == "newcomer":
        return session.get(Newcomer, row.subject_id)
    return session.get(Volunteer, row.subject_id)
