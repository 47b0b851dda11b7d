"""What is kept of somebody is put right, and everything that follows from it."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.accounts.models import JournalEntry
from welcome.buddies.clearances import clearing
from welcome.buddies.clearances.clearing import Seen
from welcome.buddies.errors import PairHeld, PersonErased
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import (
    PausedBy,
    Prefers,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.models.requests import RequestState
from welcome.buddies.people import correcting, speaking
from welcome.buddies.people.applications import Household
from welcome.buddies.people.areas import cell_of
from welcome.buddies.people.correcting import NewcomerRight, VolunteerRight
from welcome.buddies.people.errors import NothingSpoken, SeatsFilled
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.vocabulary import (
    BuddyRole,
    Gender,
    Interest,
    Level,
    make_wish,
)

P, R = PairingState, RequestState
ANYBODY = {
    "name": "Nour Haddad", "tag": "ar", "prefers": Prefers.CALLED,
    "languages": {"ar": Level.FIRST, "en": Level.A_FEW_WORDS},
    "gender": Gender.WOMAN, "wish": make_wish([Gender.WOMAN]),
    "interests": (Interest.WALKING,), "about": "I hear badly",
}  # fmt: skip
NEWCOMER = NewcomerRight(
    **ANYBODY,
    avoids_own_community=True,
    never_told="A cousin",
    interpreter="Amal",
    household=Household.ALONE,
    buddies=1,
)
FAMILY = replace(NEWCOMER, household=Household.FAMILY, buddies=2)
VOLUNTEER = VolunteerRight(**ANYBODY, offers=(BuddyRole.ADULT,), reach_m=5000)


def of_newcomer(session, request, right, now, actor=None):
    correcting.correct_newcomer(session, request, right, SCHEME, actor=actor, now=now)


def of_volunteer(session, volunteer, right, now, actor=None):
    correcting.correct_volunteer(
        session, volunteer, right, SCHEME, actor=actor, now=now
    )


def noted(session):
    """What the journal tells of corrections."""
    asked = select(JournalEntry.act, JournalEntry.subject)
    return [each for each in session.exec(asked) if each[0].endswith("corrected")]


def has(person):
    return {name: getattr(person, name) for name in ANYBODY if name != "languages"}


RIGHT = {
    **{name: value for name, value in ANYBODY.items() if name != "languages"},
    "interests": ["walking"],
}


def test_a_newcomer_and_their_request_are_put_right(session, cast, now):
    newcomer = scenes.newcomer(session, now)
    request = scenes.request(session, newcomer, now)
    of_newcomer(session, request, FAMILY, now, cast.coordinator)
    assert has(newcomer) == RIGHT
    assert speaking.list_newcomer(session, newcomer) == ANYBODY["languages"]
    assert newcomer.avoids_own_community
    assert (newcomer.never_told, newcomer.interpreter) == ("A cousin", "Amal")
    assert (request.role, request.adults, request.buddies) == (BuddyRole.FAMILY, 1, 2)
    assert noted(session) == [("newcomer.corrected", "newcomer")]
    assert scenes.open_tasks(session) == [
        ("name-to-keep-away", "newcomer", newcomer.id)
    ]


@pytest.mark.parametrize(
    ("household", "asked"),
    [(Household.ALONE, (BuddyRole.ADULT, 1, 1)), (Household.COUPLE, (BuddyRole.ADULT, 2, 1))],
)  # fmt: skip
def test_only_a_family_has_two_buddies(session, now, household, asked):
    request = scenes.request(session, scenes.newcomer(session, now), now)
    of_newcomer(session, request, replace(FAMILY, household=household), now)
    assert (request.role, request.adults, request.buddies) == asked


def test_names_that_stay_raise_no_task_again(session, now):
    newcomer = scenes.newcomer(session, now, never_told="A cousin")
    of_newcomer(session, scenes.request(session, newcomer, now), NEWCOMER, now)
    assert scenes.open_tasks(session) == []


def test_a_pair_that_stands_goes_on(session, now):
    scene = scenes.scene(session, now, P.MEETING)
    of_newcomer(session, scene.request, NEWCOMER, now)
    of_volunteer(session, scene.volunteer, VOLUNTEER, now)
    assert (scene.pairing.state, scene.request.state) == (P.MEETING, R.PAIRED)
    assert scene.volunteer.held == 1


def test_who_wants_a_second_buddy_waits_again(session, now):
    scene = scenes.scene(session, now, P.MEETING)
    of_newcomer(session, scene.request, FAMILY, now)
    assert (scene.pairing.state, scene.request.state) == (P.MEETING, R.OPEN)
    of_newcomer(session, scene.request, replace(FAMILY, buddies=1), now)
    assert (scene.pairing.state, scene.request.state) == (P.MEETING, R.PAIRED)


@pytest.fixture
def two(session, now):
    """A family that has a buddy and is asked about a second one."""
    scene = scenes.scene(session, now, P.MEETING)
    scene.request.buddies, scene.request.state = 2, R.OPEN
    scene.request.role = BuddyRole.FAMILY
    other = scenes.scene(session, now, P.NEWCOMER_ASKED)
    second = other.pairing
    second.request_id, second.newcomer_id = scene.request.id, scene.newcomer.id
    second.seat = 2
    session.commit()
    scene.other, scene.second = other.volunteer, second
    return scene


def test_who_wants_one_buddy_fewer_is_asked_no_more(session, two, now):
    of_newcomer(session, two.request, replace(FAMILY, buddies=1), now)
    assert (two.second.state, two.other.held) == (P.WITHDRAWN, 0)
    assert (two.pairing.state, two.request.state) == (P.MEETING, R.PAIRED)


def test_nobody_has_fewer_buddies_than_agreed(session, two, now):
    two.second.state = P.MEETING
    session.commit()
    with pytest.raises(SeatsFilled):
        of_newcomer(session, two.request, replace(FAMILY, buddies=1), now)


def test_what_is_held_is_not_taken_back(session, two, now):
    two.second.state, two.second.held_from = P.HELD, P.NEWCOMER_ASKED.value
    session.commit()
    with pytest.raises(PairHeld):
        of_newcomer(session, two.request, replace(FAMILY, buddies=1), now)
    of_newcomer(session, two.request, FAMILY, now)
    assert two.second.state is P.HELD


def test_a_volunteer_is_put_right_and_found_where_they_live(session, cast, now):
    area = scenes.area(session)
    area.easting, area.northing = 401_002, 298_001
    volunteer = scenes.volunteer(session, now, area_id=area.id, offers=["adult"])
    of_volunteer(session, volunteer, VOLUNTEER, now, cast.coordinator)
    assert has(volunteer) == RIGHT
    assert (volunteer.offers, volunteer.reach_m) == (["adult"], 5000)
    found = session.exec(select(VolunteerLanguage)).all()
    assert {(each.language, each.level) for each in found} == {
        *ANYBODY["languages"].items()
    }
    assert {(each.cell_x, each.cell_y) for each in found} == {cell_of(area)}
    assert noted(session) == [("volunteer.corrected", "volunteer")]
    assert volunteer.state is VolunteerState.CLEARED


def test_other_roles_are_other_clearances(session, cast, now):
    volunteer = scenes.volunteer(
        session, now, offers=["adult"], state=VolunteerState.CLEARING
    )
    once = set(ClearanceKind) - {ClearanceKind.DBS}
    seen = [Seen(kind=kind, seen_on=now.date()) for kind in sorted(once)]
    seen.append(seen[sorted(once).index(ClearanceKind.REFERENCE)])
    seen += [
        Seen(
            kind=ClearanceKind.DBS, seen_on=now.date(), role=BuddyRole.ADULT,
            level=DbsLevel.NONE, reason="Never alone with children",
        )
    ]  # fmt: skip
    for each in seen:
        clearing.record_clearance(
            session, volunteer, each, actor=cast.coordinator, today=now.date(), now=now
        )
    assert volunteer.state is VolunteerState.CLEARED
    of_volunteer(
        session, volunteer, replace(VOLUNTEER, offers=(BuddyRole.FAMILY,)), now
    )
    assert session.exec(select(ClearedFor)).all() == []
    assert (volunteer.state, volunteer.paused_by) == (
        VolunteerState.PAUSED, PausedBy.CLEARANCE,
    )  # fmt: skip
    of_volunteer(session, volunteer, replace(VOLUNTEER, offers=tuple(BuddyRole)), now)
    assert session.exec(select(ClearedFor.role)).all() == [BuddyRole.ADULT]
    assert volunteer.state is VolunteerState.CLEARED


def test_nobody_speaks_nothing_or_is_known_again(session, now):
    newcomer = scenes.newcomer(session, now)
    request = scenes.request(session, newcomer, now)
    volunteer = scenes.volunteer(session, now)
    with pytest.raises(NothingSpoken):
        of_newcomer(session, request, replace(NEWCOMER, languages={}), now)
    with pytest.raises(NothingSpoken):
        of_volunteer(session, volunteer, replace(VOLUNTEER, languages={}), now)
    newcomer.erased_at = volunteer.erased_at = now
    session.flush()
    with pytest.raises(PersonErased):
        of_newcomer(session, request, NEWCOMER, now)
    with pytest.raises(PersonErased):
        of_volunteer(session, volunteer, VOLUNTEER, now)
