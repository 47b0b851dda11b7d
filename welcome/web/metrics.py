"""Figures as Prometheus reads them: how much there is of what, never about whom.

Written by hand: a dozen figures need no library, and the library's way of counting in
several processes needs a setting before the program starts.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from welcome import clock
from welcome.config import Settings
from welcome.database import Sessions, reading
from welcome.editions import counting as editions
from welcome.jobs import counting as jobs
from welcome.messages import outbox
from welcome.since import machines, restorations
from welcome.translation import drafting_by_machine as drafts
from welcome.web.counters import Counters

TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = Mapping[str, str]


@dataclass
class Figure:
    """One figure, with a value for each set of labels."""

    name: str
    about: str
    kind: str = "gauge"
    values: list[tuple[Labels, float]] = field(default_factory=list)

    def add(self, value: float, **labels: str) -> "Figure":
        """Add a value."""
        self.values.append((labels, value))
        return self

    def lines(self) -> Iterator[str]:
        """Write it."""
        yield f"# HELP {self.name} {self.about}"
        yield f"# TYPE {self.name} {self.kind}"
        for labels, value in self.values:
            said = ",".join(f'{key}="{_escape(text)}"' for key, text in labels.items())
            yield (
                f"{self.name}{{{said}}} {value:.17g}"
                if said
                else (f"{self.name} {value:.17g}")
            )


def text(settings: Settings, sessions: Sessions, counted: Counters) -> str:
    """Write all figures; without a database those that need none."""
    figures = [*_of_requests(counted), _of_disk(settings)]
    up = Figure("welcome_database_up", "Whether the database answers.")
    try:
        with reading(), sessions() as session:
            figures += _of_database(session, clock.now())
        up.add(1)
    except SQLAlchemyError:
        up.add(0)
    lines = [line for figure in [up, *figures] for line in figure.lines()]
    return "\n".join(lines) + "\n"


def _of_requests(counted: Counters) -> Iterable[Figure]:
    number = Figure(
        "welcome_http_requests_total",
        "Requests answered since each process began.",
        "counter",
    )
    seconds = Figure(
        "welcome_http_request_seconds_total",
        "Seconds until the answers began, since each process began.",
        "counter",
    )
    for process, counts in counted.by_process().items():
        for (method, endpoint, status), (count, spent) in sorted(counts.items()):
            labels = {"method": method, "endpoint": endpoint, "status": status}
            number.add(count, process=process, **labels)
            seconds.add(spent, process=process, **labels)
    return number, seconds


def _of_disk(settings: Settings) -> Figure:
    figure = Figure("welcome_disk_free_bytes", "Room left where the data lie.")
    if settings.instance.exists():
        figure.add(shutil.disk_usage(settings.instance).free)
    return figure


def _of_database(session: Session, now: datetime) -> list[Figure]:
    by_kind = Figure("welcome_jobs", "Jobs by kind and state.")
    for (kind, state), count in jobs.count_by_kind(session).items():
        by_kind.add(count, kind=kind, state=state.value)
    oldest = jobs.find_oldest_due(session, now)
    letters = Figure("welcome_messages", "Letters by state.")
    for message_state, count in outbox.count_by_state(session).items():
        letters.add(count, state=message_state.value)
    published = Figure("welcome_editions", "Editions by state.")
    for edition_state, count in editions.count_by_state(session).items():
        published.add(count, state=edition_state.value)
    beats = Figure(
        "welcome_worker_beat_timestamp_seconds", "When each machine's worker was alive."
    )
    for machine in machines.list_machines(session):
        if machine.beat_at:
            beats.add(machine.beat_at.timestamp(), machine=machine.name[:8])
    pending = restorations.find_pending(session) is not None
    return [
        by_kind,
        Figure("welcome_jobs_oldest_due_seconds", "Age of the oldest job due.").add(
            max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
        ),
        letters,
        published,
        Figure("welcome_machine_drafts", "Drafts by machine that are kept.").add(
            drafts.count_drafts(session)
        ),
        beats,
        Figure("welcome_restore_pending", "Whether a restore waits to be done.").add(
            pending
        ),
    ]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
