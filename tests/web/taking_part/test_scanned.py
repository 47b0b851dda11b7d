"""Programs open every link of every letter first: nothing changes, nothing is used up."""

from datetime import timedelta
from importlib.resources import files
from types import SimpleNamespace

import pytest
from sqlmodel import select

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from tests.web.taking_part.scanning import ACTS, LETTERS, PRESSED, Post
from welcome import clock
from welcome.buddies import contacts
from welcome.buddies.clearances import referees, references
from welcome.buddies.clearances.referees import Named
from welcome.buddies.due import deadlines
from welcome.buddies.lifecycle import checkins, exits, pairings, proposals
from welcome.buddies.models.clearing import Relation
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer
from welcome.buddies.people import door, still_free
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.web.taking_part.links import PATHS, REGISTRY

WORRY = '{% include "worry.txt" %}'


@pytest.fixture
def people(session):
    """A newcomer, a volunteer with a referee, and a draft between the two."""
    now = clock.now()
    town = rows.Town(session, now)
    town.organise(1)
    volunteer, asking = town.add_volunteer(VOLUNTEER), town.add_request(NEWCOMER)
    newcomer = session.get_one(Newcomer, asking.newcomer_id)
    for person, email in ((volunteer, "vera"), (newcomer, "nour")):
        contacts.set_email(session, person, f"{email}@example.org")
        person.safe_from, person.safe_until = 0, 24
    named = Named("Ruth", Relation.COLLEAGUE, "ruth@example.org")
    referee = referees.name_referee(session, volunteer, named, actor=None, now=now)
    scope = Scope(town.everywhere, town.everywhere)
    runs.run(session, scope, rows.SCHEME, actor=None, now=now)
    pairing = session.exec(select(Pairing)).one()
    session.commit()
    return SimpleNamespace(
        volunteer=volunteer, newcomer=newcomer, referee=referee, pairing=pairing
    )


@pytest.fixture
def later(monkeypatch):
    """Let days pass."""
    real = clock.now

    def act(days):
        shift = clock.now() - real() + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: real() + shift)

    return act


@pytest.fixture
def post(app, maker):
    return Post(app, maker)


def test_every_letter_with_a_link_is_opened_in_one_of_the_stories():
    folders = (files("welcome.messages") / "letters").iterdir()
    bodies = {
        each.name: (each / "body.txt").read_text("utf-8")
        for each in folders
        if each.is_dir()
    }
    linked = {
        name for name, body in bodies.items() if "{{ link }}" in body or WORRY in body
    }
    assert set().union(*LETTERS.values()) == linked


def test_there_is_a_button_to_press_behind_every_kind_of_link(app):
    assert {PATHS[path] for path in PRESSED} == set(REGISTRY)


def act(session, do, thing, *more):
    """Do something to a row, as it stands now, and commit."""
    session.refresh(thing)
    do(session, thing, *more, actor=None, now=clock.now())
    session.commit()


def remind(session, pairing, scheme, *, actor, now):
    deadlines.remind(session, pairing, scheme, now=now)


def ask_both(session, pairing, scheme, *, actor, now):
    checkins.ask_both(session, pairing, scheme, now=now)


def begin_ending(session, pairing, scheme, *, actor, now):
    day = pairings.Notice(scheme.today(now + timedelta(days=14)))
    pairings.begin_ending(session, pairing, day, scheme, actor=actor, now=now)


def ask_again(session, referee, scheme, *, actor, now):
    references.remind(session, referee, scheme, now=now)


def test_a_volunteer_signs_in_and_a_referee_answers_after_the_program(
    session, people, post, later
):
    door.send_link(session, "vera@example.org", rows.SCHEME, now=clock.now())
    session.commit()
    assert post.delivers() == ["sign-in"]
    act(session, references.ask, people.referee, rows.SCHEME)
    later(days=8)
    act(session, ask_again, people.referee, rows.SCHEME)
    first, again = post.comes()
    before = post.everything()
    post.scans(first)
    post.scans(again)
    assert post.everything() == before
    post.works(again, "reference")
    assert post.letters == LETTERS["door"]


def test_a_pair_goes_its_whole_way_though_a_program_opens_everything_first(
    session, people, post, later
):
    pairing, scheme = people.pairing, rows.SCHEME
    act(session, proposals.ask_volunteer, pairing, scheme)
    asked = post.comes()
    later(days=2)
    act(session, remind, pairing, scheme)
    before = post.everything()
    for address in asked:
        post.scans(address)
    assert post.everything() == before
    assert post.delivers() == ["answer"]
    assert post.delivers() == ["answer"]
    act(session, pairings.introduce, pairing, scheme)
    assert sorted(post.delivers()) == ["mine", "sign-in"]
    for days in (15, 7, 165):
        later(days=days)
        act(session, ask_both, pairing, scheme)
        assert post.delivers() == ["check-in"] * 2
    act(session, begin_ending, pairing, scheme)
    assert sorted(post.delivers()) == ["mine", "sign-in"]
    assert post.letters == LETTERS["pair"]


def test_a_volunteer_is_still_free_after_the_program(session, people, post, later):
    later(days=200)
    session.refresh(people.volunteer)
    still_free.ask(session, people.volunteer, rows.SCHEME, now=clock.now())
    session.commit()
    assert post.delivers() == ["still-free"]
    assert post.letters == LETTERS["still free"]


def test_who_hears_that_it_goes_no_further_finds_the_way_after_the_program(
    session, people, post
):
    act(session, proposals.ask_volunteer, people.pairing, rows.SCHEME)
    act(session, proposals.volunteer_agrees, people.pairing, rows.SCHEME)
    act(session, proposals.newcomer_agrees, people.pairing, rows.SCHEME)
    proposed = post.comes()
    act(session, exits.withdraw, people.pairing, rows.SCHEME)
    assert sorted(post.delivers()) == ["mine", "sign-in"]
    assert post.letters == LETTERS["no further"]
    gone = [answer_of(post, each) for each in proposed if ACTS.match(each)]
    assert gone == [410, 410]


def answer_of(post, address):
    return post.app.test_client().get(address).status_code
