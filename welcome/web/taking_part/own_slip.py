"""The code of whoever was written down for them: kept for one page, shown there once."""

from flask import current_app, render_template, session

from welcome import clock
from welcome.buddies import links
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.applications import Taken, Told
from welcome.database import keyring_of
from welcome.locales.formats import format_date
from welcome.sealing import SealBroken
from welcome.web.database import db
from welcome.web.installed import scheme, settings
from welcome.web.words import interface_locale, interface_tag, speak

# Where the code waits, sealed, for the one page that shows it.
SLIP, REFERRED = "slip", "referred"


def keep(taken: Taken) -> None:
    """Keep the code of somebody for the next page."""
    if taken.person is not None:
        sealed = keyring_of(db()).seal(f"{taken.person.public_id} {taken.code}")
        session[SLIP] = sealed.decode()


def show(person: Newcomer | Volunteer) -> str:
    """Give the slip that waits for somebody, which is then gone; nothing for others."""
    kept = session.pop(SLIP, "")
    try:
        whose, code = keyring_of(db()).open(kept.encode()).split(" ")
    except (SealBroken, ValueError):
        return ""
    until = last_day() if isinstance(person, Volunteer) else ""
    return _write(person.tag, code, until) if whose == person.public_id else ""


def keep_referred(told: Told, taken: Taken) -> None:
    """Keep the code of somebody who was referred, whatever came of the form."""
    sealed = keyring_of(db()).seal(f"{told.tag} {taken.code}")
    session[REFERRED] = sealed.decode()


def show_referred() -> str:
    """Give the slip of whoever was referred last, which is then gone."""
    kept = session.pop(REFERRED, "")
    try:
        tag, code = keyring_of(db()).open(kept.encode()).split(" ")
    except (SealBroken, ValueError):
        return ""
    return _write(tag, code)


def last_day() -> str:
    """Give the last day on which a volunteer signs in by the code of their form."""
    until = scheme().today(clock.now() + links.LIVES)
    return format_date(interface_locale(), until)


def _write(tag: str, code: str, until: str = "") -> str:
    """Write a slip in the language of whoever gets it."""
    path = current_app.url_map.bind("localhost").build("taking_part.type_code")
    own = interface_tag()
    speak(tag)
    slip = render_template(
        "taking_part/_slip.html",
        code=code,
        address=settings().site_url.rstrip("/") + path,
        until=until,
    )
    speak(own)
    return slip
