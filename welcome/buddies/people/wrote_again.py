"""What somebody known wrote in a form again: kept with the task to ask them why."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from welcome.buddies.models.desk import Task
from welcome.buddies.people.applications import Application, Asking, Told

# Of more, the newest: whoever knows a name and an address could send any number.
MOST_KEPT = 20

Sent = tuple[datetime, Told]
# By what the task is about.
FORMS: dict[str, TypeAdapter[Any]] = {
    "newcomer": TypeAdapter(list[tuple[datetime, Asking]]),
    "volunteer": TypeAdapter(list[tuple[datetime, Application]]),
}


def keep(task: Task, told: Told, *, now: datetime) -> None:
    """Keep a form with its task; what says nothing new is kept once."""
    kept = read(task)
    if not any(replace(each, key=told.key) == told for _at, each in kept):
        kept = [*kept, (now, told)][-MOST_KEPT:]
        task.told = FORMS[task.subject].dump_json(kept).decode()


def read(task: Task) -> list[Sent]:
    """Read what was sent and when, the oldest first."""
    if not task.told:
        return []
    kept: list[Sent] = FORMS[task.subject].validate_json(task.told)
    return kept
