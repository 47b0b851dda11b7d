"""References: two people, not family, say what they know of a volunteer.

They are asked by letter and answer behind a link that is good once; or a coordinator
calls them and writes down what they say.
"""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome import locales
from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies import links, moving, tasks
from welcome.buddies.clearances import clearing, replies
from welcome.buddies.clearances.errors import RefereeUnreachable
from welcome.buddies.clearances.replies import Reply
from welcome.buddies.errors import LinkOver, MoveRefused
from welcome.buddies.links import About
from welcome.buddies.models.clearing import (
    REFEREE_MOVES,
    Referee,
    RefereeState,
)
from welcome.buddies.models.desk import Link, LinkPurpose, TaskKind
from welcome.buddies.models.people import Volunteer
from welcome.buddies.rules.requirements import ClearanceKind
from welcome.buddies.scheme import Scheme
from welcome.locales import formats
from welcome.messages import outbox
from welcome.phrases import catalogues

SUBJECT = "referee"
PATH = "/-/take-part/reference/"
# Who is asked may read the language of the place, or that of whom they know.
ENGLISH = "en"
# Somebody who does not answer is asked again so often, each time after so long.
MOST_REMINDERS = 2
REMIND_AFTER = timedelta(days=7)
# Long enough for the last reminder to be answered.
LIVES = timedelta(days=28)
_S = RefereeState


