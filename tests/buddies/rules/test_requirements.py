"""Judging what somebody holds: a table, and what holds for everybody."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from welcome.buddies.clearances.errors import BadRequirements
from welcome.buddies.clearances.required import read_settings, write_settings
from welcome.buddies.rules.requirements import (
    DEFAULTS,
    FOREVER,
    LAPSES_SOON,
    ClearanceKind,
    DbsLevel,
    Held,
    Requirement,
    RequirementSet,
    Standing,
    judge,
    lapses_on,
)
from welcome.buddies.rules.vocabulary import BuddyRole

TODAY = date(2026, 3, 2)
ADULT, FAMILY = BuddyRole.ADULT, BuddyRole.FAMILY
K = ClearanceKind
DAY = timedelta(days=1)

SEEN = [Held(each) for each in (K.IDENTITY, K.INTERVIEW, K.TRAINING, K.AGREEMENT)]
REFERENCES = [Held(K.REFERENCE), Held(K.REFERENCE)]


def decided(role, level=DbsLevel.NONE, **more):
    return Held(K.DBS, role=role, level=level, **more)


WHOLE = [*SEEN, *REFERENCES, decided(ADULT)]


def standing(held, kind, role=ADULT, today=TODAY):
    found = {each.kind: each for each in judge(DEFAULTS[role], held, today).findings}
    return found[kind].standing


TABLE = [
    ("nothing", [], ADULT, K.IDENTITY, Standing.MISSING),
    ("seen", WHOLE, ADULT, K.IDENTITY, Standing.MET),
    ("seen and refused later", [*WHOLE, Held(K.IDENTITY, is_met=False)], ADULT,
     K.IDENTITY, Standing.MISSING),
    ("refused and seen later", [Held(K.IDENTITY, is_met=False), *WHOLE], ADULT,
     K.IDENTITY, Standing.MET),
    ("one reference", REFERENCES[:1], ADULT, K.REFERENCE, Standing.MISSING),
    ("two references", REFERENCES, ADULT, K.REFERENCE, Standing.MET),
    ("one since one was refused",
     [*REFERENCES, Held(K.REFERENCE, is_met=False), Held(K.REFERENCE)], ADULT,
     K.REFERENCE, Standing.MISSING),
    ("on its last day", [Held(K.TRAINING, expires_on=TODAY)], ADULT, K.TRAINING,
     Standing.LAPSING),
    ("the day after", [Held(K.TRAINING, expires_on=TODAY - DAY)], ADULT, K.TRAINING,
     Standing.LAPSED),
    ("a month before", [Held(K.TRAINING, expires_on=TODAY + LAPSES_SOON)], ADULT,
     K.TRAINING, Standing.LAPSING),
    ("longer before", [Held(K.TRAINING, expires_on=TODAY + LAPSES_SOON + DAY)], ADULT,
     K.TRAINING, Standing.MET),
    ("renewed", [Held(K.TRAINING, expires_on=TODAY - DAY), Held(K.TRAINING)], ADULT,
     K.TRAINING, Standing.MET),
    ("no check for an adult", [decided(ADULT)], ADULT, K.DBS, Standing.MET),
    ("decided for an adult alone", [decided(ADULT)], FAMILY, K.DBS, Standing.MISSING),
    ("no check for a family", [decided(FAMILY)], FAMILY, K.DBS, Standing.MISSING),
    ("a check for a family", [decided(FAMILY, DbsLevel.BASIC)], FAMILY, K.DBS,
     Standing.MET),
    ("a decision without a level", [decided(ADULT, None)], ADULT, K.DBS,
     Standing.MISSING),
    ("a decision not met yet", [decided(ADULT, is_met=False)], ADULT, K.DBS,
     Standing.MISSING),
]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "role", "kind", "wanted"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_how_a_requirement_stands(held, role, kind, wanted):
    assert standing(held, kind, role) is wanted


def test_whoever_holds_everything_is_cleared_for_that_role_alone():
    assert judge(DEFAULTS[ADULT], WHOLE, TODAY).is_cleared
    assert judge(DEFAULTS[ADULT], WHOLE, TODAY).until == FOREVER
    assert not judge(DEFAULTS[FAMILY], WHOLE, TODAY).is_cleared


@pytest.mark.parametrize("left_out", list(K), ids=str)
def test_each_thing_is_needed(left_out):
    held = [each for each in WHOLE if each.kind is not left_out]
    found = judge(DEFAULTS[ADULT], held, TODAY)
    assert not found.is_cleared
    assert found.until is None


def test_what_is_not_asked_for_is_not_judged():
    asked = RequirementSet(ADULT, (Requirement(K.IDENTITY), Requirement(K.DBS, 0)))
    found = judge(asked, [Held(K.IDENTITY)], TODAY)
    assert [each.kind for each in found.findings] == [K.IDENTITY]
    assert found.is_cleared


days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
ends = st.none() | days
held_rows = st.builds(
    Held,
    kind=st.sampled_from(K),
    is_met=st.booleans() | st.just(value=True),
    expires_on=ends,
    role=st.sampled_from(BuddyRole),
    level=st.none() | st.sampled_from(DbsLevel),
)
kinds_asked = st.lists(st.sampled_from(K), unique=True, min_size=1)
sets = st.builds(
    lambda role, kinds, twice, enough: RequirementSet(
        role,
        tuple(Requirement(k, twice if k is K.REFERENCE else 1) for k in kinds),
        enough,
    ),
    st.sampled_from(BuddyRole),
    kinds_asked,
    st.integers(1, 3),
    st.booleans(),
)
held_lists = st.lists(held_rows, max_size=14) | st.permutations(WHOLE)


@given(sets, held_lists, days)
def test_somebody_is_cleared_until_the_end_of_a_day_and_no_longer(asked, held, today):
    found = judge(asked, held, today)
    assume(found.is_cleared)
    assert found.until >= today
    if found.until == FOREVER:
        return
    assert judge(asked, held, found.until).is_cleared
    after = judge(asked, held, found.until + DAY)
    assert not after.is_cleared
    assert after.has_lapsed


@given(sets, held_lists, days, days)
def test_time_alone_clears_nobody(asked, held, one, other):
    before, after = sorted([one, other])
    if judge(asked, held, after).is_cleared:
        assert judge(asked, held, before).is_cleared


@given(sets, held_lists, days)
def test_meeting_everything_anew_clears(asked, held, today):
    anew = [
        Held(each.kind, role=asked.role, level=DbsLevel.BASIC)
        for each in asked.requirements
        for _ in range(each.count)
    ]
    assert judge(asked, [*held, *anew], today).until == FOREVER


@given(sets, held_lists, days)
def test_what_is_of_other_kinds_makes_no_difference(asked, held, today):
    kinds = {each.kind for each in asked.requirements}
    fewer = [each for each in held if each.kind in kinds]
    assert judge(asked, held, today) == judge(asked, fewer, today)


@given(days, st.integers(1, 120))
def test_months_end_where_the_calendar_says(seen_on, months):
    end = lapses_on(seen_on, months)
    counted = (end.year - seen_on.year) * 12 + end.month - seen_on.month
    assert counted == months
    assert end.day == seen_on.day or (end + DAY).day == 1


def test_without_months_nothing_lapses():
    assert lapses_on(TODAY, None) is None


@given(st.data())
def test_settings_read_back_as_they_were_written(data):
    chosen = {}
    for role in BuddyRole:
        wanted = tuple(
            Requirement(
                kind,
                data.draw(st.integers(0, 5 if kind is K.REFERENCE else 1)),
                data.draw(st.none() | st.integers(1, 120)),
            )
            for kind in K
        )
        assume(any(each.count for each in wanted))
        chosen[role] = RequirementSet(role, wanted, data.draw(st.booleans()))
    assert read_settings(write_settings(chosen)) == chosen


def adult(**changed):
    settings = write_settings(DEFAULTS)
    settings["adult"] = {**settings["adult"], **changed}
    return settings


NOBODY_ASKS = {kind.value: {"count": 0, "months": None} for kind in K}


@pytest.mark.parametrize(
    "settings",
    [
        {"stranger": write_settings(DEFAULTS)["adult"]},
        {"adult": []},
        {"adult": {}},
        adult(identity={"count": 2, "months": None}),
        adult(identity={"count": -1, "months": None}),
        adult(identity={"count": True, "months": None}),
        adult(identity={"count": 1}),
        adult(identity=1),
        adult(reference={"count": 6, "months": None}),
        adult(training={"count": 1, "months": 0}),
        adult(training={"count": 1, "months": 121}),
        adult(training={"count": 1, "months": "3"}),
        adult(passport={"count": 1, "months": None}),
        adult(**NOBODY_ASKS),
        adult(**{"none-is-enough": 1}),
    ],
    ids=lambda each: str(each)[-60:],
)
def test_settings_that_cannot_be_are_refused(settings):
    with pytest.raises(BadRequirements):
        read_settings(settings)


def test_a_role_that_is_not_set_asks_for_the_usual():
    assert read_settings({}) == DEFAULTS
