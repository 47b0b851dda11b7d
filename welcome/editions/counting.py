"""How many editions there are."""

from sqlmodel import Session, col, func, select

from welcome.editions.models import Edition, EditionState


def count_by_state(session: Session) -> dict[EditionState, int]:
    """Count the editions in every state."""
    asked = select(Edition.state, func.count()).group_by(col(Edition.state))
    found = dict(session.exec(asked).all())
    return {state: found.get(state, 0) for state in EditionState}
