"""Looking once more, before people are told, whether two may be brought together.

People may have changed since a pair was drafted: every rule is looked at again before
somebody is asked. Once both agreed, knowing where and when the other is free, only the
rules count that nobody may set aside.
"""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from welcome.buddies import policies
from welcome.buddies.errors import NotPossible
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import (
    Area,
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
)
from welcome.buddies.models.requests import Block, BuddyRequest
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, Place, VolunteerProfile
from welcome.buddies.rules.vetoes import VetoCode, list_vetoes
from welcome.buddies.rules.vocabulary import BuddyRole, Level
from welcome.partners.agreements import list_shared

# Nobody may set these aside, whatever both agreed on.
FIRM = frozenset(
    {
        VetoCode.NOT_CLEARED,
        VetoCode.OTHER_ORGANISATION,
        VetoCode.NOT_ADULT,
        VetoCode.GENDER_WISH,
        VetoCode.BLOCKED,
    }
)


def list_against(
    session: Session,
    pairing: Pairing,
    today: date,
    *,
    among: Collection[VetoCode] = frozenset(VetoCode),
) -> list[VetoCode]:
    """List the rules that forbid a pairing as things are now.

    Whether a place is free is asked where one is taken.
    """
    newcomer = _read_newcomer(session, pairing)
    volunteer = _read_volunteer(session, pairing, today)
    vetoes = list_vetoes(newcomer, volunteer, _read_policy(session))
    return [code for code in vetoes if code in among]


def check(
    session: Session,
    pairing: Pairing,
    today: date,
    *,
    among: Collection[VetoCode] = frozenset(VetoCode),
) -> None:
    """Raise NotPossible where a rule forbids a pairing now."""
    against = list_against(session, pairing, today, among=among)
    if against:
        raise NotPossible(why=", ".join(against))


def _read_policy(session: Session) -> Policy:
    """Read how strict the rules are; what a score is made of matters to no veto."""
    sharing = frozenset(frozenset(pair) for pair in list_shared(session))
    newest = policies.find_newest(session, PolicyKind.SCORING)
    if newest is None:
        return Policy(sharing=sharing)
    return Policy(
        minimum=Level(newest.settings["minimum"]),
        reach_m=newest.settings["reach_m"],
        sharing=sharing,
    )


def _read_newcomer(session: Session, pairing: Pairing) -> NewcomerProfile:
    newcomer = session.get_one(Newcomer, pairing.newcomer_id)
    request = session.get_one(BuddyRequest, pairing.request_id)
    session.refresh(newcomer)
    spoken = select(NewcomerLanguage.language, NewcomerLanguage.level).where(
        NewcomerLanguage.newcomer_id == newcomer.id
    )
    blocked = select(Block.volunteer_id).where(Block.newcomer_id == newcomer.id)
    return NewcomerProfile(
        key=request.id,
        languages={language: Level(level) for language, level in session.exec(spoken)},
        organisation=newcomer.organisation_id,
        gender=newcomer.gender,
        wish=newcomer.wish,
        times=newcomer.times,
        place=_find_place(session, newcomer.area_id),
        role=request.role,
        is_adult=newcomer.is_adult,
        avoids_own_community=newcomer.avoids_own_community,
        blocked=frozenset(session.exec(blocked)),
    )


def _read_volunteer(
    session: Session, pairing: Pairing, today: date
) -> VolunteerProfile:
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    session.refresh(volunteer)
    spoken = select(VolunteerLanguage.language, VolunteerLanguage.level).where(
        VolunteerLanguage.volunteer_id == volunteer.id
    )
    cleared = select(ClearedFor.role).where(
        ClearedFor.volunteer_id == volunteer.id, col(ClearedFor.until) >= today
    )
    return VolunteerProfile(
        key=volunteer.id,
        languages={language: Level(level) for language, level in session.exec(spoken)},
        organisation=volunteer.organisation_id,
        gender=volunteer.gender,
        wish=volunteer.wish,
        times=volunteer.times,
        place=_find_place(session, volunteer.area_id),
        reach_m=volunteer.reach_m,
        cleared_for=frozenset(BuddyRole(role) for role in session.exec(cleared)),
        is_adult=volunteer.is_adult,
    )


def _find_place(session: Session, area_id: int | None) -> Place | None:
    area = session.get(Area, area_id) if area_id else None
    return (area.easting, area.northing) if area else None
