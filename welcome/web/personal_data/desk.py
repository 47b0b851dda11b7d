"""The door to people's records, and what its pages share."""

from flask import Blueprint, Response, url_for

from welcome.accounts.permissions import Permission
from welcome.buddies.privacy import asking, record_access
from welcome.buddies.privacy.traces import Person
from welcome.phrases import codes
from welcome.web.allowed import allowed_any, current_account
from welcome.web.clearing.desk import today
from welcome.web.database import db
from welcome.web.words import word

desk = Blueprint("personal_data", __name__, url_prefix="/-/personal-data")
# Coordinators, and the safeguarding lead, who is often the second pair of eyes.
who_looks = allowed_any(Permission.COORDINATE, Permission.SAFEGUARD)


@desk.after_request
def keep_private(response: Response) -> Response:
    """Keep what is known of people out of the browser's memory."""
    response.headers["Cache-Control"] = "no-store"
    return response


@desk.app_context_processor
def waiting() -> dict[str, object]:
    """Let the board of the buddy scheme tell what is due here too."""
    return {"list_rights_due": list_rights_due, "today_here": today}


def list_rights_due() -> list[tuple[object, Person]]:
    """List what waits for an answer, with who asked, what is due first first."""
    account = current_account()
    rows = asking.list_waiting(db(), record_access.list_scope(db(), account))
    people = record_access.list_people(db(), account, rows)
    return [(each, people[each.public_id]) for each in rows if each.public_id in people]


def get(public_id: str) -> Person:
    """Return one of one's own people; raises NotFound."""
    return record_access.get_person(db(), current_account(), public_id)


def address(person: Person) -> str:
    """Give the address of somebody's page here."""
    return url_for("personal_data.show_person", public_id=person.public_id)


def say_field(name: str) -> str:
    """Name a field of a receipt, where there is a word for it."""
    key = f"field.{name}"
    return word(key) if key in codes.PHRASES else name.replace("_", " ")
