"""Runs of the matcher: each is kept with what it was given, what it found, the proof."""

import json
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies import scoring_policy
from welcome.buddies.access import serves_only
from welcome.buddies.errors import RunChanged
from welcome.buddies.gathering import Moment
from welcome.buddies.lifecycle import exits
from welcome.buddies.matching import Problem, Result, Seat, fingerprint, match, verify
from welcome.buddies.models.desk import Run, RunScope
from welcome.buddies.models.pairings import OVER, Pairing, PairingState
from welcome.buddies.models.people import Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.proposing import drafts
from welcome.buddies.proposing.posing import Posed, Scope, pose
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.scoring import score
from welcome.buddies.scheme import Scheme
from welcome.errors import NotFound

SUBJECT = "matching-run"


@dataclass(frozen=True)
class Outcome:
    """A run that was kept, the problem it solved and what it found."""

    run: Run
    posed: Posed
    result: Result


def run(
    session: Session,
    scope: Scope,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> Outcome:
    """Find the best pairs for everybody in a scope, and write drafts of them.

    Drafts that nobody has seen and that are not among the best any more go.
    """
    version, policy = scoring_policy.read(session)
    posed = pose(session, scope, policy, Moment(now, scheme.today(now)))
    result = match(posed.problem)
    kept = Run(
        made_at=now,
        made_by_id=actor.id if actor else None,
        policy_version=version,
        policy=scoring_policy.to_settings(policy),
        fingerprint=fingerprint(posed.problem),
        given=_pack(posed.problem),
        result=_tell(result),
        certificate=dict(result.certificate),
    )
    session.add(kept)
    session.flush()
    session.add_all(
        RunScope(run_id=kept.id, organisation_id=each)
        for each in sorted(scope.newcomers)
    )
    _withdraw_others(session, posed, result, scheme, now)
    _write_drafts(session, kept, posed, result, policy)
    journal.write(
        session, "matching.run", SUBJECT, kept.id, actor=actor, now=now,
        matched=result.matched, waiting=len(posed.problem.seats),
    )  # fmt: skip
    return Outcome(kept, posed, result)


def verify_run(kept: Run) -> None:
    """Prove once more that a run found the best pairs, without looking for them.

    Raises RunChanged where what is kept is not what was given, NotProved and
    PlanNotPossible where the proof fails.
    """
    problem = given_to(kept)
    if fingerprint(problem) != kept.fingerprint:
        raise RunChanged(run=kept.public_id)
    pairs = [(pair[0], pair[1]) for pair in kept.result["pairs"]]
    verify(problem, pairs, kept.certificate)


def get_run(session: Session, public_id: str) -> Run:
    """Return a run; raises NotFound."""
    found = session.exec(select(Run).where(Run.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFound(run=public_id)
    return found


def list_runs(
    session: Session, organisations: Collection[int], *, limit: int = 20
) -> list[Run]:
    """List the newest runs that served some organisations, and no other."""
    asked = (
        select(Run)
        .where(serves_only(organisations))
        .order_by(col(Run.id).desc())
        .limit(limit)
    )
    return list(session.exec(asked))


def given_to(kept: Run) -> Problem:
    """Unpack what a run was given; raises RunChanged."""
    try:
        told: dict[str, Any] = json.loads(zlib.decompress(kept.given))
    except (zlib.error, ValueError):
        raise RunChanged(run=kept.public_id) from None
    return Problem(
        seats=[Seat(*each) for each in told["seats"]],
        places=dict(told["places"]),
        offers={n: [(v, s) for v, s in each] for n, each in told["offers"]},
        drafts={n: set(each) for n, each in told["drafts"]},
        pinned=[(n, v) for n, v in told["pinned"]],
        forbidden=[(n, v) for n, v in told["forbidden"]],
    )


def _pack(problem: Problem) -> bytes:
    told = {
        "seats": [[s.newcomer, s.priority, s.buddies] for s in problem.seats],
        "places": list(problem.places.items()),
        "offers": list(problem.offers.items()),
        "drafts": [(n, sorted(each)) for n, each in problem.drafts.items()],
        "pinned": list(problem.pinned),
        "forbidden": list(problem.forbidden),
    }
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode())


def _tell(result: Result) -> dict[str, Any]:
    return {
        "matched": result.matched,
        "total_score": result.total_score,
        "changes": result.changes,
        "unmatched": list(result.unmatched),
        "pairs": [list(pair) for pair in result.pairs],
    }


def _withdraw_others(
    session: Session, posed: Posed, result: Result, scheme: Scheme, now: datetime
) -> None:
    """Withdraw drafts that are not among the best: their seats are others' now."""
    wanted = set(result.chosen)
    for pair, pairing in _list_standing(session, posed).items():
        if pair not in wanted and pairing.state is PairingState.DRAFT:
            exits.withdraw(session, pairing, scheme, actor=None, now=now)


def _write_drafts(
    session: Session, kept: Run, posed: Posed, result: Result, policy: Policy
) -> None:
    for pair in sorted(set(result.chosen) - _list_standing(session, posed).keys()):
        _draft(session, kept, pair, posed, policy)


def _list_standing(session: Session, posed: Posed) -> dict[tuple[int, int], Pairing]:
    asked = select(Pairing).where(col(Pairing.state).not_in(OVER))
    return {
        (each.request_id, each.volunteer_id): each
        for each in session.exec(asked)
        if each.request_id in posed.newcomers
    }


def _draft(
    session: Session, kept: Run, pair: tuple[int, int], posed: Posed, policy: Policy
) -> None:
    newcomer, volunteer = posed.newcomers[pair[0]], posed.volunteers[pair[1]]
    found = score(newcomer, volunteer, policy)
    parts = {code.value: points for code, points in found.parts.items()}
    drafts.draft(
        session,
        session.get_one(BuddyRequest, pair[0]),
        session.get_one(Volunteer, pair[1]),
        drafts.Suited(found.total, parts, kept.id),
        actor=None,
        now=kept.made_at,
    )
