"""The scheme's decisions about scores, kept as one kind of policy."""

from dataclasses import asdict
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


def read(session: Session) -> tuple[int, Policy]:
    """Return the policy that counts, and its version; 0 while the defaults do."""
    newest = policies.find_newest(session, PolicyKind.SCORING)
    sharing = frozenset(frozenset(pair) for pair in list_shared(session))
    if newest is None:
        return 0, Policy(sharing=sharing)
    return newest.version, _from_settings(newest.settings, sharing)


def write(
    session: Session, policy: Policy, *, actor: Account | None, now: datetime
) -> int:
    """Let a policy count from now on, sharing aside; raises BadReach."""
    if not LEAST_REACH_M <= policy.reach_m <= MOST_REACH_M:
        raise BadReach(least=LEAST_REACH_M // 100 / 10, most=MOST_REACH_M // 1000)
    settings = {
        "minimum": policy.minimum.value,
        "reach_m": policy.reach_m,
        "weights": asdict(policy.weights),
    }
    kept = policies.set_policy(
        session, PolicyKind.SCORING, settings, actor=actor, now=now
    )
    return kept.version


def _from_settings(
    settings: dict[str, Any], sharing: frozenset[frozenset[int]]
) -> Policy:
    return Policy(
        minimum=Level(settings["minimum"]),
        reach_m=settings["reach_m"],
        sharing=sharing,
        weights=Weights(**settings["weights"]),
    )
