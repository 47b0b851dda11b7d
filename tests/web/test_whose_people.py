"""Every route to a person, every role: own people open, all others are not there."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from sqlmodel import select

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome.buddies.links import About
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import CheckIn, CheckInKind, Pairing, Side
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import Block, BuddyRequest
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.buddies.tasks import raise_task
from welcome.cli.cast import PARTS
from welcome.partners import access as partners

OWN = "coordinator"
OTHERS = sorted({part.key for part in PARTS} - {OWN})
# Route, and which of the people its public id is of.
PAGES = {
    "coordinating.show_request": "asking",
    "coordinating.show_pairing": "pairing",
    "coordinating.show_run": "run",
    "coordinating.show_volunteer": "volunteer",
    "coordinating.recorded_newcomer": "newcomer",
    "coordinating.recorded_volunteer": "volunteer",
    "coordinating.show_task": "task",
    "coordinating.choose_swap": "pairing",
    "coordinating.look_for_apart": "asking",
}
# What each act answers to whom it is allowed, on a draft.
ACTS = {
    "coordinating.pin": ("pairing", 302),
    "coordinating.unpin": ("pairing", 302),
    "coordinating.forbid": ("pairing", 302),
    "coordinating.send": ("pairing", 302),
    "coordinating.send_anyway": ("pairing", 302),
    "coordinating.withdraw": ("pairing", 302),
    "coordinating.record_answer": ("pairing", 422),
    "coordinating.introduce": ("pairing", 409),
    "coordinating.note_meeting": ("pairing", 409),
    "coordinating.ask_newcomer": ("pairing", 409),
    "coordinating.give_notice": ("pairing", 422),
    "coordinating.carry_on": ("pairing", 409),
    "coordinating.end": ("pairing", 422),
    "coordinating.record_check_in": ("check_in", 422),
    "coordinating.print_slip": ("asking", 200),
    "coordinating.print_volunteer_slip": ("volunteer", 200),
    "coordinating.print_answer_slip": ("pairing", 409),
    "coordinating.print_check_in_slip": ("check_in", 200),
    "coordinating.save_swap": ("pairing", 409),
    "coordinating.finish_task": ("task", 302),
    "coordinating.assign_task": ("task", 422),
    "coordinating.keep_apart": ("asking", 422),
    "coordinating.let_meet": ("asking", 409),
}
# Pages that ask first, and act on the same address: what each answers when it is opened,
# and when it is sent empty, to whom it is allowed.
ASKED = {
    "coordinating.hold_request": ("asking", 200, 422),
    "coordinating.again_request": ("asking", 409, 409),
    "coordinating.resume_request": ("asking", 409, 409),
    "coordinating.expire_request": ("asking", 409, 409),
    "coordinating.urge_request": ("asking", 200, 422),
    "coordinating.reopen_request": ("asking", 409, 409),
    "coordinating.refer_request": ("asking", 200, 302),
    "coordinating.withdraw_request": ("asking", 200, 422),
    "coordinating.change_request": ("asking", 200, 422),
    "coordinating.correct_request": ("asking", 200, 422),
    "coordinating.reach_request": ("asking", 200, 422),
    "coordinating.give_request": ("asking", 200, 422),
    "coordinating.hand_request": ("asking", 200, 422),
    "coordinating.give_volunteer": ("volunteer", 200, 422),
    "coordinating.hand_volunteer": ("volunteer", 200, 422),
    "coordinating.resume_volunteer": ("volunteer", 409, 409),
    "coordinating.free_volunteer": ("volunteer", 200, 302),
    "coordinating.pause_volunteer": ("volunteer", 200, 422),
    "coordinating.change_volunteer": ("volunteer", 200, 422),
    "coordinating.correct_volunteer": ("volunteer", 200, 422),
    "coordinating.reach_volunteer": ("volunteer", 200, 422),
    "coordinating.leave_volunteer": ("volunteer", 200, 422),
}
ACTS |= {name: (whose, sent) for name, (whose, _opened, sent) in ASKED.items()}
PAGES |= {name: whose for name, (whose, _opened, _sent) in ASKED.items()}
# Pages that a request or its draft has none of: paper, and rivals for who is drafted.
NONE_YET = {
    "coordinating.print_sheet": "pairing",
    "coordinating.show_rivals": "asking",
}
# All that an act could change.
SEEN = (Pairing, BuddyRequest, Newcomer, Volunteer, CheckIn, Task, Block)
TABLE = {**PAGES, **NONE_YET, **{name: whose for name, (whose, _code) in ACTS.items()}}


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: whose people are whose does not depend on it."""
    return sqlite_database


@pytest.fixture
def people(session, cast, now) -> SimpleNamespace:
    """A newcomer and a volunteer of Town Friends, and a draft between them."""
    town = rows.Town(session, now)
    by_name = {each.name: each for each in partners.list_organisations(session)}
    town.organisations = [by_name["Town Friends"], by_name["Harbour Charity"]]
    volunteer = town.add_volunteer(VOLUNTEER)
    volunteer.name = "Vera Fiction"
    asking = town.add_request(NEWCOMER)
    newcomer = session.get_one(Newcomer, asking.newcomer_id)
    newcomer.name = "Nour Fiction"
    town.add_volunteer(replace(VOLUNTEER, key=3, organisation=2)).name = "Veit Fiction"
    scope = Scope(frozenset({town.organisations[0].id}), town.everywhere)
    outcome = runs.run(session, scope, rows.SCHEME, actor=None, now=town.now)
    pairing = session.exec(select(Pairing)).one()
    check_in = CheckIn(
        pairing_id=pairing.id,
        side=Side.NEWCOMER,
        kind=CheckInKind.WEEK_2,
        due_on=now.date(),
        moved_at=now,
    )
    session.add(check_in)
    about = About("volunteer", volunteer.id)
    kind = TaskKind.WANTS_TO_TALK
    raise_task(session, kind, town.organisations[0].id, about, now=now)
    task = session.exec(select(Task)).one()
    session.commit()
    return SimpleNamespace(
        task=task,
        asking=asking,
        newcomer=newcomer,
        volunteer=volunteer,
        pairing=pairing,
        check_in=check_in,
        run=outcome.run,
    )


