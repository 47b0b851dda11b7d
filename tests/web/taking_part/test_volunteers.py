"""Volunteers sign in by a link, see where they stand, pause, come back, leave."""

from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import col, select

from tests.buddies import scenes
from tests.buddies.people.test_intake import APPLICATION
from tests.web.taking_part.filling import FROM_HERE
from tests.web.taking_part.test_links import heading, press
from welcome import clock
from welcome.buddies import links
from welcome.buddies.links import About
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.desk import Link, LinkPurpose, Task, TaskKind
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Channel, PausedBy, Volunteer, VolunteerState
from welcome.buddies.people import door, intake
from welcome.buddies.people.entering import VOLUNTEER, code_of
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.messages.models import Message
from welcome.web.taking_part import sign_in as door_of_pages

SIGN_IN, HOME = "/-/take-part/en/sign-in/", "/-/take-part/home/"


@pytest.fixture
def vera(session, council, now):
    made = intake.apply(session, APPLICATION, now=now).person
    session.commit()
    return made


@pytest.fixture
def stand(session, vera):
    """Have Vera stand somewhere, or be reached in some way."""

    def act(**values):
        for name, value in values.items():
            setattr(vera, name, value)
        session.commit()

    return act


@pytest.fixture
def inside(client, session, vera):
    """Vera, signed in by the button behind a link."""
    about = About(VOLUNTEER, vera.id)
    made = links.make(session, LinkPurpose.SIGN_IN, about, now=clock.now())
    session.commit()
    answer = press(client, f"/-/take-part/sign-in/{made.token}", "sign-in")
    assert answer.location == HOME
    return client


def ask(client, email):
    page = client.get(SIGN_IN).get_data(as_text=True)
    (token,) = html.document_fromstring(page).xpath(
        "//input[@name='form_token']/@value"
    )
    data = {"form_token": token, "email": email}
    return client.post(SIGN_IN, data=data, headers=FROM_HERE)


def test_known_and_unknown_addresses_are_answered_alike(client, vera, read):
    known = ask(client, "VERA@example.org")
    unknown = ask(client, "nobody@example.org")
    assert (known.status_code, known.get_data()) == (200, unknown.get_data())
    assert "Set-Cookie" not in known.headers
    (letter,) = read(Message)
    assert (letter.letter, letter.recipient) == (door.LETTER, "vera@example.org")
    assert "buddy" not in letter.subject.lower()
    assert "volunteer" not in letter.subject.lower()


def test_the_link_in_the_letter_signs_in_once(client, vera, read):
    ask(client, "vera@example.org")
    (letter,) = read(Message)
    (address,) = [line for line in letter.body.splitlines() if "://" in line]
    assert address.startswith("https://welcome.example.org/-/take-part/sign-in/")
    address = address.removeprefix("https://welcome.example.org")
    page = client.get(address)
    assert press(client, address, "sign-in", page=page).location == HOME
    assert "Applied" in client.get(HOME).get_data(as_text=True)
    assert clock.now() - read(Volunteer)[0].heard_at < timedelta(hours=1)
    assert press(client, address, "sign-in", page=page).status_code == 410


def test_nobody_fills_a_letter_box(client, vera, read):
    for _ in range(4):
        ask(client, "vera@example.org")
    assert len(read(Message)) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"channel": Channel.CALL},
        {"channel": Channel.PAPER},
        {"safe_from": 0, "safe_until": 0},
    ],
)
def test_no_letter_where_it_is_not_safe(client, stand, read, values):
    stand(**values)
    assert ask(client, "vera@example.org").status_code == 200
    assert read(Message) == []
    assert [task.kind for task in read(Task)] == [TaskKind.REACH_BY_HAND]


@pytest.mark.parametrize("state", [VolunteerState.LEFT, VolunteerState.DECLINED])
def test_who_is_gone_gets_no_letter_and_no_page(client, stand, inside, read, state):
    stand(state=state)
    before = len(read(Link))
    ask(client, "vera@example.org")
    assert (len(read(Link)), read(Message)) == (before, [])
    if state is VolunteerState.LEFT:
        assert inside.get(HOME).location == SIGN_IN


def test_the_home_tells_what_is_needed_and_nothing_of_others(inside):
    page = inside.get(HOME).get_data(as_text=True)
    for said in ("Applied", "Identity seen", "Reference", "999"):
        assert said in page
    for hidden in ("vera@example.org", "+447911123456", "Leave the other"):
        assert hidden not in page


def test_the_cookie_holds_no_more_than_an_id(inside, vera):
    with inside.session_transaction() as cookie:
        public_id, since = cookie[door_of_pages.COOKIE]
        assert (public_id, type(since)) == (vera.public_id, int)
        assert "_user_id" not in cookie


def test_it_ends_after_half_an_hour_and_by_a_button(inside, monkeypatch):
    still = clock.now() + timedelta(minutes=29)
    late = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: still)
    assert inside.get(HOME).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: late)
    assert inside.get(HOME).location.endswith("/sign-in/")
    assert inside.post(f"{HOME}pause", data={"weeks": "2"}).status_code == 401


def test_signing_out_ends_it(inside):
    assert inside.post(f"{HOME}sign-out").status_code == 302
    assert inside.get(HOME).status_code == 302


