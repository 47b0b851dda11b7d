"""A volunteer's places: nothing else changes how many of them are held."""

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.buddies.errors import NoPlaceFree
from welcome.buddies.models.people import Volunteer, VolunteerState


def take(session: Session, volunteer_id: int) -> None:
    """Take a place of a volunteer who is cleared and has one; raises NoPlaceFree.

    Of two who want the last one at once, the second is refused.
    """
    taken = session.exec(
        sa.update(Volunteer)
        .where(
            col(Volunteer.id) == volunteer_id,
            col(Volunteer.held) < col(Volunteer.capacity),
            col(Volunteer.state) == VolunteerState.CLEARED,
        )
        .values(held=col(Volunteer.held) + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        raise NoPlaceFree
    _read_again(session, volunteer_id)


def release(session: Session, volunteer_id: int) -> None:
    """Give a place back; the database refuses to give back more than are held."""
    session.exec(
        sa.update(Volunteer)
        .where(col(Volunteer.id) == volunteer_id)
        .values(held=col(Volunteer.held) - 1)
        .execution_options(synchronize_session=False)
    )
    _read_again(session, volunteer_id)


def _read_again(session: Session, volunteer_id: int) -> None:
    """Let whoever holds the row already see the count."""
    session.get(Volunteer, volunteer_id, populate_existing=True)
