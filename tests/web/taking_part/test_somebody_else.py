"""Who has a buddy or had one may say that they would like somebody else."""

import pytest

from tests.buddies import scenes
from tests.web.taking_part.test_answering import press
from welcome import clock
from welcome.buddies import links
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose, Task, TaskKind
from welcome.buddies.models.pairings import OVER, Pairing, PairingState
from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people.entering import REQUEST

WORDS = "I would like somebody else"


@pytest.fixture
def mine(session, client):
    """The page behind a newcomer's own link, with a pairing that stands somewhere."""
    before = clock.now()

    def act(state, held_from=None, request=None):
        scene = scenes.scene(session, before, state, held_from)
        scene.request.state = request or scene.request.state
        about = About(REQUEST, scene.request.id)
        made = links.make(session, LinkPurpose.MY_REQUEST, about, now=before)
        session.commit()
        address = f"/-/take-part/mine/{made.token}"
        return address, press(client, address, client.get(address), "show")

    return act


@pytest.mark.parametrize("state", sorted(set(PairingState) - OVER))
def test_it_is_offered_once_both_agreed(mine, state):
    stage = PairingState.MEETING if state is PairingState.HELD else None
    _address, page = mine(state, stage)
    assert (WORDS in page.text) is (state in FILLS or state is PairingState.HELD)


@pytest.mark.parametrize("request_state", RequestState)
def test_after_an_ending_it_is_offered_too(mine, request_state):
    _address, page = mine(PairingState.ENDED, request=request_state)
    had = {RequestState.PAIRED, RequestState.CLOSED}
    assert (WORDS in page.text) is (request_state in had)


@pytest.mark.parametrize(
    ("state", "request_state"),
    [
        (PairingState.MEETING, RequestState.PAIRED),
        (PairingState.ENDING, RequestState.PAIRED),
        (PairingState.HELD, RequestState.PAIRED),
        (PairingState.ENDED, RequestState.CLOSED),
    ],
)
def test_a_coordinator_hears_of_it_and_the_answer_is_always_the_same(
    client, read, mine, state, request_state
):
    held = PairingState.MEETING if state is PairingState.HELD else None
    address, page = mine(state, held, request_state)
    (heard,) = [each.heard_at for each in read(Newcomer)]
    assert read(Task) == []
    pages = [press(client, address, page, "another") for _again in range(2)]
    for each in pages:
        assert each.status_code == 200
        assert "Your coordinator knows now, and will speak to you" in each.text
    (task,) = read(Task)
    (request,) = read(BuddyRequest)
    assert (task.kind, task.subject) == (TaskKind.WANTS_ANOTHER, "buddy_request")
    assert task.subject_id == request.id
    assert (read(Pairing)[0].state, request.state) == (state, request_state)
    assert read(Newcomer)[0].heard_at > heard
    assert client.get(address).status_code == 200
