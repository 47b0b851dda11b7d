"""How volunteers come in: by a one-time link, sent to the address that is known."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from welcome.buddies import links
from welcome.buddies.errors import BadAddress
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose, TaskKind
from welcome.buddies.models.people import Channel, VolunteerState
from welcome.buddies.people.entering import VOLUNTEER
from welcome.buddies.people.knowing import find_volunteer, was_written
from welcome.buddies.tasks import raise_task
from welcome.messages import outbox

LETTER = "volunteer_sign_in"
LIVES = timedelta(hours=1)
BETWEEN_LETTERS = timedelta(minutes=5)


def send_link(
    session: Session,
    email: str,
    address: Callable[[str], str],
    *,
    hour: int,
    now: datetime,
) -> None:
    """Send a link to a volunteer with this address; whoever asks learns nothing.

    `hour` is the hour of the day in the place's zone. Outside of a volunteer's hours,
    or where they are not reached by e-mail, their coordinator is asked instead.
    """
    try:
        volunteer = find_volunteer(session, email)
    except BadAddress:
        return
    if volunteer is None or volunteer.state is VolunteerState.DECLINED:
        return
    is_safe = volunteer.safe_from <= hour < volunteer.safe_until
    if volunteer.channel is not Channel.EMAIL or not volunteer.email or not is_safe:
        raise_task(
            session, TaskKind.REACH_BY_HAND, volunteer.organisation_id,
            About(VOLUNTEER, volunteer.id), now=now,
        )  # fmt: skip
        return
    if was_written(session, LETTER, volunteer.email, since=now - BETWEEN_LETTERS):
        return
    about = About(VOLUNTEER, volunteer.id)
    made = links.make(session, LinkPurpose.SIGN_IN, about, now=now, lives=LIVES)
    outbox.write(
        session, LETTER, to=volunteer.email, tag=volunteer.tag, now=now,
        link=address(made.token),
    )  # fmt: skip
