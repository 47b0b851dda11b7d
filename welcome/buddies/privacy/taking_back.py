"""Letters that wait are taken back when somebody is erased, whoever they go to."""

import re
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.buddies.contacts import shown_phone
from welcome.buddies.lifecycle import letters
from welcome.buddies.links import list_about
from welcome.buddies.models.pairings import CheckIn, Pairing, Side
from welcome.buddies.privacy.traces import Person, kind_of
from welcome.messages import outbox

_TOKEN = re.compile(r"/-/take-part/[a-z-]+/([\w-]+)")


def take_back_all(
    session: Session, person: Person, ended: Collection[Pairing], *, now: datetime
) -> None:
    """Discard what waits to go to somebody, and what tells others of them.

    To whom letters went already is forgotten too.
    """
    own = [each for each in (person.email_index, person.phone_index) if each]
    for message in outbox.list_waiting_for(session, own):
        outbox.discard(session, message, actor=None, now=now)
    outbox.forget_recipients(session, own)
    telling = _list_telling(person)
    for pairing in ended:
        side = letters.other(Side(kind_of(person)))
        other = letters.get_person(session, pairing, side)
        theirs = [each for each in (other.email_index, other.phone_index) if each]
        for message in outbox.list_waiting_for(session, theirs):
            tells = any(each in message.body for each in telling)
            if tells or _is_about(session, message.body, pairing):
                outbox.discard(session, message, actor=None, now=now)


def _list_telling(person: Person) -> list[str]:
    """List what would tell who somebody is."""
    said = [person.name, person.email, person.phone]
    if person.phone:
        said.append(shown_phone(person.phone))
    return [each for each in said if each]


def _is_about(session: Session, body: str, pairing: Pairing) -> bool:
    """Say whether a letter asks something about a pairing: by its link."""
    check_ins = session.exec(
        select(CheckIn.id).where(col(CheckIn.pairing_id) == pairing.id)
    ).all()
    about = {("pairing", pairing.id), *(("check_in", each) for each in check_ins)}
    found = list_about(session, _TOKEN.findall(body))
    return any((each.subject, each.subject_id) in about for each in found)
