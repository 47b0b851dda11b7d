"""What somebody known wrote in a form again, while it waits: as their record has it.

Whom they named in it is left out, as it is of their first form.
"""

from typing import Any

from sqlmodel import Session, col, select

from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.people import Area
from welcome.buddies.people import wrote_again
from welcome.buddies.people.applications import Application, Asking, Told
from welcome.buddies.privacy.traces import Person, kind_of
from welcome.buddies.rules.times import read_times
from welcome.buddies.rules.vocabulary import ANY_GENDER, read_wish

OF_ALL = (
    "name", "email", "phone", "tag", "prefers", "channel", "safe_from", "safe_until",
    "safe_note", "shares_phone", "gender", "about",
)  # fmt: skip


def list_sent(session: Session, person: Person) -> list[dict[str, Any]]:
    """Give each form in plain values for JSON, the oldest first."""
    asked = select(Task).where(
        Task.kind == TaskKind.WROTE_AGAIN,
        Task.subject == kind_of(person),
        Task.subject_id == person.id,
        col(Task.told).is_not(None),
    )
    return [
        {"sent_at": at.isoformat()} | _say(session, told)
        for task in session.exec(asked)
        for at, told in wrote_again.read(task)
    ]


def _say(session: Session, told: Told) -> dict[str, Any]:
    said: dict[str, Any] = {}
    area = session.get(Area, told.area_id) if told.area_id else None
    some = told.wish != ANY_GENDER
    if isinstance(told, Asking):
        said = {"role": told.household.value, "buddies": told.buddies}
        said["avoids_own_community"] = told.avoids_own_community
    elif isinstance(told, Application):
        said = {"capacity": told.capacity, "reach_m": told.reach_m}
        said["offers"] = [each.value for each in told.offers]
    return {
        **{name: getattr(told, name) for name in OF_ALL},
        "languages": sorted(told.languages),
        "area": area.name if area else None,
        "wish": [each.value for each in read_wish(told.wish)] if some else None,
        "times": [
            f"{day.name.lower()} {part.name.lower()}"
            for day, part in read_times(told.times)
        ],
        "interests": [each.value for each in told.interests],
        **said,
    }
