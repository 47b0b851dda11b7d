"""Sheets on which one side of a pair says how it goes, by ticks: one strip a date.

They can be filled in without reading, name nobody, and are handed to the coordinator.
"""

from datetime import date, datetime
from itertools import islice, takewhile

from sqlmodel import Session

from welcome import locales
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import letters, schedule
from welcome.buddies.lifecycle.checkins import GOES_ON
from welcome.buddies.models.pairings import Face, Pairing, PairingState, Side
from welcome.buddies.printed.slips import phone_of
from welcome.buddies.scheme import Scheme
from welcome.locales.formats import format_date
from welcome.locales.typography import css
from welcome.phrases import catalogues
from welcome.phrases.templates import environment

# Two pages of three strips, as far as somebody plans ahead.
STRIPS = 6
# So many signs of a pairing's public id find it.
REFERENCE = 8


def list_dates(pairing: Pairing, scheme: Scheme, *, now: datetime) -> list[date]:
    """List the next days on which a pair is asked how it goes, if any are."""
    if pairing.state not in GOES_ON or pairing.introduced_at is None:
        return []
    start, today = scheme.today(pairing.introduced_at), scheme.today(now)
    has_met = pairing.first_met_at is not None
    due = schedule.due_dates(start, scheme.days, has_met=has_met)
    coming = (day for day, _kind in due if day >= today)
    last = pairing.ends_on or date.max
    return list(islice(takewhile(lambda day: day <= last, coming), STRIPS))


def render(
    session: Session, pairing: Pairing, side: Side, scheme: Scheme, *, now: datetime
) -> tuple[str, str]:
    """Set the sheet of one side for paper: the locale, and the page in it.

    Raises MoveRefused where nobody is asked how it goes.
    """
    dates = list_dates(pairing, scheme, now=now)
    if not dates:
        wanted = PairingState.MEETING.value
        raise MoveRefused(state=pairing.state.value, wanted=wanted)
    person = letters.get_person(session, pairing, side)
    locale = locales.get(catalogues.nearest(person.tag))
    page = (
        environment(locale.tag)
        .get_template("print/check_in_sheet.html")
        .render(
            faces=css({locale}, "print"),
            place=scheme.place_name,
            dates=[format_date(locale, each, "full") for each in dates],
            reference=reference_of(pairing, side),
            phone=phone_of(session, person),
            moods=list(Face),
        )
    )
    return locale.tag, page


def reference_of(pairing: Pairing, side: Side) -> str:
    """Give what tells a coordinator, and nobody else, whose strip it is."""
    return f"{pairing.public_id[:REFERENCE]}-{side.value[0]}".upper()
