"""Other rules are tried out on those who wait, and bind nobody until they are set."""

from dataclasses import replace

import pytest

from tests.buddies.rows import SCHEME
from tests.partners.shared import share
from welcome.accounts.journal import list_entries
from welcome.buddies import scoring_policy
from welcome.buddies.errors import BadReach
from welcome.buddies.explaining.planning import Outcome
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.overseeing.trying import try_out
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.buddies.rules.policy import Policy, Weights
from welcome.buddies.rules.vocabulary import Level

# The two of `profiles` live five kilometres apart.
NARROW, WIDE = Policy(reach_m=4_000), Policy(reach_m=8_000)
WEIGHTS = Weights(language=60, time=10, nearness=10, interests=10, same_organisation=10)


def change(town, after):
    return try_out(town.session, town.everywhere, after, town.moment)


@pytest.fixture
def narrow(town):
    scoring_policy.write(town.session, NARROW, actor=None, now=town.now)
    return town


def test_a_wider_reach_brings_people_in_reach(narrow):
    narrow.ask(3)
    narrow.help(2, reach_m=None)
    found = change(narrow, WIDE)
    assert (found.before, found.after) == (Outcome(0, 0), Outcome(3, 2))


def test_who_was_asked_about_is_not_counted_and_the_place_is_taken(narrow):
    [asking, *_others] = narrow.ask(3)
    [first, _second] = narrow.help(2, reach_m=None)
    narrow.pair(asking, first, PairingState.VOLUNTEER_ASKED)
    first.held = 1
    assert change(narrow, WIDE).after == Outcome(2, 1)


def test_a_draft_holds_nobody(narrow):
    [asking] = narrow.ask(1)
    [volunteer] = narrow.help(1, reach_m=None)
    narrow.pair(asking, volunteer, PairingState.DRAFT)
    assert change(narrow, WIDE).after == Outcome(1, 1)


def test_who_shares_stays_as_it_is(narrow):
    narrow.ask(1, 1)
    narrow.help(1, 2, reach_m=None)
    assert change(narrow, WIDE).more_matched == 0
    one, other, _third = narrow.organisations
    share(narrow.session, one, other, actor=None, now=narrow.now)
    assert change(narrow, WIDE).more_matched == 1


def test_nothing_is_set_by_trying(narrow):
    narrow.ask(1)
    change(narrow, WIDE)
    assert scoring_policy.read(narrow.session) == (1, NARROW)


def test_every_version_is_kept_with_who_and_when(narrow, cast):
    lead = cast.scheme_lead
    stricter = replace(WIDE, minimum=Level.WELL, weights=WEIGHTS)
    made = scoring_policy.write(narrow.session, stricter, actor=lead, now=narrow.now)
    second, first = scoring_policy.list_versions(narrow.session)
    assert (second.number, second.policy, second.made_by_id) == (2, stricter, lead.id)
    assert (first.number, first.policy, first.made_by_id) == (1, NARROW, None)
    assert second.made_at == narrow.now
    assert made == 2
    entry, *_others = list_entries(narrow.session)
    assert (entry.act, entry.actor_id) == ("policy.set", lead.id)


@pytest.mark.parametrize("metres", [499, 50_001])
def test_nobody_sets_a_reach_out_of_bounds(town, metres):
    assert not scoring_policy.is_reach(metres)
    with pytest.raises(BadReach):
        scoring_policy.write(
            town.session, Policy(reach_m=metres), actor=None, now=town.now
        )
    assert scoring_policy.list_versions(town.session) == []


def test_old_runs_keep_their_own_weights(town):
    town.ask(1)
    town.help(1, reach_m=None)
    scope = Scope(town.everywhere, town.everywhere)
    old = runs.run(town.session, scope, SCHEME, actor=None, now=town.now)
    heavy = Policy(weights=WEIGHTS)
    scoring_policy.write(town.session, heavy, actor=None, now=town.now)
    new = runs.run(town.session, scope, SCHEME, actor=None, now=town.now)
    assert (old.run.policy_version, new.run.policy_version) == (0, 1)
    used = [scoring_policy.from_settings(each.run.policy) for each in (old, new)]
    assert used == [Policy(), heavy]
    for each in (old, new):
        runs.verify_run(each.run)
    scores = [each.run.result["total_score"] for each in (old, new)]
    assert scores[0] != scores[1]
