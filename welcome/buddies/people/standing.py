"""What is set about a request where it stands: how urgent it is, when to look again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import noting
from welcome.buddies.errors import MoveRefused, NothingSaid
from welcome.buddies.lifecycle import turns
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people.requests import LIVE


@dataclass(frozen=True)
class Urgency:
    """Of which class somebody waits, 0 to 2; each class comes before the one below."""

    level: int
    reason: str = ""


def set_urgency(
    session: Session,
    request: BuddyRequest,
    urgency: Urgency,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Say how urgent a request is, and why; who waits as usual needs no reason.

    Raises NothingSaid, and MoveRefused where nobody is looked for any more.
    """
    reason = urgency.reason.strip() if urgency.level else ""
    if urgency.level and not reason:
        raise NothingSaid
    request = turns.take_request(session, request.id)
    if request.state not in LIVE:
        raise MoveRefused(state=request.state.value, wanted=request.state.value)
    request.urgency, request.urgency_reason = urgency.level, reason or None
    session.add(request)
    session.flush()
    noting.write(
        session, "request.urgency_set", request, actor=actor, now=now,
        urgency=urgency.level,
    )  # fmt: skip


def look_again(
    session: Session,
    request: BuddyRequest,
    again_on: date,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Leave a request on hold until another day; raises MoveRefused where it is not."""
    request = turns.take_request(session, request.id)
    if request.state is not RequestState.ON_HOLD:
        wanted = RequestState.ON_HOLD.value
        raise MoveRefused(state=request.state.value, wanted=wanted)
    request.look_again_on = again_on
    session.add(request)
    session.flush()
    noting.write(
        session, "request.held_on", request, actor=actor, now=now,
        again_on=again_on.isoformat(),
    )  # fmt: skip
