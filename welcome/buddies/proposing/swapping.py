"""Giving a drafted newcomer another volunteer, with what it costs told before.

Where the other volunteer has no place left, a draft of theirs is exchanged: its newcomer
gets the volunteer who becomes free, or waits on where that is not possible.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import scoring_policy
from welcome.buddies.errors import CostChanged
from welcome.buddies.gathering import (
    Moment,
    find_waiting,
    volunteer_profiles,
    volunteers,
)
from welcome.buddies.lifecycle import exits, turns
from welcome.buddies.matching import match
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Volunteer
from welcome.buddies.proposing import drafts
from welcome.buddies.proposing.candidates import Candidate, list_candidates
from welcome.buddies.proposing.drafts import Suited
from welcome.buddies.proposing.posing import Scope, pose
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import VolunteerProfile
from welcome.buddies.rules.scoring import Score, score
from welcome.buddies.rules.vetoes import is_possible
from welcome.buddies.scheme import Scheme


@dataclass(frozen=True)
class Cost:
    """How many more or fewer people have somebody, and how much the scores change."""

    people: int
    score: int


@dataclass(frozen=True)
class Option:
    """Another volunteer for a draft, and what becomes of who was drafted with them.

    `left` is how well the newcomer of the other draft suits the volunteer who becomes
    free; none where they would wait on.
    """

    volunteer_id: int
    score: Score
    cost: Cost
    other: Pairing | None = None
    left: Score | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Tell options of one draft apart."""
        return self.volunteer_id, self.other.id if self.other else 0


@dataclass(frozen=True)
class Wanted:
    """The option somebody chose, what it cost when they did, and whether it stays.

    `own` are the organisations whose drafts they may change.
    """

    key: tuple[int, int]
    cost: Cost
    own: frozenset[int]
    pins: bool = False


def list_options(
    session: Session, pairing: Pairing, own: Collection[int], moment: Moment
) -> list[Option]:
    """List what else a draft could be, what costs the least first.

    Only drafts that some organisations lead, and that are not pinned, are exchanged.
    """
    _version, policy = scoring_policy.read(session)
    newcomer = find_waiting(session, pairing.request_id, moment)
    if newcomer is None or pairing.state is not PairingState.DRAFT:
        return []
    beside = {e.volunteer_id for e in turns.list_live_for(session, pairing.request_id)}
    found = [
        each
        for each in list_candidates(session, newcomer, policy, moment)
        if each.volunteer.key not in beside
    ]
    drafted = _list_drafted(session, [each.volunteer.key for each in found])
    freed = _find_volunteer(session, pairing.volunteer_id, moment)
    options = []
    for each in found:
        mine = drafted[each.volunteer.key]
        if each.volunteer.free_places > len(mine):
            gain = each.score.total - pairing.score
            options.append(Option(each.volunteer.key, each.score, Cost(0, gain)))
            continue
        options += [
            _exchange(session, pairing, each, other, freed, (policy, moment))
            for other in mine
            if other.lead_id in own
            and not other.is_pinned
            and other.request_id != pairing.request_id
        ]
    return sorted(options, key=lambda e: (-e.cost.people, -e.cost.score, e.key))


def choose(
    session: Session,
    pairing: Pairing,
    wanted: Wanted,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Give a draft another volunteer; raises CostChanged where it costs more by now.

    Raises MoveRefused where a draft was sent meanwhile.
    """
    moment = Moment(now, scheme.today(now))
    option = get_option(session, pairing, wanted.key, wanted.own, moment)
    requests = {pairing.request_id}
    if option.other:
        requests.add(option.other.request_id)
    for each in sorted(requests):
        turns.take_request(session, each)
    # What was read before one's turn may have changed.
    option = get_option(session, pairing, wanted.key, wanted.own, moment)
    if option.cost != wanted.cost:
        raise CostChanged
    before = session.get_one(Volunteer, pairing.volunteer_id)
    if option.other and option.left is None:
        exits.withdraw(session, option.other, scheme, actor=actor, now=now)
    chosen = session.get_one(Volunteer, option.volunteer_id)
    drafts.swap(session, pairing, chosen, _suited(option.score), actor=actor, now=now)
    if option.other and option.left:
        left = _suited(option.left)
        drafts.swap(session, option.other, before, left, actor=actor, now=now)
    if wanted.pins:
        drafts.pin(session, pairing, actor=actor, now=now)


def get_option(
    session: Session,
    pairing: Pairing,
    key: tuple[int, int],
    own: Collection[int],
    moment: Moment,
) -> Option:
    """Return one option of a draft; raises CostChanged where it is none any more."""
    for each in list_options(session, pairing, own, moment):
        if each.key == key:
            return each
    raise CostChanged


def cost_at_best(
    session: Session, pairing: Pairing, option: Option, scope: Scope, moment: Moment
) -> Cost:
    """Tell what an option costs the best set of pairs there could be with it.

    None of the two sets is written down; the drafts of others stay in both.
    """
    _version, policy = scoring_policy.read(session)
    problem = pose(session, scope, policy, moment).problem
    there = (pairing.request_id, pairing.volunteer_id)
    pinned = [each for each in problem.pinned if each != there]
    pinned.append((pairing.request_id, option.volunteer_id))
    best, forced = match(problem), match(replace(problem, pinned=pinned))
    return Cost(forced.matched - best.matched, forced.total_score - best.total_score)


def _exchange(
    session: Session,
    pairing: Pairing,
    candidate: Candidate,
    other: Pairing,
    freed: VolunteerProfile | None,
    known: tuple[Policy, Moment],
) -> Option:
    """Let two drafts exchange their volunteers, where the second pair is possible."""
    policy, moment = known
    newcomer = find_waiting(session, other.request_id, moment)
    beside = turns.list_live_for(session, other.request_id)
    left = None
    if newcomer and freed and freed.key not in {e.volunteer_id for e in beside}:
        left = score(newcomer, freed, policy)
        left = left if is_possible(newcomer, freed, policy) else None
    gain = candidate.score.total - pairing.score - other.score
    people = 0 if left or len(beside) > 1 else -1
    cost = Cost(people, gain + (left.total if left else 0))
    return Option(candidate.volunteer.key, candidate.score, cost, other, left)


def _list_drafted(
    session: Session, volunteer_ids: Collection[int]
) -> Mapping[int, list[Pairing]]:
    """List the drafts of some volunteers, whoever leads them."""
    asked = select(Pairing).where(
        Pairing.state == PairingState.DRAFT,
        col(Pairing.volunteer_id).in_(volunteer_ids),
    )
    drafted: dict[int, list[Pairing]] = defaultdict(list)
    for each in session.exec(asked.order_by(col(Pairing.id))):
        drafted[each.volunteer_id].append(each)
    return drafted


def _find_volunteer(
    session: Session, volunteer_id: int, moment: Moment
) -> VolunteerProfile | None:
    rows = session.execute(volunteers().where(col(Volunteer.id) == volunteer_id)).all()
    found = volunteer_profiles(session, rows, moment)
    return found[0] if found else None


def _suited(found: Score) -> Suited:
    parts = {code.value: points for code, points in found.parts.items()}
    return Suited(found.total, parts)
