"""The policy table: what readers get of one page."""

import itertools

import pytest

from welcome.editions.models import Standing
from welcome.editions.standing import Counts, Reason, decide
from welcome.packs.models import Policy, Risk

SHOWN = Policy.UNREVIEWED_WITH_STAMP
HIDDEN = Policy.ENGLISH_WITH_NOTE

ALL_ACCEPTED = Counts(units=4, with_target=4, accepted=4)
ON_STATEMENT = Counts(units=4, with_target=4, accepted=4, on_statement=1)
ONE_UNREVIEWED = Counts(units=4, with_target=4, accepted=3)
NONE_REVIEWED = Counts(units=4, with_target=4)
ONE_MISSING = Counts(units=4, with_target=3, accepted=3)
ONE_IS_WRONG = Counts(units=4, with_target=4, accepted=3, blocked=1)
NOTHING = Counts(units=4)
EMPTY = Counts()


@pytest.mark.parametrize(
    ("counts", "policy", "risk", "standing"),
    [
        (ALL_ACCEPTED, SHOWN, Risk.NORMAL, Standing.REVIEWED),
        (ALL_ACCEPTED, HIDDEN, Risk.HIGH, Standing.REVIEWED),
        (ON_STATEMENT, SHOWN, Risk.NORMAL, Standing.AGENCY),
        (ON_STATEMENT, HIDDEN, Risk.HIGH, Standing.AGENCY),
        (ONE_UNREVIEWED, SHOWN, Risk.NORMAL, Standing.UNREVIEWED),
        (NONE_REVIEWED, SHOWN, Risk.NORMAL, Standing.UNREVIEWED),
        (NONE_REVIEWED, HIDDEN, Risk.NORMAL, Standing.NOT_YET),
        (ONE_UNREVIEWED, SHOWN, Risk.HIGH, Standing.NOT_YET),
        (ONE_IS_WRONG, SHOWN, Risk.NORMAL, Standing.NOT_YET),
        (ONE_MISSING, SHOWN, Risk.NORMAL, Standing.NOT_YET),
        (NOTHING, SHOWN, Risk.NORMAL, Standing.NOT_YET),
        (EMPTY, SHOWN, Risk.NORMAL, Standing.NOT_YET),
    ],
)
def test_what_readers_get(
    counts: Counts, policy: Policy, risk: Risk, standing: Standing
) -> None:
    made = decide(counts, is_source=False, policy=policy, risk=risk)

    assert made.standing is standing


def test_high_risk_is_never_shown_unreviewed() -> None:
    every = [
        Counts(units=3, with_target=some, accepted=good, on_statement=stated)
        for some in range(4)
        for good in range(some + 1)
        for stated in range(good + 1)
    ]
    for counts, policy in itertools.product(every, Policy):
        made = decide(counts, is_source=False, policy=policy, risk=Risk.HIGH)

        assert made.standing is not Standing.UNREVIEWED
        assert (made.standing is Standing.NOT_YET) == (counts.accepted < 3)


def test_the_source_is_the_source_whatever_else() -> None:
    made = decide(NOTHING, is_source=True, policy=HIDDEN, risk=Risk.HIGH)

    assert made.standing is Standing.SOURCE


def test_every_obstacle_is_named() -> None:
    made = decide(ONE_MISSING, is_source=False, policy=HIDDEN, risk=Risk.HIGH)

    assert made.reasons == (
        Reason.UNITS_MISSING,
        Reason.POLICY_ASKS_FOR_REVIEW,
        Reason.RISK_ASKS_FOR_REVIEW,
    )
