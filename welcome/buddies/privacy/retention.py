"""What was kept long enough: what would go, said first, and letting go of it.

A clock that has run out makes a record due. What the law keeps is named as due too,
and stays. People leave a receipt each; what is done twice does no more than once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.accounts.models import Account
from welcome.buddies import policies
from welcome.buddies.models.concerns import Concern
from welcome.buddies.models.desk import Link, PolicyKind, PolicyVersion, Run
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.rights import ErasedFor
from welcome.buddies.privacy import erasing, forgetting, running_out
from welcome.buddies.privacy.taking_back import take_back_all
from welcome.buddies.privacy.traces import Person, kind_of
from welcome.buddies.rules import clocks
from welcome.buddies.rules.clocks import Clock, Clocks
from welcome.messages import outbox
from welcome.since.lines import Act
from welcome.since.noting import note

# So many of a kind in one transaction.
MOST = 200
OF_PERSON = (
    *forgetting.OF_ALL, "languages typed by hand", "area more closely",
    "told_interpreter",
)  # fmt: skip
FIELDS: Mapping[Clock, tuple[str, ...]] = {
    Clock.NEWCOMER: (*OF_PERSON, *forgetting.OF_NEWCOMERS, "urgency_reason"),
    Clock.NEVER_PAIRED: (*OF_PERSON, *forgetting.OF_NEWCOMERS, "urgency_reason"),
    Clock.VOLUNTEER: (*OF_PERSON, *forgetting.OF_VOLUNTEERS, "clearance_reason"),
    Clock.APPLICANT: (*OF_PERSON, *forgetting.OF_VOLUNTEERS, "clearance_reason"),
    Clock.REFERENCE: tuple(forgetting.REFEREE),
    Clock.PAIRING: ("check_in_note", "told_interpreter", "said_no", "said_why"),
    Clock.CONCERN: ("everything",),
    Clock.RUN: ("everything",),
    Clock.LINK: ("everything",),
    Clock.MESSAGE: ("recipient",),
    Clock.EXPORT: ("content",),
}
PEOPLE: Mapping[Clock, type[Person]] = {
    Clock.NEWCOMER: Newcomer,
    Clock.NEVER_PAIRED: Newcomer,
    Clock.VOLUNTEER: Volunteer,
    Clock.APPLICANT: Volunteer,
}
WHOLE_ROWS: Mapping[Clock, type[Concern | Run | Link]] = {
    Clock.CONCERN: Concern,
    Clock.RUN: Run,
    Clock.LINK: Link,
}


@dataclass(frozen=True)
class Due:
    """What a clock has run out for: whose row, which fields, since when; or how many.

    Of concerns, runs, links and letters only the count is told.
    """

    clock: Clock
    public_id: str
    since: date
    due_on: date
    fields: tuple[str, ...]
    count: int = 1
    is_kept: bool = False


def read_clocks(session: Session) -> Clocks:
    """Read the periods that count."""
    newest = policies.find_newest(session, PolicyKind.RETENTION)
    return clocks.read(newest.settings) if newest else clocks.USUAL_CLOCKS


def set_clocks(
    session: Session,
    settings: Mapping[str, object],
    *,
    actor: Account | None,
    now: datetime,
    based_on: int | None = None,
) -> PolicyVersion:
    """Let other periods count from now on; raises BadClocks, PolicyChanged."""
    told: dict[str, Any] = clocks.read(settings).settings()
    return policies.set_policy(
        session, PolicyKind.RETENTION, told, actor=actor, now=now, based_on=based_on
    )


def count_due(session: Session, today: date, counted: Clocks) -> dict[Clock, int]:
    """Count what would go today if some periods counted; nothing is changed.

    What the law keeps is not among it.
    """
    due = {}
    for clock in running_out.ASKED:
        rows = running_out.ask(clock, _cutoff(clock, today, counted)).subquery()
        asked = sa.select(sa.func.count()).select_from(rows).where(~rows.c.is_kept)
        due[clock] = session.connection().execute(asked).scalar_one()
    before = _cutoff(Clock.MESSAGE, today, counted)
    due[Clock.MESSAGE], _oldest = outbox.count_old_recipients(session, before)
    return due


def plan(session: Session, today: date) -> list[Due]:
    """List what would go today, and what would if the law did not keep it.

    Days are those of Greenwich. Nothing is changed, nothing opened.
    """
    counted = read_clocks(session)
    found = []
    for clock in running_out.ASKED:
        asked = running_out.ask(clock, _cutoff(clock, today, counted))
        rows = session.connection().execute(asked.order_by("since", "id")).all()
        listed = [_due(clock, row, counted) for row in rows]
        found += listed if clock not in WHOLE_ROWS else _counted(listed)
    before = _cutoff(Clock.MESSAGE, today, counted)
    letters, oldest = outbox.count_old_recipients(session, before)
    if oldest is not None:
        dated = _dated(Clock.MESSAGE, oldest.date(), counted)
        found.append(replace(dated, count=letters))
    return found


def is_any_due(session: Session, today: date) -> bool:
    """Say whether anything would go today, in one question."""
    counted = read_clocks(session)
    asked = [
        running_out.ask(clock, _cutoff(clock, today, counted)).subquery()
        for clock in running_out.ASKED
    ]
    tests = [sa.exists().where(~each.c.is_kept) for each in asked]
    before = _cutoff(Clock.MESSAGE, today, counted)
    any_of = sa.or_(*tests, outbox.has_old_recipients(before))
    return bool(session.connection().execute(sa.select(any_of)).scalar())


def carry_out(
    session: Session, today: date, *, actor: Account | None, now: datetime
) -> dict[Clock, int]:
    """Let go of what is due today, at most some of a kind: again until nothing went.

    Returns how many of each kind went.
    """
    counted = read_clocks(session)
    gone = {}
    for clock in running_out.ASKED:
        rows = running_out.ask(clock, _cutoff(clock, today, counted)).subquery()
        first = sa.select(rows.c.id).where(~rows.c.is_kept).order_by(rows.c.id)
        ids = session.connection().scalars(first.limit(MOST)).all()
        gone[clock] = _let_go(session, clock, list(ids), actor, now) if ids else 0
    before = _cutoff(Clock.MESSAGE, today, counted)
    gone[Clock.MESSAGE] = outbox.forget_old_recipients(session, before)
    session.flush()
    return gone


def letters_before(session: Session, today: date) -> datetime:
    """Give the moment before which letters are too old today to be kept anywhere."""
    return _cutoff(Clock.MESSAGE, today, read_clocks(session))


def _let_go(
    session: Session, clock: Clock, ids: list[int], actor: Account | None, now: datetime
) -> int:
    if clock in PEOPLE:
        return sum(
            _let_go_of_person(session, PEOPLE[clock], each, actor, now) for each in ids
        )
    if clock in WHOLE_ROWS:
        table = WHOLE_ROWS[clock]
        gone = sa.delete(table).where(col(table.id).in_(ids))
        return session.connection().execute(gone).rowcount
    if clock is Clock.REFERENCE:
        return forgetting.forget_referees(session, ids)
    if clock is Clock.PAIRING:
        return forgetting.forget_pairings(session, ids)
    return forgetting.remove_exports(session, ids, now=now)


def _let_go_of_person(
    session: Session,
    table: type[Person],
    number: int,
    actor: Account | None,
    now: datetime,
) -> int:
    """Erase somebody whose time is over: in no pairing, so nobody need be told."""
    person = _get(session, table, number)
    if person is None or person.erased_at is not None or person.is_kept_for_law:
        return 0
    take_back_all(session, person, (), now=now)
    erasing.let_go(session, person, ErasedFor.RETENTION, actor=actor, now=now)
    note(session, Act.LET_GO, kind_of(person), person.public_id, now)
    return 1


def _get(session: Session, table: type[Person], number: int) -> Person | None:
    """Read somebody as they are now."""
    if table is Newcomer:
        return session.get(Newcomer, number, populate_existing=True)
    return session.get(Volunteer, number, populate_existing=True)


def _cutoff(clock: Clock, today: date, counted: Clocks) -> datetime:
    """Give the moment before which a clock began that has run out today."""
    last = clocks.last_day_due(clock, today, counted)
    return datetime.combine(last + timedelta(days=1), time(), UTC)


def _due(clock: Clock, row: sa.Row[Any], counted: Clocks) -> Due:
    dated = _dated(clock, row.since.date(), counted)
    return replace(dated, public_id=row.public_id, is_kept=bool(row.is_kept))


def _dated(clock: Clock, since: date, counted: Clocks) -> Due:
    return Due(clock, "", since, clocks.due_on(clock, since, counted), FIELDS[clock])


def _counted(listed: list[Due]) -> list[Due]:
    """Tell of rows that have no name of their own only how many there are."""
    found = []
    for is_kept in (False, True):
        same = [each for each in listed if each.is_kept is is_kept]
        if same:
            found.append(replace(same[0], count=len(same)))
    return found
