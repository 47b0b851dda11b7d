"""What a role asks of a volunteer, and whether what somebody holds is enough. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from welcome.buddies.rules.vocabulary import BuddyRole

# A clearance that never lapses is met until this day.
FOREVER = date.max
LAPSES_SOON = timedelta(days=30)


class ClearanceKind(StrEnum):
    """One thing that a role may ask of a volunteer."""

    IDENTITY = "identity"
    REFERENCE = "reference"
    INTERVIEW = "interview"
    TRAINING = "training"
    AGREEMENT = "agreement"
    DBS = "dbs"


class DbsLevel(StrEnum):
    """How much a check by the Disclosure and Barring Service may tell."""

    NONE = "none"
    BASIC = "basic"
    STANDARD = "standard"
    ENHANCED = "enhanced"
    ENHANCED_ADULTS = "enhanced-adults-barred"
    ENHANCED_CHILDREN = "enhanced-children-barred"
    ENHANCED_BOTH = "enhanced-both-barred"


class Standing(StrEnum):
    """How a requirement stands on a day."""

    MET = "met"
    LAPSING = "lapsing"
    LAPSED = "lapsed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked for: how many of it, and for how many months it holds."""

    kind: ClearanceKind
    count: int = 1
    months: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """What one role asks for.

    Of DBS a decision is asked for: a level with a reason. Where `none_is_enough` is
    not set, the decision that no check is needed does not clear.
    """

    role: BuddyRole
    requirements: tuple[Requirement, ...]
    none_is_enough: bool = True

    def of(self, kind: ClearanceKind) -> Requirement:
        """Give what is asked of a kind; nothing of it has the count 0."""
        asked = {each.kind: each for each in self.requirements}
        return asked.get(kind, Requirement(kind, 0))


@dataclass(frozen=True, slots=True)
class Held:
    """One clearance as it was recorded; the later recorded one counts."""

    kind: ClearanceKind
    is_met: bool = True
    expires_on: date | None = None
    role: BuddyRole | None = None
    level: DbsLevel | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How one requirement stands, and the last day on which it is met."""

    kind: ClearanceKind
    standing: Standing
    asked: int
    there: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How everything that a role asks for stands on a day."""

    role: BuddyRole
    findings: tuple[Finding, ...]

    @property
    def is_cleared(self) -> bool:
        """Say whether everything is met."""
        return all(
            each.standing in {Standing.MET, Standing.LAPSING} for each in self.findings
        )

    @property
    def has_lapsed(self) -> bool:
        """Say whether something was met once and is not any more."""
        return any(each.standing is Standing.LAPSED for each in self.findings)

    @property
    def until(self) -> date | None:
        """Give the last day on which everything is met; none where it is not now."""
        if not self.is_cleared:
            return None
        return min((each.until or FOREVER for each in self.findings), default=FOREVER)


def judge(asked: RequirementSet, held: Sequence[Held], today: date) -> Judgement:
    """Judge what somebody holds, in the order it was recorded, against a role."""
    return Judgement(
        asked.role,
        tuple(
            _judge_one(asked, each, held, today)
            for each in asked.requirements
            if each.count
        ),
    )


def lapses_on(seen_on: date, months: int | None) -> date | None:
    """Give the last day on which something holds that was seen on a day."""
    if months is None:
        return None
    years, month = divmod(seen_on.month - 1 + months, 12)
    year = seen_on.year + years
    day = min(seen_on.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def by_role(sets: Iterable[RequirementSet]) -> Mapping[BuddyRole, RequirementSet]:
    """Give each role's set by the role."""
    return {each.role: each for each in sets}


def _judge_one(
    asked: RequirementSet, wanted: Requirement, held: Sequence[Held], today: date
) -> Finding:
    ends = sorted(
        (each.expires_on or FOREVER for each in _list_counting(asked, wanted, held)),
        reverse=True,
    )
    there = sum(1 for each in ends if each >= today)
    if len(ends) < wanted.count:
        return Finding(wanted.kind, Standing.MISSING, wanted.count, there, None)
    until = ends[wanted.count - 1]
    standing = _stands(until, today)
    return Finding(wanted.kind, standing, wanted.count, there, until)


def _stands(until: date, today: date) -> Standing:
    if until < today:
        return Standing.LAPSED
    # Counted this way round, since no day comes after the last one.
    return Standing.LAPSING if until - today <= LAPSES_SOON else Standing.MET


def _list_counting(
    asked: RequirementSet, wanted: Requirement, held: Sequence[Held]
) -> list[Held]:
    """List what counts: the newest alone, or the references since one was refused."""
    of_kind = [each for each in held if each.kind is wanted.kind]
    if wanted.kind is ClearanceKind.DBS:
        of_kind = [each for each in of_kind if each.role is asked.role]
    if wanted.kind is not ClearanceKind.REFERENCE:
        return [each for each in of_kind[-1:] if _is_enough(asked, each)]
    counting: list[Held] = []
    for each in of_kind:
        counting = [*counting, each] if each.is_met else []
    return counting


def _is_enough(asked: RequirementSet, held: Held) -> bool:
    if not held.is_met:
        return False
    if held.kind is not ClearanceKind.DBS:
        return True
    if held.level is None:
        return False
    return held.level is not DbsLevel.NONE or asked.none_is_enough


def _ask(role: BuddyRole, *, none_is_enough: bool) -> RequirementSet:
    """Ask for what a scheme usually asks for; the months are proposals to be edited."""
    return RequirementSet(
        role,
        (
            Requirement(ClearanceKind.IDENTITY),
            Requirement(ClearanceKind.REFERENCE, 2),
            Requirement(ClearanceKind.INTERVIEW),
            Requirement(ClearanceKind.TRAINING, months=36),
            Requirement(ClearanceKind.AGREEMENT, months=24),
            Requirement(ClearanceKind.DBS, months=36),
        ),
        none_is_enough,
    )


DEFAULTS: Mapping[BuddyRole, RequirementSet] = by_role(
    [
        _ask(BuddyRole.ADULT, none_is_enough=True),
        _ask(BuddyRole.FAMILY, none_is_enough=False),
    ]
)
