"""The columns of the two spreadsheets: what they are for, what stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from welcome.buddies.rules.vocabulary import BuddyRole, Gender, Interest, Level

DEFAULT_LEVEL = Level.EVERYDAY
MOST_PLACES = 50
HIGHEST_CLASS = 9
FURTHEST_KM = 500
# Who meets a buddy: the role that needs, and how many adults they are.
WHO_MEETS: Mapping[str, tuple[BuddyRole, int]] = {
    "adult": (BuddyRole.ADULT, 1),
    "couple": (BuddyRole.ADULT, 2),
    "family": (BuddyRole.FAMILY, 1),
}
EAST_MOST, NORTH_MOST = 700_000, 1_300_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it says, its values, what stands for none, an example."""

    name: str
    says: str
    values: str
    otherwise: str
    example: str


def _either(
    words: type[Level] | type[Gender] | type[BuddyRole] | type[Interest],
) -> str:
    return ", ".join(words)


ID = Column(
    "id",
    "Who it is: a number or any text, once in the file. No names are needed.",
    "any text up to 200 characters",
    "needed",
    "N-014",
)
LANGUAGES = Column(
    "languages",
    "What they speak, each with how well.",
    "code or English name, a colon, the level; several with ; between. "
    f"Levels: {_either(Level)}. A language that is not listed: other:Name:level",
    f"needed; a language without a level counts as {DEFAULT_LEVEL}",
    "ti:first; Arabic:well; other:Bajuni:everyday",
)
GENDER = Column(
    "gender", "What they say they are.", _either(Gender), "not said", "woman"
)
WISH = Column(
    "wish",
    "The genders they accept in a buddy.",
    f"any, or some of {_either(Gender)} with ; between",
    "any",
    "woman",
)
TIMES = Column(
    "times",
    "When they are free in a usual week.",
    "any, or several with , between: mon-am, tue-pm, wed-eve, sat, weekday evenings, "
    "weekends, mornings",
    "any",
    "mon-am, weekday evenings",
)
EASTING = Column(
    "easting",
    "Where they live: metres east on the national grid.",
    f"0 to {EAST_MOST}",
    "distance is not looked at",
    "401300",
)
NORTHING = Column(
    "northing",
    "Where they live: metres north on the national grid.",
    f"0 to {NORTH_MOST}",
    "distance is not looked at",
    "298700",
)
SECTOR = Column(
    "sector",
    "Where they live: a postcode sector, in place of easting and northing.",
    "a sector of the file given with --areas",
    "distance is not looked at",
    "WS1 1",
)
INTERESTS = Column(
    "interests",
    "What they like to do.",
    f"several with ; between: {_either(Interest)}",
    "none",
    "walking; cooking",
)
ADULT = Column("adult", "Whether they are 18 or older.", "yes, no", "yes", "yes")
ORGANISATION = Column(
    "organisation",
    "Who looks after them. People of two organisations meet only if those share.",
    "any text",
    "all the same",
    "Lantern House",
)

NEWCOMER_COLUMNS = (
    ID,
    LANGUAGES,
    GENDER,
    WISH,
    TIMES,
    EASTING,
    NORTHING,
    SECTOR,
    INTERESTS,
    Column(
        "role",
        "Whom a buddy is a friend to. "
        "A couple is offered only volunteers with no wish about gender.",
        ", ".join(WHO_MEETS),
        "adult",
        "family",
    ),
    ADULT,
    Column(
        "waiting_since",
        "The day they asked.",
        "a date as 2026-03-31, not in the future",
        "today",
        "2026-01-19",
    ),
    Column(
        "priority",
        "A class that comes before all lower ones, however long those wait.",
        f"0 to {HIGHEST_CLASS}",
        "0",
        "1",
    ),
    Column("buddies", "How many volunteers they ask for.", "1 or 2", "1", "2"),
    Column(
        "outside_community",
        "Whether they ask for somebody who grew up with another language.",
        "yes, no",
        "no",
        "yes",
    ),
    Column(
        "not_with",
        "Volunteers they are never offered.",
        "ids of the other file with ; between",
        "nobody",
        "V-003; V-120",
    ),
    ORGANISATION,
)

VOLUNTEER_COLUMNS = (
    ID,
    LANGUAGES,
    GENDER,
    WISH,
    TIMES,
    EASTING,
    NORTHING,
    SECTOR,
    Column(
        "reach_km",
        "How many kilometres they go.",
        f"0 to {FURTHEST_KM}, with decimals",
        "8, or what the weights file says",
        "7.5",
    ),
    INTERESTS,
    Column(
        "cleared_for",
        "Whom they are cleared to be a friend to.",
        f"{_either(BuddyRole)}, or both with ; between",
        "without the column: adult; an empty cell: nobody",
        "adult; family",
    ),
    ADULT,
    Column(
        "capacity",
        "How many newcomers they take.",
        f"0 to {MOST_PLACES}",
        "1",
        "2",
    ),
    Column(
        "held",
        "How many of these places are taken already.",
        f"0 to {MOST_PLACES}",
        "0",
        "1",
    ),
    ORGANISATION,
)
AREA_COLUMNS = ("sector", "easting", "northing")
PAIR_COLUMNS = ("newcomer", "volunteer")