def address(app, name, people):
    values = {"public_id": getattr(people, TABLE[name]).public_id}
    return app.url_map.bind("localhost").build(name, values)


def states(maker):
    """Where everything stands that an act could move, read apart from the test's own."""
    with maker() as session:
        return [
            each.model_dump()
            for kind in SEEN
            for each in session.exec(select(kind).order_by(kind.id))
        ]


def test_the_tables_hold_every_route_to_somebody(app):
    there = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "public_id" in rule.arguments and rule.endpoint.startswith("coordinating.")
    }
    assert there == set(TABLE)


@pytest.mark.parametrize("name", ACTS)
def test_who_leads_may_act(app, signed_in_as, cast, people, name):
    answer = signed_in_as(cast.coordinator).post(address(app, name, people), data={})
    assert answer.status_code == ACTS[name][1]


# Who is refused changes nothing: one town serves for a whole column of the table.
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_acts(maker, app, signed_in_as, cast, people, who):
    before, client = states(maker), signed_in_as(getattr(cast, who))
    found = {
        name: client.post(address(app, name, people), data={}).status_code
        for name in ACTS
    }
    assert found == dict.fromkeys(ACTS, 404 if who == "neighbour" else 403)
    assert states(maker) == before


def test_signed_out_nobody_acts(maker, app, client, people):
    before = states(maker)
    found = {
        name: client.post(address(app, name, people), data={}).status_code
        for name in ACTS
    }
    assert found == dict.fromkeys(ACTS, 401)
    assert states(maker) == before


@pytest.mark.parametrize("name", NONE_YET)
def test_own_people_have_none_yet(app, signed_in_as, cast, people, name):
    answer = signed_in_as(cast.coordinator).get(address(app, name, people))
    assert answer.status_code == 409


def test_own_people_open(app, signed_in_as, cast, people):
    client, wrong = signed_in_as(cast.coordinator), {}
    for name in PAGES:
        answer = client.get(address(app, name, people))
        opened = ASKED[name][1] if name in ASKED else 200
        told = {"coordinating.show_run": "The proof was checked"}.get(name, "Fiction")
        if opened == 409:
            told = "That cannot be done any more"
        if answer.status_code != opened or told not in answer.get_data(as_text=True):
            wrong[name] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("who", OTHERS)
def test_to_all_others_nobody_is_there(app, signed_in_as, cast, people, who):
    client, pages = signed_in_as(getattr(cast, who)), [*PAGES, *NONE_YET]
    answers = {name: client.get(address(app, name, people)) for name in pages}
    found = {name: answer.status_code for name, answer in answers.items()}
    assert found == dict.fromkeys(pages, 404 if who == "neighbour" else 403)
    leaks = [
        name
        for name, each in answers.items()
        if "Fiction" in each.get_data(as_text=True)
    ]
    assert leaks == []


@pytest.mark.parametrize(
    "page", ["", "requests/", "volunteers/", "pairings/", "requests/?words=fiction"]
)
def test_lists_hold_own_people_only(signed_in_as, cast, people, page):
    own = signed_in_as(cast.coordinator).get(f"/-/coordinating/{page}")
    assert "Fiction" in own.get_data(as_text=True)
    assert "Veit" not in own.get_data(as_text=True)
    other = signed_in_as(cast.neighbour).get(f"/-/coordinating/{page}")
    assert other.status_code == 200
    assert "Nour" not in other.get_data(as_text=True)
    assert "Vera" not in other.get_data(as_text=True)


def test_why_somebody_waits_names_own_volunteers_only(signed_in_as, cast, people):
    client = signed_in_as(cast.coordinator)
    page = client.get(f"/-/coordinating/requests/{people.asking.public_id}/")
    text = page.get_data(as_text=True)
    assert "Vera Fiction" in text
    assert "Veit" not in text


@pytest.fixture
def two_homes(session, people):
    """The volunteer of the draft is of Harbour Charity; Town Friends leads it."""
    by_name = {each.name: each for each in partners.list_organisations(session)}
    people.volunteer.organisation_id = by_name["Harbour Charity"].id
    session.commit()
    return people


def test_of_a_pair_that_others_lead_the_page_opens_and_nothing_else(
    maker, app, signed_in_as, cast, two_homes
):
    client, before = signed_in_as(cast.neighbour), states(maker)
    shared = {"asking", "newcomer", "pairing", "check_in"}
    addresses = {name: address(app, name, two_homes) for name in TABLE}
    opened = {
        name: client.get(addresses[name]).status_code
        for name in (*PAGES, *NONE_YET)
        if TABLE[name] in shared
    }
    assert opened == {**dict.fromkeys(opened, 404), "coordinating.show_pairing": 200}
    acted = {
        name: client.post(addresses[name], data={"has_met": "yes"}).status_code
        for name in ACTS
        if TABLE[name] in shared
    }
    assert acted == dict.fromkeys(acted, 404)
    assert states(maker) == before
