"""Whether work is done: workers, the queue, letters, and the clock they go by."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, func, select

from welcome import clock
from welcome.accounts.models import JournalEntry
from welcome.cli.looking.findings import Finding, database, fine, missing
from welcome.config import Settings
from welcome.jobs import counting
from welcome.messages import outbox
from welcome.messages.models import MessageState
from welcome.packs.access import list_packs
from welcome.packs.place import zone_of
from welcome.since import machines

LONGEST_WAIT = timedelta(minutes=5)
LATELY = timedelta(days=7)
MOST_APART = timedelta(seconds=5)
START = "start one: welcome worker, or welcome serve --with-worker"


def look_at_worker(settings: Settings) -> Iterator[Finding]:
    """Ask whether any worker is alive: one was heard of, or holds a job."""
    now = clock.now()
    try:
        with database(settings) as session:
            heard = [each for each in machines.list_machines(session) if each.beat_at]
            is_held = counting.is_held(session, now)
    except SQLAlchemyError:
        # What is wrong with the database is told by itself.
        return
    alive = [each for each in heard if machines.is_heard(each, now)]
    if alive or is_held:
        hosts = ", ".join(sorted({each.host for each in alive})) or "one that is busy"
        yield fine("worker", f"workers alive: {hosts}")
    else:
        last = heard[0].beat_at if heard else None
        told = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "ever"
        yield missing("worker", f"no worker was heard of {told}", START)


def look_at_queue(settings: Settings) -> Iterator[Finding]:
    """Ask how long the oldest job waits that could run."""
    now = clock.now()
    try:
        with database(settings) as session:
            oldest = counting.find_oldest_due(session, now)
    except SQLAlchemyError:
        return
    waited = now - oldest if oldest else timedelta()
    yield Finding(
        "queue",
        waited <= LONGEST_WAIT,
        f"the oldest job that could run waits for {int(waited.total_seconds())} s"
        if oldest
        else "no job waits",
        f"{START}; more of them where they are all busy: --processes",
    )


def look_at_jobs(settings: Settings) -> Iterator[Finding]:
    """Count the jobs that were given up lately, and those that something keeps waiting."""
    try:
        with database(settings) as session:
            failed = counting.count_failed(session, clock.now() - LATELY)
            put_off = counting.count_put_off(session)
    except SQLAlchemyError:
        return
    yield Finding(
        "jobs",
        not failed and not put_off,
        f"{failed} jobs failed in {LATELY.days} days, {put_off} wait for what is down",
        "each says why: /-/keeping/jobs/",
    )


def look_at_letters(settings: Settings) -> Iterator[Finding]:
    """Count the letters that wait for a person."""
    try:
        with database(settings) as session:
            counted = outbox.count_by_state(session)
    except SQLAlchemyError:
        return
    failed, held = counted[MessageState.FAILED], counted[MessageState.HELD]
    yield Finding(
        "letters",
        not failed and not held,
        f"{failed} letters failed, {held} are held back",
        "look at them: /-/keeping/messages/, or welcome letters held",
    )


def look_at_clock(settings: Settings) -> Iterator[Finding]:
    """Compare this machine's clock with the database's, and with what it wrote last."""
    try:
        with database(settings) as session:
            apart = abs(_clock_of(session) - clock.now())
            newest = session.exec(select(func.max(JournalEntry.at))).one()
            zones = {str(zone_of(pack.place)) for pack in list_packs(session)}
    except SQLAlchemyError:
        return
    except (LookupError, OSError, ValueError) as problem:
        yield missing(
            "clock", f"no time zone data: {problem}", "apt-get install tzdata"
        )
        return
    ahead = newest - clock.now() if newest else timedelta()
    wrong = max(apart, ahead)
    named = ", ".join(sorted(zones | {settings.time_zone}))
    yield Finding(
        "clock",
        wrong <= MOST_APART,
        f"the clock is {wrong.total_seconds():.0f} s apart from the database or behind"
        " what was written last"
        if wrong > MOST_APART
        else f"the clock agrees with the database; time zones: {named}",
        "set the clock, and keep it: timedatectl set-ntp true",
    )


def _clock_of(session: Session) -> datetime:
    """Ask the database for the time; SQLite has none but this machine's."""
    if session.get_bind().dialect.name == "sqlite":
        return clock.now()
    asked: datetime = (
        session.connection().execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    )
    return asked.astimezone(UTC)
