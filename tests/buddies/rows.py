"""A made-up town in the database, from profiles or by hand."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from tests.buddies import profiles
from tests.partners.shared import share
from welcome.buddies.gathering import Moment
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.people import (
    Area,
    AreaKind,
    Newcomer,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import (
    Block,
    BlockReason,
    BuddyRequest,
    RequestSource,
)
from welcome.buddies.people.speaking import (
    set_newcomer_languages,
    set_volunteer_languages,
)
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.vocabulary import read_interests
from welcome.buddies.scheme import Scheme
from welcome.partners import agreements
from welcome.partners.models import Organisation, OrganisationKind

SCHEME = Scheme(
    site_url="https://welcome.example.org",
    place_name="Town",
    zone=ZoneInfo("Europe/London"),
)


@dataclass
class Town:
    """Writes people into the database and remembers whose rows they are."""

    session: Session
    now: datetime
    organisations: list[Organisation] = field(default_factory=list)
    volunteers: dict[int, Volunteer] = field(default_factory=dict)
    requests: dict[int, BuddyRequest] = field(default_factory=dict)

    @property
    def moment(self) -> Moment:
        return Moment(self.now, self.now.date())

    @property
    def everywhere(self) -> frozenset[int]:
        return frozenset(each.id for each in self.organisations)

    def organise(self, count: int) -> None:
        for _each in range(count):
            name = f"Organisation {len(self.organisations) + 1}"
            self.organisations.append(
                agreements.add_organisation(
                    self.session,
                    name,
                    OrganisationKind.CHARITY,
                    actor=None,
                    now=self.now,
                )
            )

    def settle(self, place: tuple[int, int] | None) -> int | None:
        if place is None:
            return None
        east, north = place
        code = f"{east}-{north}"
        asked = select(Area).where(Area.code == code)
        area = self.session.exec(asked).first()
        if area is None:
            area = Area(
                code=code, name=code, kind=AreaKind.SECTOR, easting=east, northing=north
            )
            self.session.add(area)
            self.session.flush()
        return area.id

    def add_volunteer(self, profile: VolunteerProfile) -> Volunteer:
        made = Volunteer(
            **self._person(profile),
            state=VolunteerState.CLEARED if profile.cleared_for else "clearing",
            moved_at=self.now,
            capacity=profile.capacity,
            held=profile.held,
            reach_m=profile.reach_m,
        )
        self.session.add(made)
        self.session.flush()
        set_volunteer_languages(self.session, made, profile.languages)
        for role in profile.cleared_for:
            until = self.now.date() + timedelta(days=3000)
            self.session.add(ClearedFor(volunteer_id=made.id, role=role, until=until))
        self.session.flush()
        self.volunteers[profile.key] = made
        return made

    def add_request(self, profile: NewcomerProfile) -> BuddyRequest:
        newcomer = Newcomer(
            **self._person(profile), avoids_own_community=profile.avoids_own_community
        )
        self.session.add(newcomer)
        self.session.flush()
        set_newcomer_languages(self.session, newcomer, profile.languages)
        made = BuddyRequest(
            newcomer_id=newcomer.id,
            moved_at=self.now,
            source=RequestSource.SELF,
            role=profile.role,
            adults=profile.adults,
            buddies=profile.buddies,
            urgency=profile.priority_class,
            waiting_since=self.now - timedelta(days=profile.waiting_days),
        )
        self.session.add(made)
        for key in profile.blocked:
            if key in self.volunteers:
                self.session.add(
                    Block(
                        newcomer_id=newcomer.id,
                        volunteer_id=self.volunteers[key].id,
                        reason=BlockReason.COORDINATOR,
                        set_at=self.now,
                    )
                )
        self.session.flush()
        self.requests[profile.key] = made
        return made

    def _person(self, profile: NewcomerProfile | VolunteerProfile) -> dict[str, object]:
        return {
            "organisation_id": self.organisations[profile.organisation - 1].id,
            "name": "A fiction",
            "gender": profile.gender,
            "wish": profile.wish,
            "times": profile.times,
            "area_id": self.settle(profile.place),
            "interests": [each.value for each in read_interests(profile.interests)],
            "is_adult": profile.is_adult,
            "created_at": self.now,
            "heard_at": self.now,
        }


def crowded(session: Session, now: datetime, seed: int) -> Town:
    """A town of some dozens, by the seed; the first two organisations share."""
    rolled = random.Random(seed)
    town = Town(session, now)
    town.organise(3)
    one, other = town.organisations[:2]
    share(session, one, other, actor=None, now=now)
    for each in profiles.volunteers(rolled, 90):
        town.add_volunteer(each)
    for each in profiles.newcomers(rolled, 50, 90):
        town.add_request(each)
    session.commit()
    return town