def test_a_volunteer_pauses_comes_back_and_leaves(session, inside, stand, read):
    stand(state=VolunteerState.CLEARED)
    assert inside.post(f"{HOME}pause", data={"weeks": "99"}).status_code == 302
    assert read(Volunteer)[0].state is VolunteerState.CLEARED
    inside.post(f"{HOME}pause", data={"weeks": "2"})
    (paused,) = read(Volunteer)
    assert (paused.state, paused.paused_by) == (
        VolunteerState.PAUSED, PausedBy.THEMSELVES,
    )  # fmt: skip
    assert paused.back_on
    # Whoever holds no clearance meanwhile stays paused.
    assert inside.post(f"{HOME}return").status_code == 409
    assert read(Volunteer)[0].state is VolunteerState.PAUSED
    until = clock.now().date() + timedelta(days=9)
    held = ClearedFor(volunteer_id=paused.id, role=BuddyRole.ADULT, until=until)
    session.add(held)
    session.commit()
    inside.post(f"{HOME}return")
    (back,) = read(Volunteer)
    assert (back.state, back.paused_by, back.back_on) == (
        VolunteerState.CLEARED, None, None,
    )  # fmt: skip
    assert heading(inside.get(f"{HOME}leave")).startswith("Do you want to leave")
    assert read(Volunteer)[0].state is VolunteerState.CLEARED
    assert inside.post(f"{HOME}leave").status_code == 200
    assert read(Volunteer)[0].state is VolunteerState.LEFT
    assert inside.get(HOME).status_code == 302


@pytest.mark.parametrize("by", [PausedBy.CLEARANCE, PausedBy.COORDINATOR])
def test_nobody_ends_a_pause_that_is_not_their_own(inside, stand, read, by):
    stand(state=VolunteerState.PAUSED, paused_by=by)
    assert "I am back" not in inside.get(HOME).get_data(as_text=True)
    assert inside.post(f"{HOME}return").status_code == 409
    assert read(Volunteer)[0].state is VolunteerState.PAUSED


def test_who_is_suspended_reads_that_they_are_paused(inside, stand):
    stand(state=VolunteerState.SUSPENDED)
    page = inside.get(HOME).get_data(as_text=True)
    assert "uspended" not in page
    assert "You stand here: <b>Paused</b>" in page
    assert "I am back" not in page


@pytest.mark.parametrize("path", ["", "leave"])
def test_strangers_and_staff_are_led_to_the_door(client, signed_in_as, cast, path):
    for who in (client, signed_in_as(cast.writer), signed_in_as(cast.administrator)):
        assert who.get(HOME + path).location == SIGN_IN
    for act in ("pause", "return", "leave", "sign-out"):
        assert client.post(HOME + act).status_code == 401


def test_what_changes_something_needs_the_token_of_the_session(
    app, inside, stand, read
):
    stand(state=VolunteerState.CLEARED)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = inside.post(f"{HOME}pause", data={"weeks": "2"})
    assert answer.status_code in {400, 401}
    assert read(Volunteer)[0].state is VolunteerState.CLEARED


def test_a_newcomers_code_signs_nobody_in(client, session, vera, read):
    last = session.exec(select(Link).order_by(col(Link.id).desc())).first()
    last.subject = "buddy_request"
    session.commit()
    taken = code_of(session, APPLICATION)
    page = client.get("/-/take-part/code").get_data(as_text=True)
    (token,) = html.document_fromstring(page).xpath(
        "//input[@name='form_token']/@value"
    )
    data = {"form_token": token, "code": taken}
    answer = client.post("/-/take-part/code", data=data, headers=FROM_HERE)
    assert answer.status_code == 422


@pytest.fixture
def stand_beside(session, council, vera, now):
    """A pairing of Vera's that stands somewhere."""

    def act(state, **values):
        newcomer = scenes.newcomer(session, now, organisation_id=council.id)
        asking = scenes.request(session, newcomer, now)
        vera.held, vera.state = 1, VolunteerState.CLEARED
        pairing = Pairing(
            request_id=asking.id, newcomer_id=newcomer.id, volunteer_id=vera.id,
            state=state, moved_at=now, lead_id=council.id, **values,
        )  # fmt: skip
        session.add(pairing)
        session.commit()

    return act


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (PairingState.VOLUNTEER_ASKED, PairingState.WITHDRAWN),
        (PairingState.MEETING, PairingState.ENDED),
    ],
)
def test_who_leaves_ends_what_is_under_way(inside, stand_beside, read, state, after):
    stand_beside(state)
    inside.post(f"{HOME}leave")
    (volunteer,) = read(Volunteer)
    assert (volunteer.state, volunteer.held) == (VolunteerState.LEFT, 0)
    assert read(Pairing)[0].state is after


def test_who_pauses_is_asked_no_more_about_anybody(inside, stand_beside, read):
    stand_beside(PairingState.VOLUNTEER_ASKED)
    inside.post(f"{HOME}pause", data={"weeks": "2"})
    (volunteer,) = read(Volunteer)
    assert (volunteer.state, volunteer.held) == (VolunteerState.PAUSED, 0)
    assert read(Pairing)[0].state is PairingState.WITHDRAWN


def test_nobody_leaves_by_themselves_while_a_pairing_is_held(
    inside, stand_beside, read
):
    stand_beside(PairingState.HELD, held_from=PairingState.MEETING.value)
    assert inside.post(f"{HOME}leave").location == HOME
    assert read(Volunteer)[0].state is VolunteerState.CLEARED
    assert read(Pairing)[0].state is PairingState.HELD
    assert TaskKind.WANTS_TO_TALK in {task.kind for task in read(Task)}
