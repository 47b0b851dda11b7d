"""What a scheme decides: how strict the rules are, and what a score is made of."""

from dataclasses import dataclass, field, fields
from enum import StrEnum

from welcome.buddies.rules.errors import WeightOutOfRange, WeightsNotHundred
from welcome.buddies.rules.vocabulary import Level

WHOLE = 100
DEFAULT_REACH_M = 8_000


class PartCode(StrEnum):
    """A part of a score."""

    LANGUAGE = "language"
    TIME = "time"
    NEARNESS = "nearness"
    INTERESTS = "interests"
    SAME_ORGANISATION = "same-organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The most points each part of a score can give.

    Raises WeightOutOfRange and WeightsNotHundred.
    """

    language: int = 30
    time: int = 20
    nearness: int = 20
    interests: int = 20
    same_organisation: int = 10

    def __post_init__(self) -> None:
        """Refuse what does not add up."""
        for each in fields(self):
            value = getattr(self, each.name)
            # Of what a file gives, True is no number.
            if type(value) is not int or not 0 <= value <= WHOLE:
                raise WeightOutOfRange(part=each.name, value=value)
        total = sum(getattr(self, each.name) for each in fields(self))
        if total != WHOLE:
            raise WeightsNotHundred(total=total)

    def of(self, part: PartCode) -> int:
        """Give the weight of a part."""
        weight: int = getattr(self, part.replace("-", "_"))
        return weight

    def listed(self) -> list[tuple[PartCode, int]]:
        """List the parts with their weights."""
        return [(part, self.of(part)) for part in PartCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The scheme's decisions; `sharing` holds pairs of organisations that agreed."""

    minimum: Level = Level.EVERYDAY
    reach_m: int = DEFAULT_REACH_M
    sharing: frozenset[frozenset[int]] = frozenset()
    weights: Weights = field(default_factory=Weights)

    def shared_with(self, organisation: int) -> frozenset[int]:
        """List the organisations whose people may meet those of one, itself among them."""
        pairs = (pair for pair in self.sharing if organisation in pair)
        return frozenset({organisation}).union(*pairs)

    def is_shared(self, one: int, other: int) -> bool:
        """Say whether people of two organisations may meet."""
        return one == other or frozenset((one, other)) in self.sharing
