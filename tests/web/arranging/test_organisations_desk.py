"""The lead's pages about organisations, and both sides' about sharing."""

import pytest

from tests.buddies import scenes
from welcome.partners.models import Membership, Organisation, Sharing


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def told(client, answer):
    assert answer.status_code == 302
    return text_of(client.get(answer.location))


NEW = {"name": "Bread and Tea", "kind": "charity", "phone": "020 7946 0111"}


def test_an_organisation_is_added_renamed_and_closed(lead, read):
    shown = told(lead, lead.post("/-/arranging/organisations/add", data=NEW))
    assert "Bread and Tea was saved." in shown
    [made] = read(Organisation, Organisation.name == "Bread and Tea")
    page = f"/-/arranging/organisations/{made.public_id}/"
    assert "020 7946 0111" in text_of(lead.get(page + "change"))
    changed = {**NEW, "name": "Bread, Tea and Talk"}
    assert "Bread, Tea and Talk" in told(lead, lead.post(page + "change", data=changed))
    assert "takes part no more" in told(lead, lead.post(page + "close"))
    assert "Closed" in text_of(lead.get("/-/arranging/"))
    assert "takes part again" in told(lead, lead.post(page + "open-again"))


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"name": " "}, 422, "Write the name of the organisation."),
        ({"name": "town FRIENDS"}, 409, "There is an organisation called"),
        ({"phone": "twelve"}, 422, "is not a phone number"),
        ({"name": "ن" * 121}, 422, "Use at most 120 characters."),
    ],
    ids=["no name", "taken", "no phone", "long"],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    lead, read, changed, code, says
):
    data = {**NEW, **changed}
    shown = text_of(lead.post("/-/arranging/organisations/add", data=data), code)
    assert "There is a problem" in shown
    assert says in shown
    assert data["phone"] in shown
    assert len(read(Organisation)) == 4


def test_what_is_open_stands_against_closing(session, lead, places, now, read):
    town = places["Town Friends"]
    page = f"/-/arranging/organisations/{town.public_id}/close"
    assert "Nobody of this organisation waits" in text_of(lead.get(page))
    scenes.volunteer(session, now, organisation_id=town.id)
    session.commit()
    shown = text_of(lead.get(page))
    assert "1 volunteer<" in shown
    assert "Close it" not in shown
    assert "are not over yet" in text_of(lead.post(page), 409)
    assert all(each.active for each in read(Organisation))


def test_the_council_stays_a_council(lead, places):
    council = f"/-/arranging/organisations/{places['Town Council'].public_id}/"
    assert "stays a council" in text_of(
        lead.post(council + "change", data={**NEW, "name": "Town Council"}), 409
    )
    assert "stays a council" in text_of(lead.post(council + "close"), 409)


def test_the_council_has_a_number_for_worries(lead, read, places):
    council = places["Town Council"]
    page = f"/-/arranging/organisations/{council.public_id}/change"
    data = {"name": "Town Council", "kind": "council", "phone": " "}
    shown = text_of(lead.post(page, data=data), 409)
    assert "There is a problem" in shown
    assert "Write the phone number of the council for worries" in shown
    [kept] = read(Organisation, Organisation.id == council.id)
    assert kept.safeguarding_phone


def test_somebody_is_added_by_their_address(lead, read, cast, places):
    harbour = places["Harbour Charity"]
    page = f"/-/arranging/organisations/{harbour.public_id}/"
    data = {"email": "Writer@Example.org", "role": "coordinator"}
    shown = told(lead, lead.post(page + "members", data=data))
    assert "Wren Fielding works for Harbour Charity now." in shown
    mine = Membership.account_id == cast.writer.id
    assert [each.organisation_id for each in read(Membership, mine)] == [harbour.id]
    end = f"{page}members/{cast.writer.public_id}/end"
    assert "works for Harbour Charity no more" in told(lead, lead.post(end))
    assert read(Membership, mine) == []
    assert lead.post(end).status_code == 404


