"""Correcting what is kept of somebody: who they are, what they speak, wish and offer.

Pairings that were agreed on go on; the next ones are found by what is right now. Where a
rule that nobody may set aside forbids one by now, coordinators look at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import noting, tasks
from welcome.buddies.clearances import clearing
from welcome.buddies.errors import PairHeld, PersonErased
from welcome.buddies.gathering import Moment
from welcome.buddies.lifecycle import exits, possible, seats, turns
from welcome.buddies.links import About
from welcome.buddies.models.desk import TaskKind
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import Newcomer, Prefers, Volunteer
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people.applications import Household, wanted_by
from welcome.buddies.people.entering import NEWCOMER
from welcome.buddies.people.errors import NothingSpoken, SeatsFilled
from welcome.buddies.people.speaking import (
    set_newcomer_languages,
    set_volunteer_languages,
)
from welcome.buddies.rules.vocabulary import BuddyRole, Gender, Interest, Level
from welcome.buddies.scheme import Scheme


@dataclass(frozen=True, kw_only=True)
class Right:
    """What is right about newcomers and volunteers alike; `wish` is a mask."""

    name: str
    tag: str
    prefers: Prefers
    languages: Mapping[str, Level]
    gender: Gender | None
    wish: int
    interests: tuple[Interest, ...]
    about: str


@dataclass(frozen=True, kw_only=True)
class NewcomerRight(Right):
    """What is right about a newcomer, and about what they ask for."""

    avoids_own_community: bool
    never_told: str
    interpreter: str
    household: Household
    buddies: int


@dataclass(frozen=True, kw_only=True)
class VolunteerRight(Right):
    """What is right about a volunteer; no reach is the scheme's usual one."""

    offers: tuple[BuddyRole, ...]
    reach_m: int | None


def correct_newcomer(
    session: Session,
    request: BuddyRequest,
    right: NewcomerRight,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Correct what is kept of a newcomer and their request.

    Where they want fewer buddies, what was not agreed on is taken back, and so is what a
    rule forbids now that nobody may set aside. Raises PersonErased, NothingSpoken,
    SeatsFilled and PairHeld.
    """
    turns.take_newcomer(session, request.newcomer_id)
    request = turns.take_request(session, request.id)
    newcomer = session.get_one(Newcomer, request.newcomer_id)
    session.refresh(newcomer)
    names_anew = right.never_told and right.never_told != newcomer.never_told
    _correct(newcomer, right)
    newcomer.avoids_own_community = right.avoids_own_community
    newcomer.never_told = right.never_told or None
    newcomer.interpreter = right.interpreter or None
    session.add(newcomer)
    set_newcomer_languages(session, newcomer, right.languages)
    if names_anew:
        about, kind = About(NEWCOMER, newcomer.id), TaskKind.NAME_TO_KEEP_AWAY
        tasks.raise_task(session, kind, newcomer.organisation_id, about, now=now)
    request.role, request.adults, buddies = wanted_by(right.household, right.buddies)
    session.flush()
    if buddies != request.buddies:
        _set_seats(session, request, buddies, scheme, now)
    _look_again(session, request, scheme, now)
    noting.write(session, "newcomer.corrected", newcomer, actor=actor, now=now)


def correct_volunteer(
    session: Session,
    volunteer: Volunteer,
    right: VolunteerRight,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Correct what is kept of a volunteer.

    Where they offer other roles, what they are cleared for is worked out anew. Raises
    PersonErased and NothingSpoken.
    """
    turns.take_volunteer(session, volunteer.id)
    session.refresh(volunteer)
    _correct(volunteer, right)
    offered = set(volunteer.offers)
    volunteer.offers = [each.value for each in right.offers]
    volunteer.reach_m = right.reach_m
    session.add(volunteer)
    set_volunteer_languages(session, volunteer, right.languages)
    if offered != set(right.offers):
        clearing.settle(session, volunteer, today=scheme.today(now), now=now)
    noting.write(session, "volunteer.corrected", volunteer, actor=actor, now=now)


def _correct(person: Newcomer | Volunteer, right: Right) -> None:
    if person.erased_at is not None:
        raise PersonErased
    if not right.languages:
        raise NothingSpoken
    person.name, person.tag, person.prefers = right.name, right.tag, right.prefers
    person.gender, person.wish = right.gender, right.wish
    person.interests = [each.value for each in right.interests]
    person.about = right.about or None


def _set_seats(
    session: Session,
    request: BuddyRequest,
    buddies: int,
    scheme: Scheme,
    now: datetime,
) -> None:
    """Let a newcomer wait for more buddies or fewer; whoever calls holds the request."""
    live = turns.list_live_for(session, request.id)
    if buddies < sum(map(seats.is_filled_by, live)):
        raise SeatsFilled
    unsure = [each for each in live if not seats.is_filled_by(each)]
    if buddies < request.buddies and turns.is_any_held(unsure):
        raise PairHeld
    for each in unsure if buddies < request.buddies else []:
        exits.withdraw(session, each, scheme, actor=None, now=now)
    request.buddies = buddies
    session.flush()
    if request.state is RequestState.OPEN:
        seats.fill(session, request, now=now)
    elif seats.count_filled(session, request) < buddies:
        seats.empty(session, request, wants_another=True, now=now)


def _look_again(
    session: Session, request: BuddyRequest, scheme: Scheme, now: datetime
) -> None:
    """Take back what is forbidden and not agreed on; have the rest looked at."""
    moment = Moment(now, scheme.today(now))
    for each in turns.list_live_for(session, request.id):
        against = possible.list_against(session, each, moment, among=possible.FIRM)
        goes_on = seats.is_filled_by(each) or each.state is PairingState.HELD
        kind, about = TaskKind.NO_LONGER_FITS, About("pairing", each.id)
        if against and not goes_on:
            exits.withdraw(session, each, scheme, actor=None, now=now)
        elif against:
            tasks.raise_task(session, kind, each.lead_id, about, now=now)
        else:
            tasks.finish(session, kind, about, actor=None, now=now)
