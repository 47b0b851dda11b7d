"""What forms hand over: nothing is asked for that the scheme does not need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from welcome.buddies.errors import BadHours, NoWayToReach
from welcome.buddies.models.clearing import Relation
from welcome.buddies.models.people import Channel, Newcomer, Prefers, Volunteer
from welcome.buddies.people.errors import NotAnAdult, NothingSpoken
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    Interest,
    Level,
)

HOURS = range(25)
MOST_INTERESTS = 3


class Household(StrEnum):
    """Who would meet a buddy."""

    ALONE = "alone"
    COUPLE = "couple"
    FAMILY = "family"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What newcomers and volunteers say of themselves alike.

    `key` is the form's own: whatever it is sent for happens once. Hours are those of a
    day in the place's zone, `times` and `wish` the masks of `times` and `vocabulary`.
    """

    key: str
    name: str
    tag: str
    channel: Channel
    languages: Mapping[str, Level]
    is_adult: bool
    notice_version: int
    email: str = ""
    phone: str = ""
    shares_phone: bool = False
    prefers: Prefers = Prefers.READ
    safe_from: int = 0
    safe_until: int = 24
    safe_note: str = ""
    gender: Gender | None = None
    wish: int = ANY_GENDER
    times: int = 0
    area_id: int | None = None
    interests: tuple[Interest, ...] = ()
    about: str = ""

    def kept(self) -> dict[str, Any]:
        """Give what is kept under the same name."""
        return {
            "name": self.name,
            "tag": self.tag,
            "channel": self.channel,
            "shares_phone": self.shares_phone,
            "prefers": self.prefers,
            "safe_from": self.safe_from,
            "safe_until": self.safe_until,
            "safe_note": self.safe_note or None,
            "gender": self.gender,
            "wish": self.wish,
            "times": self.times,
            "area_id": self.area_id,
            "interests": [each.value for each in self.interests],
            "about": self.about or None,
            "is_adult": self.is_adult,
            "notice_version": self.notice_version,
        }


@dataclass(frozen=True, kw_only=True)
class NamedReferee:
    """Somebody a volunteer names."""

    name: str
    relation: Relation
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Application(Told):
    """What somebody says who would like to be a buddy."""

    offers: tuple[BuddyRole, ...] = (BuddyRole.ADULT,)
    capacity: int = 1
    reach_m: int | None = None
    referees: tuple[NamedReferee, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asking(Told):
    """What a newcomer says who would like a buddy, or a partner for them."""

    household: Household = Household.ALONE
    buddies: int = 1
    avoids_own_community: bool = False
    never_told: str = ""
    interpreter: str = ""


def wanted_by(household: Household, buddies: int) -> tuple[BuddyRole, int, int]:
    """Give the role that a household needs, its adults, and how many buddies it has."""
    if household is Household.FAMILY:
        return BuddyRole.FAMILY, 1, buddies
    return BuddyRole.ADULT, 2 if household is Household.COUPLE else 1, 1


def household_of(role: BuddyRole, adults: int) -> Household:
    """Give the household that a role and its adults were asked for."""
    if role is BuddyRole.FAMILY:
        return Household.FAMILY
    return Household.COUPLE if adults > 1 else Household.ALONE


@dataclass(frozen=True)
class Taken:
    """What is shown once a form was sent, and whom it brought in, if anybody."""

    code: str
    person: Newcomer | Volunteer | None = field(default=None, repr=False)


def refuse_unfit(told: Told) -> None:
    """Refuse what nobody could act on.

    Raises NotAnAdult, NothingSpoken, BadHours and NoWayToReach.
    """
    if not told.is_adult:
        raise NotAnAdult
    if not told.languages:
        raise NothingSpoken
    are_hours = told.safe_from in HOURS and told.safe_until in HOURS
    if not are_hours or told.safe_from >= told.safe_until:
        raise BadHours
    needs_phone = told.channel in {Channel.TEXT, Channel.CALL}
    needs_email = told.channel is Channel.EMAIL
    if (needs_phone and not told.phone) or (needs_email and not told.email):
        raise NoWayToReach
