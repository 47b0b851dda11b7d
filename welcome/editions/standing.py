"""Decides what a reader gets of one page: pure."""

from dataclasses import dataclass
from enum import StrEnum

from welcome.editions.models import Standing
from welcome.packs.models import Policy, Risk


class Reason(StrEnum):
    """Why a page stands as it does."""

    IS_SOURCE = "is-source"
    ALL_ACCEPTED = "all-accepted"
    ACCEPTED_ON_STATEMENT = "accepted-on-statement"
    SHOWN_UNREVIEWED = "shown-unreviewed"
    UNITS_MISSING = "units-missing"
    SOMETHING_IS_WRONG = "something-is-wrong"
    POLICY_ASKS_FOR_REVIEW = "policy-asks-for-review"
    RISK_ASKS_FOR_REVIEW = "risk-asks-for-review"


@dataclass(frozen=True)
class Counts:
    """How far the units of one page have come in one locale."""

    units: int = 0
    with_target: int = 0
    accepted: int = 0
    on_statement: int = 0
    # Have a text with which something is certainly wrong, not accepted.
    blocked: int = 0

    @property
    def unreviewed(self) -> int:
        """Units that have a text nobody accepted."""
        return self.with_target - self.accepted

    @property
    def missing(self) -> int:
        """Units without any text."""
        return self.units - self.with_target


@dataclass(frozen=True)
class Decision:
    """What readers are told, and why."""

    standing: Standing
    reasons: tuple[Reason, ...]


def decide(counts: Counts, *, is_source: bool, policy: Policy, risk: Risk) -> Decision:
    """Decide one page's standing; a page is never a mixture of languages."""
    if is_source:
        return Decision(Standing.SOURCE, (Reason.IS_SOURCE,))
    if counts.units and counts.accepted == counts.units:
        if counts.on_statement:
            return Decision(Standing.AGENCY, (Reason.ACCEPTED_ON_STATEMENT,))
        return Decision(Standing.REVIEWED, (Reason.ALL_ACCEPTED,))
    obstacles = tuple(_obstacles(counts, policy, risk))
    if obstacles:
        return Decision(Standing.NOT_YET, obstacles)
    return Decision(Standing.UNREVIEWED, (Reason.SHOWN_UNREVIEWED,))


def _obstacles(counts: Counts, policy: Policy, risk: Risk) -> list[Reason]:
    found = []
    if counts.missing or not counts.units:
        found.append(Reason.UNITS_MISSING)
    if counts.blocked:
        found.append(Reason.SOMETHING_IS_WRONG)
    if policy is not Policy.UNREVIEWED_WITH_STAMP:
        found.append(Reason.POLICY_ASKS_FOR_REVIEW)
    if risk is not Risk.NORMAL:
        found.append(Reason.RISK_ASKS_FOR_REVIEW)
    return found
