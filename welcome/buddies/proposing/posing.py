"""The problem that a run solves: everybody who waits, every place nobody holds.

Nobody who was told something is moved: whoever was asked or has a buddy is pinned where
they are. Only drafts that nobody has seen are thought over.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from welcome.buddies.gathering import Moment, list_volunteers, list_waiting
from welcome.buddies.matching import Problem, Seat
from welcome.buddies.models.pairings import OVER, Pairing, PairingState
from welcome.buddies.rules.offers import list_offers
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile

# A request and a volunteer.
Both = tuple[int, int]


@dataclass(frozen=True)
class Scope:
    """Whose newcomers a run serves, and whose volunteers may serve them."""

    newcomers: frozenset[int]
    volunteers: frozenset[int]


@dataclass(frozen=True)
class Posed:
    """A problem, and the people it is about."""

    problem: Problem
    newcomers: Mapping[int, NewcomerProfile]
    volunteers: Mapping[int, VolunteerProfile]


@dataclass(frozen=True)
class Standing:
    """Pairings that are not over, as (request, volunteer)."""

    told: frozenset[Both]
    pinned: frozenset[Both]
    loose: frozenset[Both]

    def of(self, requests: Collection[int]) -> "Standing":
        """Keep those of some requests."""

        def kept(pairs: Collection[Both]) -> frozenset[Both]:
            return frozenset(pair for pair in pairs if pair[0] in requests)

        return Standing(kept(self.told), kept(self.pinned), kept(self.loose))


def pose(
    session: Session,
    scope: Scope,
    policy: Policy,
    moment: Moment,
) -> Posed:
    """Pose the problem of a scope as it stands now."""
    known = list_volunteers(session, scope.volunteers, moment)
    newcomers = {
        each.key: each for each in list_waiting(session, scope.newcomers, moment)
    }
    standing = read_standing(session)
    own = standing.of(newcomers)
    elsewhere = _count_elsewhere(standing, newcomers)
    volunteers = {each.key: _without(each, elsewhere[each.key]) for each in known}
    places = {key: each.free_places for key, each in volunteers.items()}
    pinned = _still_free(own.pinned, places)
    # A place that somebody told holds is counted again, for their pin to take.
    for _request, volunteer in own.told:
        places[volunteer] = places.get(volunteer, 0) + 1
    told = _by_request(own.told)
    problem = Problem(
        seats=[
            Seat(key, each.priority, max(each.buddies, len(told.get(key, ()))))
            for key, each in newcomers.items()
        ],
        places=places,
        offers=list_offers(newcomers.values(), volunteers.values(), policy),
        drafts=_by_request(own.loose),
        pinned=[*sorted(own.told), *pinned],
    )
    return Posed(problem, newcomers, volunteers)


def _still_free(pinned: Collection[Both], places: Mapping[int, int]) -> list[Both]:
    """Keep pins for which there is a place: a pin of a draft holds none."""
    left, kept = Counter(places), []
    for request, volunteer in sorted(pinned):
        if left[volunteer] > 0:
            left[volunteer] -= 1
            kept.append((request, volunteer))
    return kept


def read_standing(session: Session) -> Standing:
    """Read the pairings that are not over."""
    asked = select(
        Pairing.request_id, Pairing.volunteer_id, Pairing.state, Pairing.is_pinned
    ).where(col(Pairing.state).not_in(OVER))
    rows = session.exec(asked).all()

    def those(*, drafted: bool, pinned: bool | None = None) -> frozenset[Both]:
        return frozenset(
            (request, volunteer)
            for request, volunteer, state, is_pinned in rows
            if (state == PairingState.DRAFT) is drafted and pinned in (None, is_pinned)
        )

    return Standing(
        told=those(drafted=False),
        pinned=those(drafted=True, pinned=True),
        loose=those(drafted=True, pinned=False),
    )


def _count_elsewhere(standing: Standing, own: Collection[int]) -> Counter[int]:
    """Count, by volunteer, the drafts of requests that this run does not think over."""
    return Counter(
        volunteer
        for request, volunteer in standing.pinned | standing.loose
        if request not in own
    )


def _without(volunteer: VolunteerProfile, drafted: int) -> VolunteerProfile:
    return replace(volunteer, held=volunteer.held + drafted) if drafted else volunteer


def _by_request(pairs: Collection[Both]) -> dict[int, set[int]]:
    gathered: dict[int, set[int]] = defaultdict(set)
    for request, volunteer in pairs:
        gathered[request].add(volunteer)
    return dict(gathered)
