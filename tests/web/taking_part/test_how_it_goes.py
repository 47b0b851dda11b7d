"""How it goes: a question with its own buttons behind a link, and a word if they like."""

import re

import pytest

from tests.buddies import scenes
from tests.web.taking_part.test_answering import link_for, press
from welcome import clock
from welcome.buddies.models.desk import LinkPurpose, Task, TaskKind
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInKind,
    CheckInState,
    Face,
    Pairing,
    PairingState,
    Side,
)

MET = {"met": (True, None, None), "not-yet": (False, None, None)}
HOW = {
    "well": (True, Face.WELL, None),
    "so-so": (True, Face.SO_SO, None),
    "badly": (True, Face.BADLY, None),
    "not-yet": (False, None, None),
}
# The heading of each question, and its buttons with what they say.
QUESTIONS = {
    CheckInKind.DID_YOU_MEET: ("Did you meet?", MET),
    CheckInKind.WEEK_2: ("How does it go?", HOW),
    CheckInKind.MONTHLY: ("How does it go?", HOW),
    CheckInKind.REVIEW: (
        "Would you like to go on?",
        {"on": (None, None, True), "stop": (None, None, False)},
    ),
}
TAPS = [
    (kind, go, said)
    for kind, (_heading, taps) in QUESTIONS.items()
    for go, said in taps.items()
]


@pytest.fixture
def ask(session, client):
    """Ask one side of a pair, and open the link."""
    now = clock.now()
    scene = scenes.scene(session, now, PairingState.INTRODUCED)

    def act(kind, side=Side.NEWCOMER):
        asked = CheckIn(
            pairing_id=scene.pairing.id, side=side, kind=kind, due_on=now.date(),
            state=CheckInState.ASKED, moved_at=now,
        )  # fmt: skip
        session.add(asked)
        session.flush()
        address = link_for(session, LinkPurpose.CHECK_IN, "check_in", asked, side)
        return address, client.get(address)

    return act


def kinds_of(read):
    return [each.kind for each in read(Task)]


@pytest.mark.parametrize("kind", CheckInKind)
def test_each_question_has_its_own_buttons_and_opening_it_changes_nothing(
    client, read, ask, kind
):
    address, page = ask(kind)
    heading, taps = QUESTIONS[kind]
    assert re.findall("<h1>(.*?)</h1>", page.text) == [heading]
    assert re.findall('name="go" value="(.*?)"', page.text) == list(taps)
    client.get(address)
    (asked,) = read(CheckIn)
    assert asked.state is CheckInState.ASKED


@pytest.mark.parametrize(("kind", "go", "said"), TAPS)
def test_one_tap_is_enough(client, read, ask, kind, go, said):
    address, page = ask(kind)
    assert press(client, address, page, go).status_code == 200
    (kept,) = read(CheckIn)
    assert (kept.has_met, kept.face, kept.wants_to_go_on) == said
    assert (kept.state, kept.wants_to_talk) == (CheckInState.ANSWERED, False)
    met = PairingState.MEETING if said[0] else PairingState.INTRODUCED
    assert read(Pairing)[0].state is met
    assert kinds_of(read) == ([TaskKind.WOULD_STOP] if go == "stop" else [])
    assert client.get(address).status_code == 410


def test_a_tap_is_kept_with_its_note(client, read, ask):
    address, page = ask(CheckInKind.WEEK_2)
    more = {"wants_to_talk": "y", "note": "مرحبا 😀", "face": "badly"}
    assert press(client, address, page, "so-so", **more).status_code == 200
    (kept,) = read(CheckIn)
    assert (kept.face, kept.wants_to_talk) == (Face.SO_SO, True)
    assert kept.note == "مرحبا 😀"
    assert kinds_of(read) == [TaskKind.WANTS_TO_TALK]


def test_in_the_review_they_may_say_how_it_goes(client, read, ask):
    address, page = ask(CheckInKind.REVIEW)
    assert press(client, address, page, "on", face="well").status_code == 200
    (kept,) = read(CheckIn)
    assert (kept.face, kept.wants_to_go_on) == (Face.WELL, True)


@pytest.mark.parametrize("go", ["", "send", "on", "met"])
def test_no_button_of_this_question_keeps_what_was_written(client, read, ask, go):
    address, page = ask(CheckInKind.MONTHLY)
    again = press(client, address, page, go, note="Keep this", wants_to_talk="y")
    assert again.status_code == 422
    assert "Keep this" in again.text
    assert 'value="y" checked' in again.text
    assert "Choose one of these." in again.text
    assert read(CheckIn)[0].state is CheckInState.ASKED


def test_two_stories_raise_a_task(client, read, ask):
    for side, go in ((Side.NEWCOMER, "not-yet"), (Side.VOLUNTEER, "well")):
        address, page = ask(CheckInKind.WEEK_2, side)
        assert press(client, address, page, go).status_code == 200
    assert kinds_of(read) == [TaskKind.DISAGREEMENT]
