"""Handing over on the desk: to a colleague, to an organisation, all of a colleague's."""

import pytest

from tests.partners.shared import share
from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.partners import agreements

KINDS = {"requests": Newcomer, "volunteers": Volunteer}


@pytest.fixture(params=["requests", "volunteers"])
def somebody(request, town):
    """A newcomer by their request, and a volunteer: the table, and where they stand."""
    row = town.asking if request.param == "requests" else town.volunteer
    return KINDS[request.param], f"{DESK}{request.param}/{row.public_id}/"


@pytest.fixture
def colleague(session, cast, organisations, now):
    home = organisations["Town Friends"]
    agreements.join(session, home, cast.neighbour, actor=None, now=now)
    session.commit()
    return cast.neighbour


@pytest.fixture
def harbour(session, organisations, now):
    """An organisation with which Town Friends share."""
    found = organisations["Harbour Charity"]
    home = organisations["Town Friends"]
    share(session, home, found, actor=None, now=now)
    session.commit()
    return found


def test_somebody_is_given_to_a_colleague(desk, somebody, colleague, read):
    kind, there = somebody
    given = desk.post(f"{there}give/", data={"colleague": str(colleague.id)})
    assert given.location == there
    assert read(kind)[0].coordinator_id == colleague.id
    assert colleague.name in text_of(desk.get(there))
    assert f'selected value="{colleague.id}"' in text_of(desk.get(f"{there}give/"))


def test_lists_show_whom_one_sees_to(desk, somebody, town, cast):
    _kind, there = somebody
    lists = there.rsplit("/", 2)[0] + "/?whose=mine"
    assert "Fiction" not in text_of(desk.get(lists))
    desk.post(f"{there}give/", data={"colleague": str(cast.coordinator.id)})
    assert "Fiction" in text_of(desk.get(lists))


def test_nobody_else_may_be_chosen(desk, somebody, cast, read):
    kind, there = somebody
    for who in (cast.neighbour, cast.administrator):
        refused = desk.post(f"{there}give/", data={"colleague": str(who.id)})
        assert refused.status_code == 422
    assert read(kind)[0].coordinator_id is None


def test_somebody_is_handed_over_who_agrees(
    desk, somebody, harbour, signed_in_as, cast, read
):
    kind, there = somebody
    said = {"organisation": harbour.public_id}
    assert harbour.name in text_of(desk.get(f"{there}hand/"))
    refused = desk.post(f"{there}hand/", data=said)
    assert refused.status_code == 422
    assert "Ask them first" in text_of(refused)
    handed = desk.post(f"{there}hand/", data=said | {"agrees": "y"})
    assert handed.location == DESK
    assert "Handed over." in text_of(desk.get(DESK))
    assert read(kind)[0].organisation_id == harbour.id
    assert desk.get(there).status_code == 404
    assert signed_in_as(cast.neighbour).get(there).status_code == 200


def test_nobody_is_handed_to_where_nothing_is_shared(
    desk, somebody, organisations, town, read
):
    kind, there = somebody
    other = organisations["Harbour Charity"]
    assert other.name not in text_of(desk.get(f"{there}hand/"))
    said = {"organisation": other.public_id, "agrees": "y"}
    assert desk.post(f"{there}hand/", data=said).status_code == 422
    assert read(kind)[0].organisation_id == town.own


def test_a_pairing_has_to_be_over_first(desk, somebody, harbour, pair, town, read):
    kind, there = somebody
    pair()
    said = {"organisation": harbour.public_id, "agrees": "y"}
    refused = desk.post(f"{there}hand/", data=said)
    assert refused.status_code == 409
    assert "End or withdraw it first" in text_of(refused)
    assert read(kind)[0].organisation_id == town.own


def test_everything_of_a_colleague_is_handed_over(
    session, desk, town, cast, colleague, read
):
    town.newcomer.coordinator_id = town.volunteer.coordinator_id = colleague.id
    session.commit()
    there = f"{DESK}hand-over/"
    assert there in text_of(desk.get(DESK))
    assert colleague.name in text_of(desk.get(there))
    said = {"leaves": str(colleague.id), "colleague": str(cast.coordinator.id)}
    assert desk.post(there, data=said).location == there
    assert "Newcomers: 1, volunteers: 1, tasks: 0" in text_of(desk.get(there))
    for kind in (Newcomer, Volunteer):
        assert read(kind)[0].coordinator_id == cast.coordinator.id


@pytest.mark.parametrize("leaves", ["", "0", "x"])
def test_only_who_sees_to_somebody_can_hand_over(desk, town, leaves):
    refused = desk.post(f"{DESK}hand-over/", data={"leaves": leaves, "colleague": ""})
    assert refused.status_code == 422
