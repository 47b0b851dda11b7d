"""A made-up town for the demonstration: newcomers, volunteers, pairs on their way.

Every name is a fiction, every address receives nothing, every number is kept for
fictions. Each is brought in and led along by the same functions as real people are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies.clearances import clearing
from welcome.buddies.clearances.clearing import Seen
from welcome.buddies.lifecycle import pairings, proposals
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Area, AreaKind, Channel, Newcomer, Volunteer
from welcome.buddies.people import handing_over, intake
from welcome.buddies.people.applications import Application, Asking
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.times import PartOfDay, Slot, Weekday, make_times
from welcome.buddies.rules.vocabulary import BuddyRole, Gender, Interest, Level
from welcome.buddies.scheme import Scheme
from welcome.partners.models import Organisation

HOME = "Town Friends"
# Metres on the national grid, in no town.
AREAS = {
    "Market Quarter": (401_000, 298_000),
    "Canal Side": (402_500, 299_200),
    "Hill Top": (403_800, 296_900),
    "Old Station": (399_600, 297_400),
}
FIRST, WELL, EVERYDAY, FEW = Level.FIRST, Level.WELL, Level.EVERYDAY, Level.A_FEW_WORDS
EVENINGS: list[Slot] = [(day, PartOfDay.EVENING) for day in list(Weekday)[:5]]
MORNINGS: list[Slot] = [(day, PartOfDay.MORNING) for day in list(Weekday)[:5]]
WEEKENDS: list[Slot] = [(day, part) for day in list(Weekday)[5:] for part in PartOfDay]
ONCE = (
    *(ClearanceKind.IDENTITY, ClearanceKind.REFERENCE, ClearanceKind.REFERENCE),
    *(ClearanceKind.INTERVIEW, ClearanceKind.TRAINING, ClearanceKind.AGREEMENT),
)


@dataclass(frozen=True)
class Fiction:
    """Somebody who does not exist."""

    name: str
    languages: Mapping[str, Level]
    area: str
    slots: list[Slot]
    gender: Gender | None = None
    interests: tuple[Interest, ...] = ()
    tag: str = "en"
    # Volunteers: held clearances; newcomers: days of waiting.
    number: int = 0

    @property
    def email(self) -> str:
        """Where nobody receives anything."""
        return f"{self.name.split()[0].lower()}@example.org"


WOMAN, MAN = Gender.WOMAN, Gender.MAN
WALKING, COOKING = Interest.WALKING, Interest.COOKING
FOOTBALL, CRAFTS = Interest.FOOTBALL, Interest.CRAFTS

# The number: how much of what is asked for has been seen; all of it clears.
VOLUNTEERS = (
    Fiction(
        "Hala Fable",
        {"en": FIRST, "ar": WELL},
        "Market Quarter",
        EVENINGS + WEEKENDS,
        WOMAN,
        (COOKING, WALKING),
        number=6,
    ),
    Fiction(
        "Piotr Fable",
        {"pl": FIRST, "en": WELL},
        "Canal Side",
        WEEKENDS,
        MAN,
        (FOOTBALL,),
        number=6,
    ),
    Fiction(
        "Gwen Fable",
        {"en": FIRST, "fr": EVERYDAY},
        "Hill Top",
        MORNINGS,
        WOMAN,
        (CRAFTS, WALKING),
        number=6,
    ),
    Fiction(
        "Imran Fable",
        {"ur": FIRST, "pa": FIRST, "en": WELL},
        "Market Quarter",
        EVENINGS,
        MAN,
        (FOOTBALL, WALKING),
        number=6,
    ),
    Fiction(
        "Saba Fable",
        {"ti": FIRST, "am": WELL, "en": WELL},
        "Old Station",
        WEEKENDS,
        WOMAN,
        (COOKING,),
        number=6,
    ),
    Fiction(
        "Olena Fable",
        {"uk": FIRST, "ru": WELL, "en": EVERYDAY},
        "Canal Side",
        MORNINGS + WEEKENDS,
        WOMAN,
        (CRAFTS,),
        number=6,
    ),
    Fiction(
        "Tom Fable",
        {"en": FIRST},
        "Market Quarter",
        EVENINGS,
        MAN,
        (FOOTBALL,),
        number=3,
    ),
    Fiction(
        "Rita Fable",
        {"en": FIRST, "pt": EVERYDAY},
        "Hill Top",
        MORNINGS,
        WOMAN,
        (WALKING,),
        number=0,
    ),
)
# The number: days since they asked.
NEWCOMERS = (
    Fiction("Yusra Tale", {"ar": FIRST, "en": FEW}, "Market Quarter", EVENINGS, WOMAN, (COOKING,), "ar", 41),
    Fiction("Kamil Tale", {"pl": FIRST}, "Canal Side", WEEKENDS, MAN, (FOOTBALL,), "pl", 33),
    Fiction("Nadeem Tale", {"ur": FIRST, "en": EVERYDAY}, "Market Quarter", EVENINGS, MAN, (WALKING,), "ur", 28),
    Fiction("Selam Tale", {"ti": FIRST}, "Old Station", WEEKENDS, WOMAN, (COOKING,), "en", 24),
    Fiction("Daryna Tale", {"uk": FIRST, "en": FEW}, "Canal Side", MORNINGS, WOMAN, (CRAFTS,), "en", 19),
    Fiction("Rahel Tale", {"ti": FIRST, "am": WELL}, "Hill Top", WEEKENDS, WOMAN, (WALKING,), "en", 12),
    Fiction("Omid Tale", {"prs": FIRST}, "Market Quarter", EVENINGS, MAN, (FOOTBALL,), "en", 9),
    Fiction("Ewa Tale", {"pl": FIRST, "en": EVERYDAY}, "Hill Top", MORNINGS, WOMAN, (CRAFTS,), "pl", 6),
    Fiction("Layth Tale", {"ar": FIRST}, "Canal Side", EVENINGS, MAN, (FOOTBALL,), "ar", 3),
)  # fmt: skip


@dataclass
class Town:
    """The town as it is made, by its coordinator, at a moment."""

    session: Session
    coordinator: Account
    scheme: Scheme
    now: datetime
    home: Organisation
    areas: dict[str, Area] = field(default_factory=dict)

    def bring_in(self) -> None:
        """Bring everybody in, find the best pairs, and lead some of them along."""
        for name, (east, north) in AREAS.items():
            self.areas[name] = Area(
                code=name.casefold(), name=name, kind=AreaKind.NEIGHBOURHOOD,
                easting=east, northing=north,
            )  # fmt: skip
        self.session.add_all(self.areas.values())
        self.session.flush()
        for each in VOLUNTEERS:
            self._volunteer(each)
        for each in NEWCOMERS:
            self._newcomer(each)
        own = frozenset({self.home.id})
        then = self.now - timedelta(days=20)
        runs.run(
            self.session, Scope(own, own), self.scheme, actor=self.coordinator, now=then
        )
        self._lead_along(then)

    def _volunteer(self, each: Fiction) -> None:
        """Let somebody apply, and see what they hold."""
        then = self.now - timedelta(days=60)
        both = (BuddyRole.ADULT, BuddyRole.FAMILY)
        told = Application(**self._told(each), offers=both)
        volunteer = intake.apply(self.session, told, now=then).person
        if not isinstance(volunteer, Volunteer):
            return
        self._hand_over(volunteer, then)
        if not each.number:
            return
        clearing.accept_application(
            self.session, volunteer, actor=self.coordinator, now=then
        )
        seen = [Seen(kind=kind, seen_on=then.date()) for kind in ONCE[: each.number]]
        if each.number == len(ONCE):
            seen.append(
                Seen(
                    kind=ClearanceKind.DBS, seen_on=then.date(), role=BuddyRole.ADULT,
                    level=DbsLevel.NONE, reason="A friend to adults, never alone with"
                    " children, gives no care.",
                )
            )  # fmt: skip
        for one in seen:
            clearing.record_clearance(
                self.session, volunteer, one, actor=self.coordinator,
                today=then.date(), now=then,
            )  # fmt: skip

    def _newcomer(self, each: Fiction) -> None:
        """Let somebody ask, as many days ago as they have waited."""
        then = self.now - timedelta(days=each.number)
        newcomer = intake.ask(self.session, Asking(**self._told(each)), now=then).person
        if newcomer:
            self._hand_over(newcomer, then)

    def _hand_over(self, person: Newcomer | Volunteer, then: datetime) -> None:
        """Let whoever came to the council belong to the Place of Welcome."""
        handing_over.hand_over(
            self.session, person, self.home, actor=self.coordinator, now=then
        )

    def _told(self, each: Fiction) -> dict[str, Any]:
        return {
            "key": f"fiction-{each.email}",
            "name": each.name,
            "tag": each.tag,
            "channel": Channel.EMAIL,
            "email": each.email,
            "languages": each.languages,
            "is_adult": True,
            "notice_version": 0,
            "gender": each.gender,
            "times": make_times(each.slots),
            "area_id": self.areas[each.area].id,
            "interests": each.interests,
        }

    def _lead_along(self, then: datetime) -> None:
        """Take each pair one step further than the one after it."""
        drafted = self.session.exec(
            select(Pairing)
            .where(Pairing.state == PairingState.DRAFT)
            .order_by(col(Pairing.id))
        ).all()
        steps = (
            proposals.ask_volunteer,
            proposals.volunteer_agrees,
            proposals.newcomer_agrees,
            pairings.introduce,
        )
        for number, pairing in enumerate(drafted):
            # The first two meet, the last ones are drafts still.
            for step in steps[: max(0, len(steps) + 1 - number)]:
                moment = then if number < 2 else self.now - timedelta(days=1)
                step(
                    self.session, pairing, self.scheme, actor=self.coordinator,
                    now=moment,
                )  # fmt: skip
        if drafted:
            pairings.note_first_meeting(
                self.session, drafted[0], actor=self.coordinator,
                now=then + timedelta(days=3),
            )  # fmt: skip


def settle_in(
    session: Session, coordinator: Account, scheme: Scheme, *, now: datetime
) -> bool:
    """Bring the town to life; tell whether anything was done, for once is enough."""
    if session.exec(select(Volunteer.id)).first() is not None:
        return False
    home = session.exec(select(Organisation).where(Organisation.name == HOME)).one()
    Town(session, coordinator, scheme, now, home).bring_in()
    return True
