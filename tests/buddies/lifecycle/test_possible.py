"""Rules are looked at again before people are told: all of them, then those that are firm."""

from datetime import date

import pytest

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from tests.partners.shared import share
from welcome.buddies.errors import NotPossible
from welcome.buddies.lifecycle import exits, pairings, proposals
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import Area, AreaKind, PausedBy, VolunteerState
from welcome.buddies.models.requests import BlockReason
from welcome.buddies.people.speaking import (
    set_newcomer_languages,
    set_volunteer_languages,
)
from welcome.buddies.rules.vocabulary import Gender, Level, make_wish
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind


def ask(session, pairing, now):
    proposals.ask_volunteer(session, pairing, SCHEME, actor=None, now=now)


def lapse(session, scene, now):
    cleared = session.get_one(ClearedFor, (scene.volunteer.id, "adult"))
    cleared.until = date(2026, 3, 1)


def block(session, scene, now):
    exits.block(session, scene.pairing, BlockReason.NEVER_TOLD, actor=None, now=now)


def part(session, scene, now):
    kind = OrganisationKind.COLLEGE
    college = agreements.add_organisation(session, "College", kind, actor=None, now=now)
    scene.volunteer.organisation_id = college.id


def wish(session, scene, now):
    scene.newcomer.wish = make_wish([Gender.WOMAN])


def be_young(session, scene, now):
    scene.volunteer.is_adult = False


def want_family(session, scene, now):
    scene.request.role = "family"


def live_far(session, scene, now):
    scene.newcomer.area_id = scenes.area(session).id
    values = {"kind": AreaKind.SECTOR, "easting": 0, "northing": 9_000}
    far = Area(code="WS9 9", name="WS9 9", **values)
    session.add(far)
    session.flush()
    scene.volunteer.area_id = far.id


def have_no_time(session, scene, now):
    scene.volunteer.times = 0b111 << 12


def speak_otherwise(session, scene, now):
    set_volunteer_languages(session, scene.volunteer, {"en": Level.FIRST})


def forget(session, scene, now):
    set_newcomer_languages(session, scene.newcomer, {"ar": Level.A_FEW_WORDS})


def avoid(session, scene, now):
    set_volunteer_languages(session, scene.volunteer, {"ar": Level.FIRST})
    scene.newcomer.avoids_own_community = True


FIRM = [lapse, block, part, wish, be_young, want_family]
SOFT = [live_far, have_no_time, speak_otherwise, forget, avoid]


@pytest.mark.parametrize("change", [*FIRM, *SOFT], ids=lambda f: f.__name__)
def test_the_rules_are_looked_at_again_before_anybody_is_told(session, now, change):
    scene = scenes.scene(session, now)
    change(session, scene, now)
    session.commit()
    with pytest.raises(NotPossible):
        ask(session, scene.pairing, now)
    session.rollback()
    session.expire_all()
    assert scene.pairing.state is PairingState.DRAFT
    assert (scene.volunteer.held, scenes.letters(session)) == (0, [])


@pytest.mark.parametrize("change", SOFT, ids=lambda f: f.__name__)
def test_two_who_agreed_meet_whatever_suits_them_less_by_now(session, now, change):
    scene = scenes.scene(session, now, PairingState.AGREED)
    change(session, scene, now)
    pairings.introduce(session, scene.pairing, SCHEME, actor=None, now=now)
    assert scene.pairing.state is PairingState.INTRODUCED


@pytest.mark.parametrize("change", FIRM, ids=lambda f: f.__name__)
def test_two_who_agreed_do_not_meet_against_a_firm_rule(session, now, change):
    scene = scenes.scene(session, now, PairingState.AGREED)
    change(session, scene, now)
    with pytest.raises(NotPossible):
        pairings.introduce(session, scene.pairing, SCHEME, actor=None, now=now)


def test_who_paused_is_asked_nothing_and_still_meets_whom_they_agreed_to(session, now):
    scene = scenes.scene(session, now, PairingState.AGREED)
    scene.volunteer.state, scene.volunteer.paused_by = (
        VolunteerState.PAUSED,
        PausedBy.THEMSELVES,
    )
    pairings.introduce(session, scene.pairing, SCHEME, actor=None, now=now)
    assert scene.pairing.state is PairingState.INTRODUCED


def test_organisations_that_share_let_their_people_meet(session, now):
    scene = scenes.scene(session, now)
    part(session, scene, now)
    home, college = agreements.list_shared(session), scene.volunteer.organisation_id
    assert home == frozenset()
    one, other = (
        session.get_one(scenes.Organisation, each)
        for each in (scene.newcomer.organisation_id, college)
    )
    share(session, one, other, actor=None, now=now)
    ask(session, scene.pairing, now)
    assert scene.volunteer.held == 1
