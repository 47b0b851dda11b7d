"""Another volunteer for a draft: the cost that is told is the cost that is paid."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome.buddies.errors import CostChanged, MoveRefused
from welcome.buddies.lifecycle import proposals
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.proposing import drafts, runs, swapping
from welcome.buddies.proposing.posing import Scope
from welcome.buddies.proposing.swapping import Cost, Wanted
from welcome.buddies.rules.vocabulary import Level

LESS = {"en": Level.A_FEW_WORDS, "ar": Level.EVERYDAY}


def live(session):
    asked = select(Pairing).where(Pairing.state == PairingState.DRAFT)
    return list(session.exec(asked.order_by(Pairing.id)))


def people(session):
    return len({each.request_id for each in live(session)})


def points(session):
    return sum(each.score for each in live(session))


def choose(session, town, pairing, option, **values):
    wanted = Wanted(option.key, option.cost, town.everywhere, **values)
    swapping.choose(session, pairing, wanted, rows.SCHEME, actor=None, now=town.now)


@pytest.fixture
def town(session, now):
    return rows.crowded(session, now, 4)


@pytest.fixture
def ran(session, town):
    """A crowded town after a run."""
    scope = Scope(town.everywhere, town.everywhere)
    runs.run(session, scope, rows.SCHEME, actor=None, now=town.now)
    session.commit()
    return town


def test_every_option_costs_what_was_told(session, ran):
    tried = set()
    for number in range(len(live(session))):
        pairing = live(session)[number]
        for option in swapping.list_options(
            session, pairing, ran.everywhere, ran.moment
        ):
            before = (people(session), points(session))
            choose(session, ran, pairing, option)
            after = (people(session), points(session))
            told = option.cost
            assert after == (before[0] + told.people, before[1] + told.score)
            assert session.get_one(Pairing, pairing.id).volunteer_id == (
                option.volunteer_id
            )
            kind = "free" if option.other is None else "exchanged"
            tried.add(kind if option.left or not option.other else "lost")
            session.rollback()
    assert tried >= {"free", "lost"}


def test_options_stand_by_what_they_cost(session, ran):
    for pairing in live(session):
        options = swapping.list_options(session, pairing, ran.everywhere, ran.moment)
        costs = [(-each.cost.people, -each.cost.score) for each in options]
        assert costs == sorted(costs)


def test_no_place_is_drafted_twice(session, ran):
    for pairing in live(session):
        for option in swapping.list_options(
            session, pairing, ran.everywhere, ran.moment
        ):
            choose(session, ran, pairing, option)
            taken = [each.volunteer_id for each in live(session)]
            for volunteer in ran.volunteers.values():
                free = max(0, volunteer.capacity - volunteer.held)
                assert taken.count(volunteer.id) <= free
            session.rollback()


def test_after_a_run_no_option_gives_more_people_or_a_better_set(session, ran):
    """A run is the best there is: whatever is forced on it costs something, or nothing."""
    scope = Scope(ran.everywhere, ran.everywhere)
    looked = 0
    for pairing in live(session)[:8]:
        options = swapping.list_options(session, pairing, ran.everywhere, ran.moment)
        for option in options[:3]:
            cost = swapping.cost_at_best(session, pairing, option, scope, ran.moment)
            assert cost.people <= 0
            assert cost.people < 0 or cost.score <= 0 or option.cost.people < 0
            looked += 1
    assert looked > 5


@pytest.fixture
def pair_of_drafts(session, now):
    """Two drafts whose volunteers could be exchanged; each has one place."""
    town = rows.Town(session, now)
    town.organise(1)
    town.add_volunteer(VOLUNTEER)
    town.add_volunteer(replace(VOLUNTEER, key=3, languages=LESS))
    made = []
    for key in (1, 2):
        request = town.add_request(replace(NEWCOMER, key=key))
        volunteer = town.volunteers[key + 1]
        made.append(drafts.draft(session, request, volunteer, actor=None, now=now))
    session.commit()
    return town, made


def test_two_drafts_exchange_their_volunteers(session, pair_of_drafts):
    town, (one, other) = pair_of_drafts
    before = one.volunteer_id, other.volunteer_id
    (option,) = swapping.list_options(session, one, town.everywhere, town.moment)
    assert (option.other.id, option.cost.people) == (other.id, 0)
    choose(session, town, one, option, pins=True)
    assert (other.volunteer_id, one.volunteer_id) == before
    assert (one.is_pinned, other.is_pinned) == (True, False)


def test_drafts_that_are_pinned_or_led_by_others_stay(session, pair_of_drafts):
    town, (one, other) = pair_of_drafts
    assert swapping.list_options(session, one, frozenset(), town.moment) == []
    drafts.pin(session, other, actor=None, now=town.now)
    assert swapping.list_options(session, one, town.everywhere, town.moment) == []


def test_a_draft_that_was_sent_meanwhile_is_not_exchanged(session, pair_of_drafts):
    town, (one, other) = pair_of_drafts
    (option,) = swapping.list_options(session, one, town.everywhere, town.moment)
    proposals.ask_volunteer(session, other, rows.SCHEME, actor=None, now=town.now)
    with pytest.raises(CostChanged):
        choose(session, town, one, option)
    assert swapping.list_options(session, other, town.everywhere, town.moment) == []


def test_a_cost_that_changed_is_refused(session, pair_of_drafts):
    town, (one, _other) = pair_of_drafts
    (option,) = swapping.list_options(session, one, town.everywhere, town.moment)
    for cost in (Cost(-1, option.cost.score), Cost(0, option.cost.score + 1)):
        with pytest.raises(CostChanged):
            choose(session, town, one, replace(option, cost=cost))
    with pytest.raises(CostChanged):
        choose(session, town, one, replace(option, volunteer_id=one.volunteer_id))


def test_what_is_no_draft_has_no_options(session, pair_of_drafts):
    town, (one, _other) = pair_of_drafts
    proposals.ask_volunteer(session, one, rows.SCHEME, actor=None, now=town.now)
    assert swapping.list_options(session, one, town.everywhere, town.moment) == []
    with pytest.raises(MoveRefused):
        drafts.swap(session, one, town.volunteers[3], actor=None, now=town.now)
