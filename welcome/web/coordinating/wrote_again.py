"""What somebody known wrote in a form again, beside what is kept of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _
from sqlmodel import col, select

from welcome import locales
from welcome.buddies.clearances import referees
from welcome.buddies.contacts import normal_phone, shown_phone
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.desk import Task
from welcome.buddies.models.people import Area, Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.people import speaking, wrote_again
from welcome.buddies.people.applications import (
    Application,
    Asking,
    NamedReferee,
    Told,
    household_of,
    wanted_by,
)
from welcome.buddies.rules.languages import name_of
from welcome.buddies.rules.vocabulary import BuddyRole, Interest, Level
from welcome.web.coordinating.desk import own, week_of
from welcome.web.coordinating.told import say_wish
from welcome.web.database import db
from welcome.web.taking_part.volunteer_form import METRES_IN_KM
from welcome.web.words import interface_tag, word

BETWEEN = " · "
NOTHING = "–"


@dataclass(frozen=True)
class Fact:
    """One thing that was told otherwise than it is kept."""

    name: str
    kept: str
    wrote: str


@dataclass(frozen=True)
class Sent:
    """A form that was sent again, and what it says that is not kept."""

    at: datetime
    facts: list[Fact]


def list_sent(task: Task) -> list[Sent]:
    """Compare the forms of a task with what is kept; of others nothing is told."""
    person = _find_person(task) if task.told else None
    if person is None or person.organisation_id not in own():
        return []
    kept = _say_kept(person)
    return [
        Sent(
            at,
            [
                Fact(name, kept[name] or NOTHING, wrote or NOTHING)
                for name, wrote in _say_sent(told).items()
                if wrote != kept[name]
            ],
        )
        for at, told in wrote_again.read(task)
    ]


def _find_person(task: Task) -> Newcomer | Volunteer | None:
    if task.subject == "newcomer":
        return db().get(Newcomer, task.subject_id)
    return db().get(Volunteer, task.subject_id)


def _say_sent(told: Told) -> dict[str, str]:
    said: dict[str, str] = {}
    if isinstance(told, Asking):
        _role, _adults, buddies = wanted_by(told.household, told.buddies)
        said = _say_newcomer(told, word(told.household), buddies)
    elif isinstance(told, Application):
        said = _say_volunteer(told, told.referees)
    return _say_both(told, told.languages) | said


def _say_kept(person: Newcomer | Volunteer) -> dict[str, str]:
    if isinstance(person, Newcomer):
        asked = select(BuddyRequest).where(BuddyRequest.newcomer_id == person.id)
        last = db().exec(asked.order_by(col(BuddyRequest.id).desc())).first()
        who = word(household_of(last.role, last.adults)) if last else ""
        said = _say_newcomer(person, who, last.buddies if last else 0)
        return _say_both(person, speaking.list_newcomer(db(), person)) | said
    named = referees.list_referees(db(), person)
    spoken = speaking.list_volunteer(db(), person)
    return _say_both(person, spoken) | _say_volunteer(person, named)


def _say_both(
    who: Told | Newcomer | Volunteer, spoken: Mapping[str, Level]
) -> dict[str, str]:
    """Say what newcomers and volunteers tell alike, by the name it has on the desk."""
    area = db().get(Area, who.area_id) if who.area_id else None
    hours = _(
        "from %(first)s to %(last)s o’clock", first=who.safe_from, last=who.safe_until
    )
    return {
        _("Name"): who.name or "",
        _("Speaks"): _join(
            f"{name_of(code, interface_tag())} ({word(level)})"
            for code, level in sorted(spoken.items())
        ),
        _("Reached by"): word(who.channel),
        _("E-mail"): who.email or "",
        _("Phone"): shown_phone(normal_phone(who.phone)) if who.phone else "",
        _("Other people see what arrives"): _("Yes") if who.shares_phone else _("No"),
        _("At what hours"): str(hours),
        _("What they said about it"): who.safe_note or "",
        _("Reads, listens or is called"): word(who.prefers),
        _("Written to in"): locales.get(who.tag).autonym,
        _("Free"): _join(
            f"{word(day)} ({_join(map(word, parts))})"
            for day, parts in week_of(who.times)
        ),
        _("Area"): area.name if area else "",
        _("Would like to meet"): say_wish(who.wish),
        _("Gender"): word(who.gender) if who.gender else "",
        _("Likes"): _words(Interest, who.interests),
        _("What their buddy should know"): who.about or "",
    }


def _say_newcomer(who: Asking | Newcomer, meets: str, buddies: int) -> dict[str, str]:
    return {
        _("Who meets a buddy"): meets,
        _("How many buddies"): _("Two buddies") if buddies > 1 else _("One buddy"),
        _("From outside their own community"): _("Yes")
        if who.avoids_own_community
        else _("No"),
        _("Who must never know that they take part"): who.never_told or "",
        _("Who speaks for them"): who.interpreter or "",
    }


def _say_volunteer(
    who: Application | Volunteer, named: Iterable[NamedReferee | Referee]
) -> dict[str, str]:
    km = f"{who.reach_m / METRES_IN_KM:g}" if who.reach_m else ""
    far = _("%(number)s km", number=km) if km else _("As far as is usual here")
    return {
        _("Goes as far as"): str(far),
        _("Offers to meet"): _words(BuddyRole, who.offers),
        _("Places"): str(who.capacity),
        _("Referees"): _join(map(_say_referee, named)),
    }


def _say_referee(each: NamedReferee | Referee) -> str:
    said = (each.name, f"({word(each.relation)})", each.email, each.phone)
    return " ".join(filter(None, said))


def _words(members: type[StrEnum], given: Iterable[str]) -> str:
    said = set(given)
    return _join(word(each) for each in members if each in said)


def _join(parts: Iterable[str]) -> str:
    return BETWEEN.join(parts)
