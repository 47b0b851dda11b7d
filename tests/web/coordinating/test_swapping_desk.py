"""Another volunteer for a draft on the desk: the cost first, then saving; dropping a draft."""

from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from tests.buddies import scenes
from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.models.pairings import Pairing, PairingState


@pytest.fixture
def other(session, town, now):
    """A second volunteer of Town Friends."""
    made = scenes.volunteer(
        session, now, name="Wanda Fiction", organisation_id=town.own
    )
    session.commit()
    return made


@pytest.fixture
def there(pair):
    return f"{DESK}pairings/{pair().public_id}/"


def choices(answer):
    document = html.document_fromstring(text_of(answer))
    return [each for each in document.xpath("//a/@href") if "volunteer=" in each]


def fields(answer):
    document = html.document_fromstring(text_of(answer))
    names = ("volunteer", "other", "people", "score")
    return {
        each.get("name"): each.get("value")
        for each in document.xpath("//input[@type='hidden']")
        if each.get("name") in names
    }


def test_the_cost_is_shown_before_it_is_saved(desk, there, other, town, read):
    page = desk.get(f"{there}swap/")
    assert "Wanda Fiction" in text_of(page)
    (address,) = choices(page)
    asked = desk.get(address)
    for told in (
        "Wanda Fiction", "Nour Fiction", "As many people have somebody",
        "What it costs the best set of pairs",
    ):  # fmt: skip
        assert told in text_of(asked)
    assert read(Pairing)[0].volunteer_id == town.volunteer.id
    saved = desk.post(f"{there}swap/", data=fields(asked) | {"pins": "y"})
    assert saved.location == there
    (draft,) = read(Pairing)
    assert (draft.volunteer_id, draft.is_pinned) == (other.id, True)
    assert draft.score > 0
    assert "Wanda Fiction" in text_of(desk.get(there))


def test_two_drafts_are_exchanged_and_both_are_told(
    session, desk, there, other, town, read, now
):
    newcomer = scenes.newcomer(session, now, name="Nadir", organisation_id=town.own)
    asking = scenes.request(session, newcomer, now)
    draft = Pairing(
        request_id=asking.id, newcomer_id=newcomer.id, volunteer_id=other.id,
        moved_at=now, lead_id=town.own,
    )  # fmt: skip
    session.add(draft)
    session.commit()
    (address,) = choices(desk.get(f"{there}swap/"))
    assert parse_qs(urlsplit(address).query)["other"] == [draft.public_id]
    asked = desk.get(address)
    assert "Nadir" in text_of(asked)
    assert desk.post(f"{there}swap/", data=fields(asked)).location == there
    one, two = read(Pairing)
    assert (one.volunteer_id, two.volunteer_id) == (other.id, town.volunteer.id)


@pytest.mark.parametrize(
    "wrong",
    [{"people": "1"}, {"score": "99"}, {"volunteer": "nobody"}, {"score": ""}],
    ids=str,
)
def test_what_costs_something_else_is_not_saved(desk, there, other, town, read, wrong):
    (address,) = choices(desk.get(f"{there}swap/"))
    refused = desk.post(f"{there}swap/", data=fields(desk.get(address)) | wrong)
    assert refused.status_code == 409
    assert "costs something else by now" in text_of(refused)
    assert read(Pairing)[0].volunteer_id == town.volunteer.id


def test_a_proposal_that_was_sent_is_not_changed(desk, pair):
    sent = pair(PairingState.VOLUNTEER_ASKED)
    there = f"{DESK}pairings/{sent.public_id}/swap/"
    assert desk.get(there).status_code == 409


def test_what_is_not_possible_any_more_says_why_and_is_dropped(
    session, desk, there, town, read
):
    assert "Ask the volunteer" in text_of(desk.get(there))
    town.volunteer.times = 0b111 << 12
    session.commit()
    assert desk.post(f"{there}send").location == there
    assert read(Pairing)[0].state is PairingState.DRAFT
    page = text_of(desk.get(there))
    for told in (
        "a rule forbids it", "cannot be brought together as things are now",
        "Never free at the same time", "Drop this draft",
    ):  # fmt: skip
        assert told in page, told
    assert "Ask the volunteer" not in page
    assert desk.post(f"{there}withdraw").location == there
    assert read(Pairing)[0].state is PairingState.WITHDRAWN


def test_drafts_are_pinned_and_forbidden_beside_it(desk, there, other):
    for page in (f"{there}swap/", f"{DESK}proposals/"):
        text = text_of(desk.get(page))
        assert f'action="{there}pin"' in text
        assert f'action="{there}forbid"' in text
