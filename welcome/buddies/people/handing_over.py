"""Handing somebody over to another organisation, whose coordinator sees them then."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import noting
from welcome.buddies.errors import PairingUnderWay
from welcome.buddies.models.desk import Task
from welcome.buddies.models.pairings import OVER, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.partners.models import Organisation


def hand_over(
    session: Session,
    person: Newcomer | Volunteer,
    organisation: Organisation,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Hand somebody over, with what is to be done about them.

    Raises PairingUnderWay: whoever leads a pairing sees it to its end.
    """
    key = Pairing.newcomer_id if isinstance(person, Newcomer) else Pairing.volunteer_id
    live = select(Pairing.id).where(key == person.id, col(Pairing.state).not_in(OVER))
    if session.exec(live.limit(1)).first() is not None:
        raise PairingUnderWay
    person.organisation_id = organisation.id
    session.add(person)
    session.exec(
        sa.update(Task)
        .where(
            col(Task.subject) == noting.SUBJECTS[type(person)],
            col(Task.subject_id) == person.id,
            col(Task.done_at).is_(None),
        )
        .values(organisation_id=organisation.id)
    )
    session.flush()
    noting.write(
        session, "person.handed_over", person, actor=actor, now=now,
        to=organisation.id,
    )  # fmt: skip
