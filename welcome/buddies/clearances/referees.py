"""Whom a volunteer names to say what they know of them: two people, not family."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies import contacts
from welcome.buddies.clearances.errors import RefereeTaken, RefereeUnreachable
from welcome.buddies.errors import NothingSaid, TooLongSaid
from welcome.buddies.models.clearing import Referee, Relation
from welcome.buddies.models.people import Volunteer

LONGEST_NAME = 120


@dataclass(frozen=True)
class Named:
    """A referee as a volunteer names them."""

    name: str
    relation: Relation
    email: str = ""
    phone: str = ""


def name_referee(
    session: Session,
    volunteer: Volunteer,
    named: Named,
    *,
    actor: Account | None,
    now: datetime,
) -> Referee:
    """Note whom a volunteer names.

    Raises NothingSaid, TooLongSaid, BadAddress, BadPhone, RefereeUnreachable, and
    RefereeTaken where two are one, or one is the volunteer.
    """
    name = " ".join(named.name.split())
    if not name:
        raise NothingSaid
    if len(name) > LONGEST_NAME:
        raise TooLongSaid(most=LONGEST_NAME)
    email = contacts.normal_email(named.email) if named.email.strip() else None
    phone = contacts.normal_phone(named.phone) if named.phone.strip() else None
    if not (email or phone):
        raise RefereeUnreachable
    others: list[Referee | Volunteer] = [volunteer, *list_referees(session, volunteer)]
    if any(_is_same(each, email, phone) for each in others):
        raise RefereeTaken
    made = Referee(
        volunteer_id=volunteer.id,
        name=name,
        email=email,
        phone=phone,
        relation=named.relation,
        moved_at=now,
    )
    session.add(made)
    session.flush()
    journal.write(
        session, "referee.named", "volunteer", volunteer.id, actor=actor, now=now,
        referee=made.id,
    )  # fmt: skip
    return made


def list_referees(session: Session, volunteer: Volunteer) -> list[Referee]:
    """List whom a volunteer named, in that order."""
    asked = select(Referee).where(Referee.volunteer_id == volunteer.id)
    return list(session.exec(asked.order_by(col(Referee.id))))


def _is_same(
    somebody: Referee | Volunteer, email: str | None, phone: str | None
) -> bool:
    same_email = email is not None and somebody.email == email
    return same_email or (phone is not None and somebody.phone == phone)
