"""Writing down for somebody what they told a coordinator, who agreed, and how.

Whoever is known in one of the coordinator's own organisations is not written down
again. People of other organisations are nobody to them: one who is known there is
written down here as well, so that nobody learns where somebody takes part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import noting
from welcome.buddies.access import list_scope
from welcome.buddies.models.people import Newcomer, SpokenThrough, Volunteer
from welcome.buddies.models.requests import RequestSource
from welcome.buddies.people.applications import (
    Application,
    Asking,
    Taken,
    Told,
    refuse_unfit,
)
from welcome.buddies.people.entering import (
    code_of,
    write_newcomer,
    write_once,
    write_request,
    write_volunteer,
)
from welcome.buddies.people.errors import AgreedAhead, KnownAlready
from welcome.buddies.people.knowing import P, find_known, find_sent, take_turn
from welcome.errors import NotAllowed
from welcome.partners.models import Organisation


@dataclass(frozen=True)
class Agreed:
    """Who agreed, and when; how, and in which language, they were told what is kept."""

    by: str
    on: date
    language: str
    through: SpokenThrough
    interpreter: str = ""


@dataclass(frozen=True)
class Record:
    """Where somebody is written down, and what was agreed."""

    home: Organisation
    agreed: Agreed
    today: date


def record_newcomer(
    session: Session, asking: Asking, record: Record, *, actor: Account, now: datetime
) -> Taken:
    """Write a newcomer down who asks for a buddy, once for each form.

    Raises NotAllowed, KnownAlready, AgreedAhead, InterpreterUnnamed, and what
    `intake.ask` does of the form.
    """

    def write() -> Newcomer:
        newcomer = write_newcomer(session, asking, record.home, now)
        write_request(session, newcomer, asking, RequestSource.STAFF, now)
        noting.write(session, "newcomer.recorded", newcomer, actor=actor, now=now)
        return newcomer

    return _record(session, Newcomer, asking, record, write, actor)


def record_volunteer(
    session: Session,
    application: Application,
    record: Record,
    *,
    actor: Account,
    now: datetime,
) -> Taken:
    """Write a volunteer down who applies, once for each form; raises as for newcomers.

    Raises RefereeUnreachable and RefereeTaken too.
    """

    def write() -> Volunteer:
        volunteer = write_volunteer(session, application, record.home, now)
        noting.write(session, "volunteer.recorded", volunteer, actor=actor, now=now)
        return volunteer

    return _record(session, Volunteer, application, record, write, actor)


def _record(
    session: Session,
    kind: type[P],
    told: Told,
    record: Record,
    write: Callable[[], P],
    actor: Account,
) -> Taken:
    own = list_scope(session, actor)
    if record.home.id not in own:
        raise NotAllowed
    refuse_unfit(told)
    _refuse_unagreed(record)
    take_turn(session, record.home)
    if sent := find_sent(session, kind, told.key):
        return Taken(code_of(session, told), sent)
    if find_known(session, kind, told, own):
        raise KnownAlready

    def write_agreed() -> None:
        note_agreed(write(), record.agreed)
        session.flush()

    return write_once(session, kind, told, write_agreed)


def note_agreed(person: Newcomer | Volunteer, agreed: Agreed) -> None:
    """Keep who agreed, and how they were told, with whoever it is about."""
    person.agreed_by, person.agreed_on = agreed.by, agreed.on
    person.agreed_in, person.agreed_through = agreed.language, agreed.through
    person.agreed_interpreter = agreed.interpreter or None


def _refuse_unagreed(record: Record) -> None:
    agreed = record.agreed
    if agreed.on > record.today:
        raise AgreedAhead
    noting.refuse_unnamed(agreed.through, agreed.interpreter)
