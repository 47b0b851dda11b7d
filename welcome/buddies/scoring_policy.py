"""The scheme's decisions about scores, kept as one kind of policy."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import policies
from welcome.buddies.errors import BadReach
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.rules.policy import Policy, Weights
from welcome.buddies.rules.vocabulary import Level
from welcome.partners.agreements import list_shared

LEAST_REACH_M, MOST_REACH_M = 500, 50_000


@dataclass(frozen=True)
class Version:
    """A policy as somebody let it count from a moment on, sharing aside."""

    number: int
    policy: Policy
    made_at: datetime
    made_by_id: int | None


def read(session: Session) -> tuple[int, Policy]:
    """Return the policy that counts, and its version; 0 while the defaults do."""
    newest = policies.find_newest(session, PolicyKind.SCORING)
    sharing = frozenset(frozenset(pair) for pair in list_shared(session))
    if newest is None:
        return 0, Policy(sharing=sharing)
    return newest.version, from_settings(newest.settings, sharing)


def list_versions(session: Session) -> list[Version]:
    """List every version there was, the newest first; before the first, defaults."""
    return [
        Version(
            each.version,
            from_settings(each.settings),
            each.made_at,
            each.made_by_id,
        )
        for each in policies.list_versions(session, PolicyKind.SCORING)
    ]


def is_reach(metres: int) -> bool:
    """Tell whether volunteers may be let go so far."""
    return LEAST_REACH_M <= metres <= MOST_REACH_M


def write(
    session: Session, policy: Policy, *, actor: Account | None, now: datetime
) -> int:
    """Let a policy count from now on, sharing aside; raises BadReach."""
    if not is_reach(policy.reach_m):
        raise BadReach(least=LEAST_REACH_M // 100 / 10, most=MOST_REACH_M // 1000)
    kept = policies.set_policy(
        session, PolicyKind.SCORING, to_settings(policy), actor=actor, now=now
    )
    return kept.version


def to_settings(policy: Policy) -> dict[str, Any]:
    """Give a policy as it is kept, sharing aside."""
    return {
        "minimum": policy.minimum.value,
        "reach_m": policy.reach_m,
        "weights": asdict(policy.weights),
    }


def from_settings(
    settings: Mapping[str, Any], sharing: frozenset[frozenset[int]] = frozenset()
) -> Policy:
    """Give the policy that was kept."""
    return Policy(
        minimum=Level(settings["minimum"]),
        reach_m=settings["reach_m"],
        sharing=sharing,
        weights=Weights(**settings["weights"]),
    )