def test_where_nobody_does_something_is_said(lead, places):
    pages = {
        name: text_of(lead.get(f"/-/arranging/organisations/{each.public_id}/"))
        for name, each in places.items()
    }
    lacks = {"Nobody coordinates here", "Nobody here handles worries"}
    told = {
        name: {each for each in lacks if each in page} for name, page in pages.items()
    }
    assert told == {
        "Town Council": set(),
        "Town Friends": set(),
        "Harbour Charity": {"Nobody here handles worries"},
        "Surgery in the Square": lacks,
    }


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        ({"email": "", "role": "referrer"}, 422, "Write the e-mail address they sign"),
        ({"email": "wren", "role": "referrer"}, 422, "is not an e-mail address"),
        ({"email": "a@example.org", "role": "referrer"}, 409, "Nobody signs in with"),
        (
            {"email": "scheme.lead@example.org", "role": "safeguarding-lead"},
            409,
            "Nobody decides this for themselves.",
        ),
        (
            {"email": "writer@example.org", "role": "administrator"},
            422,
            "Choose one of the answers in the list.",
        ),
    ],
    ids=["empty", "no address", "unknown", "oneself", "another role"],
)
def test_who_cannot_be_added(lead, read, places, data, code, says):
    page = f"/-/arranging/organisations/{places['Harbour Charity'].public_id}/"
    before = read(Membership)
    shown = text_of(lead.post(page + "members", data=data), code)
    assert says in shown
    assert data["email"] in shown
    assert read(Membership) == before


def test_one_proposes_the_other_agrees_the_lead_allows_and_one_ends(
    signed_in_as, cast, places, lead, coordinator, read
):
    neighbour = signed_in_as(cast.neighbour)
    data = {
        "own": places["Harbour Charity"].public_id,
        "other": places["Town Friends"].public_id,
    }
    answer = neighbour.post("/-/arranging/sharing/propose", data=data)
    assert "It counts once Town Friends agrees." in told(neighbour, answer)
    [made] = read(Sharing)
    at = f"/-/arranging/sharing/{made.id}/"
    assert "has to agree" in text_of(neighbour.post(at + "agree"), 409)
    assert "proposed by Harbour Charity" in text_of(lead.get("/-/arranging/sharing/"))
    waits = "It counts once the lead of the scheme allows it."
    assert waits in told(coordinator, coordinator.post(at + "agree"))
    assert "They share" not in text_of(lead.get("/-/arranging/sharing/"))
    there = f"/-/arranging/organisations/{places['Town Friends'].public_id}/"
    assert "has to allow it" in text_of(lead.get(there))
    assert "1 agreement to share waits" in text_of(lead.get("/-/arranging/"))
    assert "agreement to share" not in text_of(coordinator.get("/-/arranging/"))
    assert "They share now." in told(lead, lead.post(at + "allow"))
    assert "agreement to share" not in text_of(lead.get("/-/arranging/"))
    assert "has to allow it" not in text_of(lead.get(there))
    assert "They share" in text_of(lead.get("/-/arranging/sharing/"))
    assert "0 pairs were introduced already" in text_of(neighbour.get(at + "end"))
    assert "Ended." in told(neighbour, neighbour.post(at + "end"))
    [ended] = read(Sharing)
    assert ended.ended_at is not None
    assert coordinator.post(at + "agree").status_code == 404


def test_nobody_proposes_for_others_or_to_themselves(coordinator, places, read):
    names = {name: each.public_id for name, each in places.items()}
    for own, other, code in (
        ("Harbour Charity", "Town Friends", 422),
        ("Town Friends", "Town Friends", 409),
    ):
        data = {"own": names[own], "other": names[other]}
        answer = coordinator.post("/-/arranging/sharing/propose", data=data)
        assert "There is a problem" in text_of(answer, code)
    assert read(Sharing) == []
