"""Handling a concern on its page; every opening is noted, and nobody else gets in."""

import pytest

from tests.buddies import clearing_people, scenes
from tests.buddies.scenes import SCHEME
from tests.web.safeguarding.conftest import SECRET
from welcome.buddies.models.concerns import (
    Concern,
    ConcernAct,
    ConcernNote,
    ConcernReading,
    ConcernState,
)
from welcome.buddies.models.pairings import Pairing, PairingState, Side
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.models.rights import ErasedFor
from welcome.buddies.privacy import erasing

HANDLE = {"lead", "deputy"}
HAVE_A_DESK = HANDLE | {"other_lead", "council_lead"}
STEPS = [
    "take-up", "close", "open-again", "suspend", "lift", "keep", "keep-no-longer",
]  # fmt: skip
A = ConcernAct


@pytest.fixture
def page(concern):
    return f"/-/safeguarding/{concern.public_id}/"


@pytest.mark.parametrize("form", ["note", "decide"])
def test_a_page_that_refuses_is_a_reading_too(lead, people, page, read, form):
    assert SECRET in text_of(lead.post(page + form, data={}), 422)
    assert [each.read_by_id for each in read(ConcernReading)] == [people.lead.id]
    assert read(ConcernNote) == []


@pytest.mark.parametrize("side", list(Side))
def test_who_is_erased_meanwhile_is_known_to_the_lead_alone(
    session, signed_in_as, lead, people, pair, concern, page, now, side
):
    erased = pair.newcomer if side is Side.NEWCOMER else pair.volunteer
    name = erased.name
    erased.organisation_id = people.charity.id
    erase = {"scheme": SCHEME, "actor": people.coordinator, "now": now}
    receipt = erasing.erase(session, erased, ErasedFor.ASKED, **erase)
    session.commit()
    assert f"<bdi>{name}</bdi> (erased)" in text_of(lead.get(page))
    # The receipt says the same of everybody, and no page of theirs names anybody.
    assert erasing.KEPT_APART in receipt.fields
    coordinator = signed_in_as(people.coordinator)
    for address in ("/-/coordinating/", "/-/coordinating/pairings/"):
        shown = text_of(coordinator.get(address))
        assert name not in shown
        assert "concern" not in shown.lower()


@pytest.fixture
def pair_page(page, pair):
    return f"{page}pairs/{pair.pairing.public_id}/"


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def acts(read):
    return [each.act for each in read(ConcernNote)]


def test_the_list_says_nothing_and_the_page_notes_who_opens_it(
    lead, people, page, read
):
    listed = text_of(lead.get("/-/safeguarding/"))
    assert SECRET not in listed
    assert "Somebody is in danger" in listed
    assert read(ConcernReading) == []
    answer = lead.get(page)
    assert SECRET in text_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert [each.read_by_id for each in read(ConcernReading)] == [people.lead.id]


def test_what_the_adult_wants_can_be_written_down_later(
    session, lead, page, concern, read
):
    concern.wishes = None
    session.commit()
    lead.post(page + "take-up")
    assert "It was not said." in text_of(lead.get(page))
    wishes = "She wants to go on, in the library."
    data = {"text": "We spoke to her.", "referred_to": ["nobody"], "wishes": wishes}
    refused = text_of(lead.post(page + "decide", data={**data, "text": ""}), 422)
    assert wishes in refused
    lead.post(page + "decide", data=data)
    shown = text_of(lead.get(page))
    assert "It was not said." not in shown
    assert f">{wishes}</p>" in shown
    assert read(Concern)[0].wishes == wishes


def test_a_concern_is_handled_from_raised_to_closed(lead, page, pair_page, read):
    lead.post(page + "take-up")
    lead.post(page + "note", data={"note": "Called her."})
    lead.post(pair_page + "hold")
    assert read(Pairing)[0].state is PairingState.HELD
    lead.post(
        page + "decide",
        data={"text": "We told the council.", "referred_to": ["adult-social-care"]},
    )
    assert lead.post(page + "close").status_code == 409
    lead.post(pair_page + "go-on")
    assert read(Pairing)[0].state is PairingState.MEETING
    lead.post(page + "close")
    assert read(Concern)[0].state is ConcernState.CLOSED
    assert acts(read) == [
        A.TAKEN_UP, A.NOTED, A.HELD, A.DECIDED, A.LET_GO_ON, A.CLOSED,
    ]  # fmt: skip
    shown = text_of(lead.get(page))
    for said in ("Called her.", "We told the council.", "Adult social care"):
        assert said in shown