def ask(
    session: Session,
    referee: Referee,
    scheme: Scheme,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Ask by letter; raises RefereeUnreachable and MoveRefused."""
    if not referee.email:
        raise RefereeUnreachable
    volunteer = session.get_one(Volunteer, referee.volunteer_id)
    if volunteer.state in clearing.GONE:
        raise MoveRefused(state=volunteer.state.value, wanted=_S.ASKED.value)
    moving.move(session, referee, REFEREE_MOVES, _S.ASKED, now=now, asked_at=now)
    _send(session, "reference_asked", referee, scheme, now)
    _journal(session, "referee.asked", referee, actor=actor, now=now)


def list_to_remind(session: Session, now: datetime) -> list[int]:
    """List the referees (ids) who did not answer for long enough to be asked again."""
    longest = sa.or_(
        *(
            sa.and_(
                col(Referee.reminders) == sent,
                col(Referee.asked_at) <= now - REMIND_AFTER * (sent + 1),
            )
            for sent in range(MOST_REMINDERS)
        )
    )
    asked = (
        select(Referee.id)
        .join(Volunteer, col(Volunteer.id) == col(Referee.volunteer_id))
        .where(
            Referee.state == _S.ASKED,
            longest,
            col(Volunteer.state).not_in(clearing.GONE),
        )
    )
    return list(session.exec(asked.order_by(col(Referee.id))))


def remind(
    session: Session, referee: Referee, scheme: Scheme, *, now: datetime
) -> bool:
    """Ask once more if that is due; of two at once, one does."""
    session.flush()
    counted = session.exec(
        sa.update(Referee)
        .where(
            col(Referee.id) == referee.id,
            col(Referee.state) == _S.ASKED,
            col(Referee.reminders) == referee.reminders,
            col(Referee.reminders) < MOST_REMINDERS,
            col(Referee.asked_at) <= now - REMIND_AFTER * (referee.reminders + 1),
        )
        .values(reminders=Referee.reminders + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(referee)
    if counted.rowcount != 1:
        return False
    _send(session, "reference_reminder", referee, scheme, now)
    return True


def get_asked(session: Session, link: Link) -> tuple[Referee, Volunteer]:
    """Return who is asked about whom, while an answer is waited for; raises LinkOver."""
    referee = session.get(Referee, link.subject_id)
    if referee is None or referee.state is not _S.ASKED:
        raise LinkOver
    volunteer = session.get_one(Volunteer, referee.volunteer_id)
    if volunteer.state in clearing.GONE:
        raise LinkOver
    return referee, volunteer


def answer(session: Session, link: Link, reply: Reply, *, now: datetime) -> Referee:
    """Take in what a referee says, once; raises LinkOver, NothingSaid, TooLongSaid."""
    referee, volunteer = get_asked(session, link)
    packed = replies.pack(reply)
    links.use_up(session, link, now=now)
    try:
        moving.move(
            session, referee, REFEREE_MOVES, _S.ANSWERED, now=now,
            answered_at=now, answer=packed,
        )  # fmt: skip
    except MoveRefused:
        raise LinkOver from None
    links.end_all(session, _about(referee), now=now)
    kind, about = TaskKind.REFERENCE_CAME, _about(referee)
    tasks.raise_task(session, kind, volunteer.organisation_id, about, now=now)
    return referee


def write_down(
    session: Session, referee: Referee, reply: Reply, *, actor: Account, now: datetime
) -> None:
    """Write down what a referee said on the phone; raises what `answer` does."""
    packed = replies.pack(reply)
    moving.move(
        session,
        referee,
        REFEREE_MOVES,
        _S.ANSWERED,
        now=now,
        answered_at=now,
        answer=packed,
    )
    links.end_all(session, _about(referee), now=now)
    _journal(session, "referee.answer_written", referee, actor=actor, now=now)


def accept(
    session: Session, referee: Referee, *, actor: Account, today: date, now: datetime
) -> None:
    """Let a reference count, as a clearance seen today; raises MoveRefused."""
    _decide(session, referee, _S.ACCEPTED, actor, now)
    volunteer = session.get_one(Volunteer, referee.volunteer_id)
    seen = clearing.Seen(kind=ClearanceKind.REFERENCE, seen_on=today)
    clearing.record_clearance(
        session, volunteer, seen, actor=actor, today=today, now=now
    )
    _journal(session, "referee.accepted", referee, actor=actor, now=now)


def refuse(
    session: Session, referee: Referee, *, actor: Account, now: datetime
) -> None:
    """Let a reference not count; raises MoveRefused."""
    _decide(session, referee, _S.REFUSED, actor, now)
    _journal(session, "referee.refused", referee, actor=actor, now=now)


def _decide(
    session: Session,
    referee: Referee,
    state: RefereeState,
    actor: Account,
    now: datetime,
) -> None:
    moving.move(
        session,
        referee,
        REFEREE_MOVES,
        state,
        now=now,
        decided_at=now,
        decided_by_id=actor.id,
    )
    kind, about = TaskKind.REFERENCE_CAME, _about(referee)
    tasks.finish(session, kind, about, actor=actor, now=now)


def _send(
    session: Session, letter: str, referee: Referee, scheme: Scheme, now: datetime
) -> None:
    """Write a letter with a link of its own; those sent before go on."""
    made = links.make(
        session, LinkPurpose.REFERENCE, _about(referee), now=now, lives=LIVES
    )
    volunteer = session.get_one(Volunteer, referee.volunteer_id)
    words: dict[str, object] = {
        "name": referee.name,
        "volunteer": volunteer.name,
        "place": scheme.place_name,
        "link": scheme.address(PATH + made.token),
    }
    until = scheme.today(now + LIVES)
    message = outbox.write(
        session, letter, to=referee.email or "", tag=ENGLISH, now=now,
        date=formats.format_date(locales.get(ENGLISH), until), **words,
    )  # fmt: skip
    theirs = locales.get(catalogues.nearest(volunteer.tag))
    date = formats.format_date(theirs, until)
    outbox.write_below(session, message, theirs.tag, date=date, **words)


def _about(referee: Referee) -> About:
    return About(SUBJECT, referee.id)


def _journal(
    session: Session,
    act: str,
    referee: Referee,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    journal.write(
        session, act, "volunteer", referee.volunteer_id, actor=actor, now=now,
        referee=referee.id,
    )  # fmt: skip
