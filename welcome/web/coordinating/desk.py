"""The coordinating desk's door, and what its pages share."""

from datetime import datetime
from itertools import groupby
from operator import itemgetter

from flask import Blueprint, request
from flask_babel import get_timezone

from welcome import clock
from welcome.buddies import access
from welcome.buddies.gathering import Moment
from welcome.buddies.people.finding import Wanted
from welcome.buddies.rules import languages
from welcome.buddies.rules.times import PartOfDay, Weekday, read_times
from welcome.errors import NotAllowed
from welcome.partners.access import list_organisations
from welcome.partners.models import Organisation
from welcome.web.allowed import current_account
from welcome.web.database import db
from welcome.web.words import interface_tag

desk = Blueprint("coordinating", __name__, url_prefix="/-/coordinating")


def moment() -> Moment:
    """Tell when this request is looked at, and the day in the place."""
    now = clock.now()
    return Moment(now, now.astimezone(get_timezone()).date())


def own() -> frozenset[int]:
    """List the organisations whose people the one who is signed in coordinates."""
    return access.list_scope(db(), current_account())


def homes() -> list[Organisation]:
    """List where one coordinates, by name; raises NotAllowed for who does so nowhere."""
    scope = own()
    found = [each for each in list_organisations(db()) if each.id in scope]
    if not found:
        raise NotAllowed
    return found


def wanted() -> Wanted:
    """Read what a list is asked for from the address."""
    page = request.args.get("page", "1")
    is_mine = request.args.get("whose") == "mine"
    return Wanted(
        words=request.args.get("words", "")[:100],
        language=request.args.get("language", "")[:60],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        coordinator_id=current_account().id if is_mine else None,
    )


@desk.context_processor
def speaking() -> dict[str, object]:
    """Let the desk's pages name languages, times and days of waiting."""
    return {
        "language_name": lambda code: languages.name_of(code, interface_tag()),
        "all_languages": lambda: languages.list_languages(interface_tag()),
        "days_since": _days_since,
        "week_of": week_of,
    }


def _days_since(at: datetime) -> int:
    return max(0, (clock.now() - at).days)


def week_of(mask: int) -> list[tuple[Weekday, list[PartOfDay]]]:
    """List the days of a usual week on which somebody is free, with the parts."""
    by_day = groupby(read_times(mask), key=itemgetter(0))
    return [(day, [part for _day, part in slots]) for day, slots in by_day]
