"""Who asked of late is compared by groups: who has met somebody, who waited how long."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import rows
from welcome.buddies import scoring_policy
from welcome.buddies.explaining.fairness import Dimension, Figures
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import Area, Newcomer
from welcome.buddies.models.requests import RequestState
from welcome.buddies.models.rights import ErasedFor
from welcome.buddies.overseeing.comparing import compare_those_who_asked
from welcome.buddies.privacy import erasing
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.vocabulary import Gender, Level, make_wish

TIGRINYA = {"ti": Level.FIRST}
POLISH = {"pl": Level.FIRST, "en": Level.EVERYDAY}


def ledger(town):
    return compare_those_who_asked(town.session, town.everywhere, town.moment)


def meet(town, asked, after, state=PairingState.MEETING):
    """Introduce each to somebody, so many days after they asked."""
    for asking, volunteer in zip(asked, town.help(len(asked)), strict=True):
        met_at = asking.waiting_since + timedelta(days=after)
        town.pair(asking, volunteer, state, introduced_at=met_at)


def test_each_group_has_its_share_and_its_wait(town):
    asked = town.ask(8, languages=TIGRINYA, waiting_days=60)
    meet(town, asked[:2], after=20)
    asked = town.ask(5, languages=POLISH, waiting_days=30, place=(1, 2))
    meet(town, asked[:4], after=10)
    found = ledger(town)
    assert found.everybody == Figures(13, 46, 30)
    assert found.tables[Dimension.LANGUAGE] == {
        "pl": Figures(5, 80, 10),
        "ti": Figures(8, 25, 60),
    }
    assert found.tables[Dimension.AREA] == {
        "1-2": Figures(5, 80, 10),
        "400000-300000": Figures(8, 25, 60),
    }
    assert found.tables[Dimension.ENGLISH] == {
        "no": Figures(8, 25, 60),
        "yes": Figures(5, 80, 10),
    }


def test_who_wishes_and_who_does_not_is_told_apart(town):
    town.ask(6, wish=make_wish([Gender.WOMAN]), place=None)
    town.ask(5, wish=make_wish([Gender.MAN]))
    town.ask(8, wish=make_wish([Gender.WOMAN, Gender.ANOTHER]))
    town.ask(7)
    tables = ledger(town).tables
    assert {n: f.people for n, f in tables[Dimension.GENDER_WISH].items()} == {
        "women": 6,
        "men": 5,
        "other": 8,
        "any": 7,
    }
    assert set(tables[Dimension.AREA]) == {"", "400000-300000"}


def test_english_counts_at_the_level_that_the_rules_ask_for(town):
    town.ask(6, languages=POLISH)
    town.ask(6, languages=TIGRINYA)
    assert ledger(town).tables[Dimension.ENGLISH].keys() == {"yes", "no"}
    strict = replace(Policy(), minimum=Level.WELL)
    scoring_policy.write(town.session, strict, actor=None, now=town.now)
    assert ledger(town).tables[Dimension.ENGLISH].keys() == {"no"}


@pytest.mark.parametrize(
    ("state", "days", "counted"),
    [
        (RequestState.OPEN, 500, True),
        (RequestState.ON_HOLD, 500, True),
        (RequestState.EXPIRED, 300, True),
        (RequestState.CLOSED, 300, True),
        (RequestState.EXPIRED, 500, False),
        (RequestState.WITHDRAWN, 300, False),
        (RequestState.REFERRED_ON, 300, False),
    ],
)
def test_who_asked_of_late_counts_and_who_went_elsewhere_does_not(
    town, state, days, counted
):
    for each in town.ask(6, waiting_days=days):
        each.state = state
        each.moved_at = town.now - timedelta(days=days - 100)
    found = ledger(town).everybody
    if not counted:
        assert found is None
        return
    waits = state in {RequestState.OPEN, RequestState.ON_HOLD}
    assert found == Figures(6, 0, days if waits else 100)


def test_who_met_somebody_and_withdrew_later_was_served(town):
    asked = town.ask(6, waiting_days=90)
    meet(town, asked, after=30, state=PairingState.ENDED)
    for each in asked:
        each.state = RequestState.WITHDRAWN
    assert ledger(town).everybody == Figures(6, 100, 30)


def test_of_two_introductions_the_first_ends_the_wait(town):
    asked = town.ask(6, waiting_days=90)
    meet(town, asked, after=50, state=PairingState.ENDED)
    meet(town, asked, after=30, state=PairingState.ENDED)
    assert ledger(town).everybody == Figures(6, 100, 30)


def test_the_ledger_is_the_same_before_and_after_an_erasure(town):
    """Of those who met somebody, or whose request is over, nothing is lost."""
    few = make_wish([Gender.WOMAN, Gender.ANOTHER])
    typed = {"other:Elvish": Level.FIRST, "other:Orkish": Level.EVERYDAY}
    asked = [
        *town.ask(6, wish=few, waiting_days=60),
        *town.ask(6, wish=make_wish([Gender.WOMAN]), waiting_days=50),
        *town.ask(6, languages=typed, waiting_days=40, place=(1, 2)),
        *town.ask(6, languages=POLISH, waiting_days=20),
    ]
    for at, each in enumerate(town.session.exec(select(Area))):
        each.code, each.name = f"WS1 {at + 1}", f"Sector {at + 1}"
    meet(town, asked[::2], after=10, state=PairingState.ENDED)
    for each in asked:
        each.state = RequestState.CLOSED
    town.session.flush()
    before = ledger(town)
    for each in asked[:20]:
        person = town.session.get_one(Newcomer, each.newcomer_id)
        why = ErasedFor.ASKED
        erasing.erase(town.session, person, why, rows.SCHEME, actor=None, now=town.now)
        assert person.wish != few
    assert ledger(town) == before
    assert before.tables[Dimension.GENDER_WISH].keys() == {"any", "other", "women"}
    assert before.tables[Dimension.AREA].keys() == {"WS1"}


def test_others_organisations_are_not_looked_at(town):
    town.ask(7, 2)
    town.session.flush()
    assert ledger(town).everybody.people == 7
    own = {town.organisations[2].id}
    assert compare_those_who_asked(town.session, own, town.moment).everybody is None
