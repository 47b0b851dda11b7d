"""Which DBS check a role may ask for, by five questions. Pure; not legal advice.

Asking for more than the law allows for a role is an offence, so nothing is the default
and each step up needs an answer that calls for it. The rules follow the guidance that
`SOURCES` names, for England and Wales; a named person decides and writes down why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from welcome.buddies.rules.requirements import DbsLevel

SOURCES = (
    "https://www.gov.uk/government/collections/dbs-eligibility-guidance",
    "https://www.gov.uk/government/publications/dbs-guidance-leaflets",
    "https://www.gov.uk/find-out-dbs-check",
)


class Present(StrEnum):
    """Whom the volunteer is with."""

    ADULTS = "adults"
    CHILDREN = "children"


class CareOf(StrEnum):
    """Whom the volunteer helps with personal care."""

    NOBODY = "nobody"
    ADULT = "adult"
    CHILD = "child"
    BOTH = "both"


class DbsReason(StrEnum):
    """Why a level is suggested; each names what the volunteer does."""

    FRIENDSHIP = "friendship"
    CHILDREN_PRESENT = "children-present"
    LOOKS_AFTER = "looks-after"
    LOOKS_AFTER_OFTEN = "looks-after-often"
    CARE_OF_CHILD = "care-of-child"
    CARE_OF_ADULT = "care-of-adult"
    TRANSPORT = "transport"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the volunteer is going to do."""

    present: Present = Present.ADULTS
    # Teaches, looks after or watches children while nobody else does.
    looks_after: bool = False
    # Washing, dressing, feeding and the like, because of age, illness or disability.
    care_of: CareOf = CareOf.NOBODY
    # Takes an adult to health or social care because of age, illness or disability.
    transport: bool = False
    # On more than three days within thirty, or overnight.
    often: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The level that may be asked for, and why."""

    level: DbsLevel
    reasons: tuple[DbsReason, ...]


_LEVELS = {
    DbsReason.FRIENDSHIP: DbsLevel.NONE,
    DbsReason.CHILDREN_PRESENT: DbsLevel.BASIC,
    DbsReason.LOOKS_AFTER: DbsLevel.ENHANCED,
    DbsReason.LOOKS_AFTER_OFTEN: DbsLevel.ENHANCED_CHILDREN,
    DbsReason.CARE_OF_CHILD: DbsLevel.ENHANCED_CHILDREN,
    DbsReason.CARE_OF_ADULT: DbsLevel.ENHANCED_ADULTS,
    DbsReason.TRANSPORT: DbsLevel.ENHANCED_ADULTS,
}
# The levels that a check at a level includes, itself first.
_WITHIN: dict[DbsLevel, frozenset[DbsLevel]] = {}
for _level, _below in (
    (DbsLevel.NONE, ()),
    (DbsLevel.BASIC, (DbsLevel.NONE,)),
    (DbsLevel.STANDARD, (DbsLevel.BASIC,)),
    (DbsLevel.ENHANCED, (DbsLevel.STANDARD,)),
    (DbsLevel.ENHANCED_ADULTS, (DbsLevel.ENHANCED,)),
    (DbsLevel.ENHANCED_CHILDREN, (DbsLevel.ENHANCED,)),
    (DbsLevel.ENHANCED_BOTH, (DbsLevel.ENHANCED_ADULTS, DbsLevel.ENHANCED_CHILDREN)),
):
    _WITHIN[_level] = frozenset({_level}).union(*(_WITHIN[each] for each in _below))


def suggest(answers: Answers) -> Suggestion:
    """Suggest the lowest level that covers everything the volunteer is going to do.

    Source: the eligibility guidance of the Disclosure and Barring Service (`SOURCES`).
    """
    reasons = tuple(_list_reasons(answers))
    level = least_above(_LEVELS[each] for each in reasons)
    return Suggestion(level, reasons)


def is_within(level: DbsLevel, other: DbsLevel) -> bool:
    """Say whether a check at the other level includes one at this."""
    return level in _WITHIN[other]


def least_above(levels: Iterable[DbsLevel]) -> DbsLevel:
    """Give the lowest level that includes all of some."""
    wanted = set(levels)
    return next(each for each in DbsLevel if wanted <= _WITHIN[each])


def _list_reasons(answers: Answers) -> Iterable[DbsReason]:
    of_child = answers.care_of in {CareOf.CHILD, CareOf.BOTH}
    if answers.looks_after:
        yield (DbsReason.LOOKS_AFTER_OFTEN if answers.often else DbsReason.LOOKS_AFTER)
    if of_child:
        yield DbsReason.CARE_OF_CHILD
    if answers.present is Present.CHILDREN and not (answers.looks_after or of_child):
        yield DbsReason.CHILDREN_PRESENT
    if answers.care_of in {CareOf.ADULT, CareOf.BOTH}:
        yield DbsReason.CARE_OF_ADULT
    if answers.transport:
        yield DbsReason.TRANSPORT
    if answers == Answers(often=answers.often):
        yield DbsReason.FRIENDSHIP
