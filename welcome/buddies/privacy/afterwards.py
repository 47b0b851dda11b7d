"""Letting people of the scheme go once more whom a restored backup knows again."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.rights import ErasedFor
from welcome.buddies.privacy import erasing
from welcome.buddies.privacy.traces import Person, find_person
from welcome.database import unopened
from welcome.messages import outbox
from welcome.since.lines import Act, Line

KINDS: Mapping[str, type[Person]] = {"newcomer": Newcomer, "volunteer": Volunteer}


def list_wanted(session: Session, kind: str) -> list[str]:
    """List the public ids of those of a kind who were not erased, as far as is known."""
    table = KINDS[kind]
    asked = select(table.public_id).where(col(table.erased_at).is_(None))
    return list(session.exec(asked))


def do_again(session: Session, told: Mapping[str, Line], *, now: datetime) -> int:
    """Erase again whoever was, by public id; count them.

    Nobody is written to: who had to be told was told then. Nothing is opened, for the
    keys may not be here. Whoever is kept for the law since the backup was erased after.
    """
    gone = [name for name, line in told.items() if line.act is Act.LET_GO]
    erased = 0
    with unopened():
        for name in gone:
            person = find_person(session, name)
            if person is not None and person.erased_at is None:
                _erase(session, person, now)
                erased += 1
        session.flush()
    # What was read unopened must not be taken for what is there.
    session.expire_all()
    return erased


def _erase(session: Session, person: Person, now: datetime) -> None:
    person.is_kept_for_law = False
    session.flush()
    erasing.end_all(session, person, now=now)
    own = [each for each in (person.email_index, person.phone_index) if each]
    for message in outbox.list_waiting_for(session, own):
        outbox.discard(session, message, actor=None, now=now)
    outbox.forget_recipients(session, own)
    erasing.let_go(session, person, ErasedFor.RESTORED, actor=None, now=now)
