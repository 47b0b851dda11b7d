"""Tasks are given to colleagues, done with a note, and shown for thirty days."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies.people.test_intake import APPLICATION
from tests.web.coordinating.conftest import DESK, text_of
from welcome import clock
from welcome.buddies import tasks
from welcome.buddies.links import About
from welcome.buddies.models.clearing import Referee, Relation
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import CheckIn, CheckInKind, PairingState, Side
from welcome.buddies.models.people import Channel, Newcomer
from welcome.buddies.people import wrote_again
from welcome.buddies.people.applications import Asking, Household
from welcome.buddies.privacy import subject_access
from welcome.buddies.rules.vocabulary import Level
from welcome.partners import agreements

KIND = TaskKind.WANTS_TO_TALK
WORDS = "Somebody wants to talk"


@pytest.fixture
def make(session, town, now):
    """Raise a task about something, and give where it stands."""

    def act(subject, number, organisation_id=None):
        where = organisation_id or town.own
        tasks.raise_task(session, KIND, where, About(subject, number), now=now)
        session.flush()
        made = session.exec(select(Task).order_by(Task.id.desc())).first()
        session.commit()
        return f"{DESK}tasks/{made.public_id}/"

    return act


@pytest.fixture
def there(make, town):
    return make("volunteer", town.volunteer.id)


@pytest.fixture
def colleague(session, cast, organisations, now):
    """Somebody else who coordinates for Town Friends too."""
    home = organisations["Town Friends"]
    agreements.join(session, home, cast.neighbour, actor=None, now=now)
    session.commit()
    return cast.neighbour


def test_a_task_is_done_with_a_note_and_shown(desk, there, read, acts):
    assert WORDS in text_of(desk.get(DESK))
    done = desk.post(f"{there}done", data={"note": "Rang her, all is well."})
    assert done.location == DESK
    assert WORDS not in text_of(desk.get(DESK))
    for page in (f"{DESK}tasks/", there):
        assert "Rang her, all is well." in text_of(desk.get(page))
    assert "task.done" in acts()
    assert desk.post(f"{there}done", data={"note": "Again"}).status_code == 409
    assert read(Task)[0].note == "Rang her, all is well."


def test_of_who_waits_in_silence_it_says_what_to_ask(desk, town, session, now):
    about = About("buddy_request", town.asking.id)
    tasks.raise_task(session, TaskKind.REACH_BY_HAND, town.own, about, now=now)
    session.commit()
    [task] = session.exec(select(Task))
    page = text_of(desk.get(f"{DESK}tasks/{task.public_id}/"))
    assert "Ask whether they still look for a buddy" in page
    assert f"{DESK}requests/{town.asking.public_id}/" in page


def test_a_note_that_is_too_long_stays_in_its_box(desk, there, read):
    note = "x" * (tasks.LONGEST_NOTE + 1)
    refused = desk.post(f"{there}done", data={"note": note})
    assert refused.status_code == 422
    assert note in text_of(refused)
    assert read(Task)[0].done_at is None


@pytest.mark.parametrize(("days", "is_shown"), [(29, True), (31, False)])
def test_what_was_done_is_shown_for_thirty_days(
    session, desk, there, town, days, is_shown
):
    task = session.exec(select(Task)).one()
    done_at = clock.now() - timedelta(days=days)
    tasks.done(session, task, "Went there.", actor=None, now=done_at)
    session.commit()
    assert ("Went there." in text_of(desk.get(f"{DESK}tasks/"))) is is_shown


def test_a_task_is_given_to_a_colleague_who_finds_it_among_theirs(
    desk, there, colleague, signed_in_as, read
):
    given = desk.post(f"{there}assign", data={"colleague": str(colleague.id)})
    assert given.location == there
    assert read(Task)[0].assigned_to_id == colleague.id
    assert colleague.name in text_of(desk.get(DESK))
    assert WORDS not in text_of(desk.get(f"{DESK}?tasks=mine"))
    theirs = signed_in_as(colleague)
    assert WORDS in text_of(theirs.get(f"{DESK}?tasks=mine"))
    assert desk.post(f"{there}assign", data={"colleague": ""}).location == there
    assert read(Task)[0].assigned_to_id is None


def test_nobody_of_another_organisation_is_given_a_task(desk, there, cast, read):
    assert cast.neighbour.name not in text_of(desk.get(there))
    for who in (cast.neighbour, cast.referrer, cast.administrator):
        refused = desk.post(f"{there}assign", data={"colleague": str(who.id)})
        assert refused.status_code == 422
    assert read(Task)[0].assigned_to_id is None


def test_a_task_of_others_is_not_there(desk, make, organisations, town, read):
    other = organisations["Harbour Charity"].id
    theirs = make("newcomer", town.newcomer.id, other)
    assert desk.get(theirs).status_code == 404
    assert desk.post(f"{theirs}done").status_code == 404
    assert WORDS not in text_of(desk.get(DESK))
    assert read(Task)[0].done_at is None


@pytest.fixture
def about(session, town, pair, now):
    """What tasks may be about, each with the page that shows it."""
    pairing = pair(PairingState.MEETING)
    check_in = CheckIn(
        pairing_id=pairing.id, side=Side.NEWCOMER, kind=CheckInKind.WEEK_2,
        due_on=now.date(), moved_at=now,
    )  # fmt: skip
    referee = Referee(
        volunteer_id=town.volunteer.id, relation=Relation.FRIEND, moved_at=now
    )
    session.add_all([check_in, referee])
    export = subject_access.prepare(session, town.newcomer, actor=None, now=now)
    session.commit()
    request = f"{DESK}requests/{town.asking.public_id}/"
    return {
        "newcomer": (town.newcomer.id, request),
        "buddy_request": (town.asking.id, request),
        "volunteer": (
            town.volunteer.id, f"{DESK}volunteers/{town.volunteer.public_id}/",
        ),
        "pairing": (pairing.id, f"{DESK}pairings/{pairing.public_id}/"),
        "check_in": (check_in.id, f"{DESK}pairings/{pairing.public_id}/"),
        "referee": (referee.id, f"/-/clearing/referees/{referee.public_id}/"),
        "subject_export": (
            export.id, f"/-/personal-data/exports/{export.public_id}/",
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    "subject",
    [
        *("newcomer", "buddy_request", "volunteer", "pairing"),
        *("check_in", "referee", "subject_export"),
    ],
)
def test_a_task_leads_to_what_it_is_about(desk, make, about, subject):
    number, page = about[subject]
    there = make(subject, number)
    assert f'href="{page}"' in text_of(desk.get(there))
    assert f'href="{page}"' in text_of(desk.get(DESK))
    assert desk.get(page).status_code == 200


def test_a_task_about_who_went_elsewhere_leads_nowhere(
    session, desk, there, town, organisations
):
    town.volunteer.organisation_id = organisations["Harbour Charity"].id
    session.commit()
    page = desk.get(there)
    assert page.status_code == 200
    assert "Open what it is about" not in text_of(page)
    assert "Vera" not in text_of(page)


@pytest.fixture
def again(session, town, now):
    """A form that the newcomer sends again, with what is new in it."""
    about = About("newcomer", town.newcomer.id)
    kind = TaskKind.WROTE_AGAIN
    task = tasks.raise_and_take(session, kind, town.own, about, now=now)
    told = Asking(
        key="form 9", name=town.newcomer.name, tag="ar", channel=Channel.CALL,
        phone="٠٢٠ ٧٩٤٦ ٠٩٩٩", languages={"ti": Level.FIRST}, is_adult=True,
        notice_version=0, about="I am a <b>baker</b>", household=Household.FAMILY,
        buddies=2, never_told="Karim",
    )  # fmt: skip
    wrote_again.keep(task, told, now=now)
    session.add(task)
    session.commit()
    return f"{DESK}tasks/{task.public_id}/"


def test_what_was_written_again_stands_beside_what_is_kept(desk, again, town, read):
    page = text_of(desk.get(again))
    for said in (
        *("020 7946 0999", "I am a &lt;b&gt;baker&lt;/b&gt;", "Two buddies", "Karim"),
        *("العربية", "We keep", "They wrote", "My family with children"),
    ):
        assert said in page
    table = html.document_fromstring(page).xpath("//table//tbody")[0]
    named = [" ".join(e.text_content().split()) for e in table.xpath(".//th")]
    assert "Phone" in named
    assert "Name" not in named
    assert "Adult" not in named
    kept = read(Newcomer)[0]
    assert (kept.about, kept.phone) == (town.newcomer.about, town.newcomer.phone)


def test_what_was_written_again_goes_once_it_is_seen_to(desk, again, read):
    refused = desk.post(f"{again}done", data={"note": "x" * (tasks.LONGEST_NOTE + 1)})
    assert "baker" in text_of(refused)
    assert "goes now" in text_of(refused)
    desk.post(f"{again}done", data={"note": "Rang them."})
    assert "baker" not in text_of(desk.get(again))
    assert read(Task)[0].told is None


def test_a_volunteer_who_applies_again_is_compared_too(
    session, desk, town, now, organisations
):
    about = About("volunteer", town.volunteer.id)
    kind = TaskKind.WROTE_AGAIN
    task = tasks.raise_and_take(session, kind, town.own, about, now=now)
    referees = APPLICATION.referees
    told = replace(APPLICATION, name=town.volunteer.name, capacity=3, reach_m=15_000)
    wrote_again.keep(task, told, now=now)
    wrote_again.keep(task, replace(told, referees=referees[:1]), now=now)
    session.add(task)
    session.commit()
    there = f"{DESK}tasks/{task.public_id}/"
    page = text_of(desk.get(there))
    assert 'S (Friend) <bdi dir="ltr">07911 123457</bdi>' in page
    assert "15 km" in page
    assert page.count("Written again on") == 4
    town.volunteer.organisation_id = organisations["Harbour Charity"].id
    session.commit()
    assert "15 km" not in text_of(desk.get(there))
