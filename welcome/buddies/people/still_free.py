"""Volunteers of whom nothing was heard for long are asked whether they are still free.

Who is silent twice is asked about nobody until somebody spoke with them, or they say
so themselves.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.accounts.models import Account
from welcome.buddies import links, noting
from welcome.buddies.errors import LinkOver, MoveRefused
from welcome.buddies.lifecycle import reaching
from welcome.buddies.lifecycle.reaching import Letter
from welcome.buddies.models.desk import Link, LinkPurpose, TaskKind
from welcome.buddies.models.people import PausedBy, Volunteer, VolunteerState
from welcome.buddies.noting import Heard
from welcome.buddies.people import own_steps, volunteers
from welcome.buddies.people.own_steps import OWN_PAUSES
from welcome.buddies.people.volunteers import Pause
from welcome.buddies.scheme import Days, Scheme
from welcome.buddies.tasks import raise_task

LETTER = "still_free"
# So many letters without a word.
SILENT = 2


def is_due(now: datetime, days: Days) -> sa.ColumnElement[bool]:
    """Ask for volunteers with a free place of whom nothing was heard for long."""
    heard, asked = col(Volunteer.heard_at), col(Volunteer.asked_if_free_at)
    long_ago = now - timedelta(days=days.still_free)
    was_written = sa.and_(asked > heard, col(Volunteer.times_asked_if_free) > 0)
    return sa.and_(
        col(Volunteer.state) == VolunteerState.CLEARED,
        col(Volunteer.held) < col(Volunteer.capacity),
        col(Volunteer.erased_at).is_(None),
        heard <= long_ago,
        sa.or_(
            asked.is_(None),
            # By hand they are asked as seldom as by letter.
            asked <= long_ago,
            sa.and_(was_written, asked <= now - timedelta(days=days.free_again)),
        ),
    )


def ask(
    session: Session, volunteer: Volunteer, scheme: Scheme, *, now: datetime
) -> None:
    """Ask whether somebody is still free; raises MoveRefused where that is not due.

    After the second letter in a row they are paused instead, and a task says so.
    """
    changed = session.exec(
        sa.update(Volunteer)
        .where(col(Volunteer.id) == volunteer.id, is_due(now, scheme.days))
        .values(asked_if_free_at=now)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        wanted = volunteer.state.value
        raise MoveRefused(state=volunteer.state.value, wanted=wanted)
    times = _count_letters(volunteer)
    session.refresh(volunteer)
    if times >= SILENT:
        _pause(session, volunteer, scheme, now)
        return
    lives = timedelta(days=SILENT * scheme.days.free_again)
    letter = Letter(
        LETTER, LinkPurpose.STILL_FREE, reaching.about(volunteer), lives=lives
    )
    was_written = reaching.reach(session, volunteer, letter, scheme, now=now)
    volunteer.times_asked_if_free = times + 1 if was_written else 0
    session.flush()


def get_asked(session: Session, link: Link) -> Volunteer:
    """Return the volunteer whom a link asks; raises NotFound, and LinkOver.

    Nothing changes.
    """
    volunteer = own_steps.get_linked_volunteer(session, link)
    is_paused = volunteer.state is VolunteerState.PAUSED
    may_return = is_paused and volunteer.paused_by in OWN_PAUSES
    if volunteer.state is not VolunteerState.CLEARED and not may_return:
        raise LinkOver
    return volunteer


def say_free(
    session: Session,
    link: Link,
    volunteer: Volunteer,
    scheme: Scheme,
    *,
    times: int | None = None,
    now: datetime,
) -> None:
    """Take a yes, with other times of the week where they changed; raises LinkOver.

    A pause of their own ends. Raises NotCleared where something they must hold has run
    out meanwhile.
    """
    links.use_up(session, link, now=now)
    if volunteer.state is VolunteerState.PAUSED:
        own_steps.come_back(session, volunteer, scheme, now=now)
    if times is not None:
        volunteer.times = times
    volunteer.heard_at = now
    session.flush()


def note_free(
    session: Session,
    volunteer: Volunteer,
    heard: Heard,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Write down that somebody told a coordinator they are still free.

    Raises MoveRefused where they are asked about nobody.
    """
    if volunteer.state is not VolunteerState.CLEARED:
        wanted = VolunteerState.CLEARED.value
        raise MoveRefused(state=volunteer.state.value, wanted=wanted)
    noting.write(
        session, "volunteer.still_free", volunteer, actor=actor, now=now, heard=heard
    )


def _count_letters(volunteer: Volunteer) -> int:
    """Count the letters since something was heard."""
    asked = volunteer.asked_if_free_at
    is_new = asked is None or asked <= volunteer.heard_at
    return 0 if is_new else volunteer.times_asked_if_free


def _pause(
    session: Session, volunteer: Volunteer, scheme: Scheme, now: datetime
) -> None:
    volunteer.times_asked_if_free = 0
    session.flush()
    why = Pause(PausedBy.SILENCE)
    volunteers.pause(session, volunteer, why, scheme, actor=None, now=now)
    about = reaching.about(volunteer)
    home = volunteer.organisation_id
    raise_task(session, TaskKind.SILENT_TWICE, home, about, now=now)
