"""What a run found, in the ids of the files: tables, and one JSON object."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from welcome.buddies.exact.competing import Competition, Group
from welcome.buddies.exact.problem import settle
from welcome.buddies.explaining.reasons import ALL, WaitCode, WhyNot, explain_waiting
from welcome.buddies.matching import Problem, Result, fingerprint, match
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.offers import make_problem
from welcome.buddies.rules.policy import PartCode
from welcome.buddies.rules.scoring import score
from welcome.buddies.rules.vetoes import VetoCode
from welcome.cli.buddies.inputs import Inputs
from welcome.errors import RuleBroken

PAIR_HEADER = ("newcomer", "volunteer", "score", *PartCode)
CANDIDATE_HEADER = ("newcomer", "volunteer", "score")
REASON_HEADER = (
    *("newcomer", "reason", "stopped_at"),
    *(f"left:{code}" for code in (ALL, *VetoCode)),
    *("near_misses", *(f"near:{code}" for code in VetoCode)),
    *("competing_newcomers", "competing_places"),
)


@dataclass(frozen=True)
class Reason:
    """Why a newcomer has nobody: a code, the funnel, and who competes if any suit."""

    newcomer: str
    code: WaitCode
    why: WhyNot
    group: Group | None


class Run:
    """The pairs found, with everything that can be said about them."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        people = inputs.everybody
        self.problem: Problem = make_problem(
            people.newcomers,
            people.volunteers,
            inputs.policy,
            pinned=inputs.pinned,
            forbidden=inputs.forbidden,
        )
        self._newcomers, self._volunteers = people.newcomer_ids, people.volunteer_ids
        try:
            self.result: Result = match(self.problem)
        except RuleBroken as refused:
            raise type(refused)(**self._by_ids(refused.params)) from None

    def pair_rows(self) -> Iterator[tuple[object, ...]]:
        """Give each pair with its score and its parts; a pin that no rule allows has 0."""
        people, policy = self.inputs.everybody, self.inputs.policy
        for pair in self.result.pairs:
            newcomer = people.newcomers[pair.newcomer]
            parts = score(newcomer, people.volunteers[pair.volunteer], policy).parts
            is_offered = self._is_offered(pair.newcomer, pair.volunteer)
            points = [parts[code] if is_offered else 0 for code in PartCode]
            ids = self._newcomers[pair.newcomer], self._volunteers[pair.volunteer]
            yield (*ids, pair.score, *points)

    def candidate_rows(self) -> Iterator[tuple[object, ...]]:
        """Give every pair that is possible, with its score."""
        for newcomer, offers in sorted(self.problem.offers.items()):
            for volunteer, points in offers:
                yield self._newcomers[newcomer], self._volunteers[volunteer], points

    def reason_rows(self) -> Iterator[tuple[object, ...]]:
        """Give the reasons of everybody who has nobody."""
        for each in self.reasons:
            near = {code: len(each.why.near_misses.get(code, ())) for code in VetoCode}
            yield (
                *(each.newcomer, each.code, each.why.stopped_at or ""),
                *(left for _code, left in each.why.funnel),
                *(sum(near.values()), *near.values()),
                len(each.group.newcomers) if each.group else "",
                each.group.places if each.group else "",
            )

    @cached_property
    def reasons(self) -> list[Reason]:
        """Say why each has nobody, with the places free that the run left free."""
        taken = Counter(pair.volunteer for pair in self.result.pairs)
        people = self.inputs.everybody
        after = [
            replace(each, held=each.held + taken[each.key])
            for each in people.volunteers
        ]
        crowd = Crowd(after, self.inputs.policy)
        competition = Competition(self.problem, self.result.chosen)
        competition.condense()
        return [
            self._reason(newcomer, crowd, competition)
            for newcomer in self.result.unmatched
        ]

    def to_json(self) -> dict[str, object]:
        """Give everything as JSON holds it; the certificate by ids."""
        certificate = self.result.certificate
        return {
            "matched": self.result.matched,
            "total_score": self.result.total_score,
            "pairs": [
                dict(zip(PAIR_HEADER, row, strict=True)) for row in self.pair_rows()
            ],
            "unmatched": [self._reason_to_json(each) for each in self.reasons],
            "certificate": {
                "fingerprint": fingerprint(self.problem),
                "weights": asdict(settle(self.problem).weights),
                "newcomers": {
                    self._newcomers[int(key)]: number
                    for key, number in certificate["newcomers"].items()
                },
                "volunteers": {
                    self._volunteers[int(key)]: number
                    for key, number in certificate["volunteers"].items()
                },
            },
            "notes": [each.to_json() for each in self.inputs.notes],
        }

    def _reason(self, key: int, crowd: Crowd, competition: Competition) -> Reason:
        newcomer = self.inputs.everybody.newcomers[key]
        why = explain_waiting(newcomer, crowd)
        name = self._newcomers[key]
        if not self.problem.offers[key]:
            return Reason(name, WaitCode.NOBODY_SUITS, why, None)
        return Reason(name, WaitCode.PLACES_TAKEN, why, competition.group(key))

    def _reason_to_json(self, reason: Reason) -> dict[str, object]:
        return {
            "newcomer": reason.newcomer,
            "reason": str(reason.code),
            "stopped_at": reason.why.stopped_at,
            "funnel": dict(reason.why.funnel),
            "near_misses": {
                code: [self._volunteers[key] for key in keys]
                for code, keys in reason.why.near_misses.items()
            },
            "competing": {
                "newcomers": [self._newcomers[key] for key in reason.group.newcomers],
                "places": reason.group.places,
            }
            if reason.group
            else None,
        }

    def _by_ids(self, params: Mapping[str, object]) -> dict[str, object]:
        """Say whom a refusal is about as the files do."""
        ids = {"newcomer": self._newcomers, "volunteer": self._volunteers}
        return {
            name: ids[name][value] if name in ids and isinstance(value, int) else value
            for name, value in params.items()
        }

    def _is_offered(self, newcomer: int, volunteer: int) -> bool:
        return any(each == volunteer for each, _score in self.problem.offers[newcomer])