def test_a_pair_is_ended_and_a_volunteer_suspended(lead, page, pair_page, read):
    lead.post(page + "take-up")
    lead.post(page + "suspend")
    assert read(Volunteer)[0].state is VolunteerState.SUSPENDED
    assert "Suspended" in text_of(lead.get(page))
    lead.post(pair_page + "end", data={"wants_another": "y"})
    assert read(Pairing)[0].state is PairingState.ENDED
    lead.post(page + "lift")
    assert read(Volunteer)[0].state is VolunteerState.PAUSED


def test_of_several_pairs_each_is_named(session, lead, pair, concern, page, now):
    other = scenes.scene(session, now, PairingState.MEETING)
    other.pairing.volunteer_id = pair.volunteer.id
    concern.pairing_id = concern.newcomer_id = None
    session.commit()
    shown = text_of(lead.get(page))
    for each in (pair, other):
        assert each.newcomer.name in shown


def test_it_is_kept_for_the_law_until_that_is_lifted(lead, page, read):
    for _twice in range(2):
        lead.post(page + "keep")
    assert read(Concern)[0].is_kept_for_law
    assert "It is not removed, however old it is." in text_of(lead.get(page))
    lead.post(page + "keep-no-longer")
    assert not read(Concern)[0].is_kept_for_law
    assert acts(read) == [A.KEPT, A.KEPT_NO_MORE]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": " ", "referred_to": ["police"]}, "Write what you decided."),
        ({"text": "Kept.", "referred_to": []}, "Say to whom you passed it on"),
        (
            {"text": "Kept.", "referred_to": ["police", "nobody"]},
            "those you passed it on to; not both.",
        ),
    ],
    ids=["nothing", "to nobody said", "both"],
)
def test_what_cannot_be_decided_is_told_and_kept(lead, page, read, data, says):
    lead.post(page + "take-up")
    shown = text_of(lead.post(page + "decide", data=data), 422)
    assert says in shown
    assert data["text"].strip() in shown
    assert acts(read) == [A.TAKEN_UP]


def test_what_a_note_says_is_shown_again_where_it_is_refused(lead, page, read):
    assert "Write a note." in text_of(lead.post(page + "note", data={}), 422)
    long = "x" * 10_001
    assert long in text_of(lead.post(page + "note", data={"note": long}), 422)
    assert acts(read) == []


def list_addresses(page, pair_page):
    return [
        ("GET", page),
        *(("POST", page + each) for each in (*STEPS, "note", "decide")),
        *(("POST", pair_page + each) for each in ("hold", "go-on", "end")),
    ]


@pytest.mark.parametrize("who", list(clearing_people.PEOPLE))
def test_who_gets_in(signed_in_as, people, page, pair_page, who, read):
    browser = signed_in_as(getattr(people, who))
    has_a_desk = who in HAVE_A_DESK
    listed = browser.get("/-/safeguarding/")
    assert listed.status_code == (200 if has_a_desk else 403)
    assert (page in listed.get_data(as_text=True)) == (who in HANDLE)
    for method, address in list_addresses(page, pair_page):
        code = browser.open(address, method=method).status_code
        if who in HANDLE:
            assert code in {200, 302, 409, 422}, address
        else:
            assert code == (404 if has_a_desk else 403), address
    assert bool(read(ConcernReading)) == (who in HANDLE)


def test_a_stranger_is_sent_to_the_door(client, page):
    assert "/-/account/sign-in" in client.get(page).location


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_who_sees_the_desk_in_the_rail(signed_in_as, people, who):
    browser = signed_in_as(getattr(people, who))
    page = browser.get("/-/", follow_redirects=True).get_data(as_text=True)
    assert ('href="/-/safeguarding/"' in page) == (who == "lead")
