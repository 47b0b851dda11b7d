"""How volunteers come in: by a one-time link, sent to the address that is known."""

from datetime import datetime, timedelta

from sqlmodel import Session

from welcome.buddies import links
from welcome.buddies.errors import BadAddress
from welcome.buddies.lifecycle import reaching
from welcome.buddies.models.desk import LinkPurpose, TaskKind
from welcome.buddies.models.people import Channel, Volunteer, VolunteerState
from welcome.buddies.people.knowing import list_volunteers, was_written
from welcome.buddies.scheme import Scheme
from welcome.buddies.tasks import raise_task
from welcome.messages import outbox
from welcome.messages.ways import Way

LETTER = "volunteer_sign_in"
LIVES = timedelta(hours=1)
BETWEEN_LETTERS = timedelta(minutes=5)


def send_link(session: Session, email: str, scheme: Scheme, *, now: datetime) -> None:
    """Send a link to each volunteer with this address; whoever asks learns nothing.

    Outside of a volunteer's hours, when it would be over once it came, or where they
    are not reached by e-mail, their coordinator is asked instead.
    """
    try:
        found = list_volunteers(session, email)
    except BadAddress:
        return
    known = [each for each in found if each.state is not VolunteerState.DECLINED]
    since = now - BETWEEN_LETTERS
    wrote = any(
        was_written(session, LETTER, each.email or "", since=since) for each in known
    )
    for each in known:
        _send_to(session, each, scheme, wrote=wrote, now=now)


def _send_to(
    session: Session,
    volunteer: Volunteer,
    scheme: Scheme,
    *,
    wrote: bool,
    now: datetime,
) -> None:
    """Send one volunteer their link, unless a letter went just now."""
    rule = reaching.rule_of(volunteer, Way.EMAIL, scheme)
    is_safe = rule.is_within(now.astimezone(scheme.zone).hour)
    about = reaching.about(volunteer)
    if volunteer.channel is not Channel.EMAIL or not volunteer.email or not is_safe:
        home = volunteer.organisation_id
        raise_task(session, TaskKind.REACH_BY_HAND, home, about, now=now)
        return
    if wrote:
        return
    made = links.make(session, LinkPurpose.SIGN_IN, about, now=now, lives=LIVES)
    outbox.write_by_rule(
        session, LETTER, rule, to=volunteer.email, tag=volunteer.tag, now=now,
        link=scheme.address(reaching.PATHS[LinkPurpose.SIGN_IN] + made.token),
    )  # fmt: skip
