"""What one side of a pairing may see of the other, and when.

Until both agreed it is a glimpse, without a name; afterwards the name and the one way
in which the other may be reached, and nothing else.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.models.pairings import Pairing, Side
from welcome.buddies.models.people import (
    Area,
    AreaKind,
    Channel,
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
)
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.rules.times import Slot, read_times
from welcome.buddies.rules.vocabulary import ANY_GENDER, BuddyRole, Gender


@dataclass(frozen=True)
class Glimpse:
    """What somebody who is asked may see: nothing that tells who the other is.

    `gender` is there only for whoever wished for some, and never of a couple.
    """

    languages: tuple[str, ...]
    area: str
    times: tuple[Slot, ...]
    role: BuddyRole
    gender: Gender | None = None
    is_couple: bool = False


@dataclass(frozen=True)
class Contact:
    """A name, and the one way to reach them; none is through a coordinator.

    The hours are those of the day in the place's zone between which that is safe.
    """

    name: str
    reached: str | None
    safe_from: int
    safe_until: int

    @property
    def is_always(self) -> bool:
        """Say whether every hour is safe."""
        return self.safe_from == 0 and self.safe_until == 24


def glimpse_for_volunteer(session: Session, pairing: Pairing) -> Glimpse:
    """Say what the volunteer may see of the newcomer, until both agreed."""
    newcomer = session.get_one(Newcomer, pairing.newcomer_id)
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    return _glimpse(session, pairing, of=newcomer, seen_by=volunteer)


def glimpse_for_newcomer(session: Session, pairing: Pairing) -> Glimpse:
    """Say what the newcomer may see of the volunteer, until both agreed."""
    newcomer = session.get_one(Newcomer, pairing.newcomer_id)
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    return _glimpse(session, pairing, of=volunteer, seen_by=newcomer)


def contact_of(person: Newcomer | Volunteer) -> Contact:
    """Say how somebody may be reached by their buddy, as they agreed.

    A phone that others answer too is told to nobody: a coordinator helps instead.
    """
    phone = None if person.shares_phone else person.phone
    reached = {
        Channel.EMAIL: person.email,
        Channel.TEXT: phone,
        Channel.CALL: phone,
    }.get(person.channel)
    return Contact(person.name or "", reached, person.safe_from, person.safe_until)


def tell_each(session: Session, pairing: Pairing) -> dict[Side, Contact]:
    """Say whom each side meets, and how to reach them.

    Nothing before both agreed, once it is over, and while the safeguarding lead holds it.
    """
    if pairing.state not in FILLS:
        return {}
    return {
        Side.NEWCOMER: contact_of(session.get_one(Volunteer, pairing.volunteer_id)),
        Side.VOLUNTEER: contact_of(session.get_one(Newcomer, pairing.newcomer_id)),
    }


def wide_area(area: Area) -> str:
    """Name an area widely: the outward part of a postcode, or a neighbourhood."""
    return area.code.split()[0] if area.kind is AreaKind.SECTOR else area.name


def _glimpse(
    session: Session,
    pairing: Pairing,
    *,
    of: Newcomer | Volunteer,
    seen_by: Newcomer | Volunteer,
) -> Glimpse:
    request = session.get_one(BuddyRequest, pairing.request_id)
    area = session.get(Area, of.area_id) if of.area_id else None
    is_couple = isinstance(of, Newcomer) and request.adults > 1
    return Glimpse(
        languages=_list_shared(session, pairing),
        area=wide_area(area) if area else "",
        times=tuple(read_times(of.times & seen_by.times)),
        role=request.role,
        gender=None if is_couple or seen_by.wish == ANY_GENDER else of.gender,
        is_couple=is_couple,
    )


def _list_shared(session: Session, pairing: Pairing) -> tuple[str, ...]:
    """List the languages that both speak."""
    asked = (
        select(NewcomerLanguage.language)
        .where(
            NewcomerLanguage.newcomer_id == pairing.newcomer_id,
            VolunteerLanguage.volunteer_id == pairing.volunteer_id,
            NewcomerLanguage.language == VolunteerLanguage.language,
        )
        .order_by(col(NewcomerLanguage.language))
    )
    return tuple(session.exec(asked))
