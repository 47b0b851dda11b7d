"""What coordinators see and record of volunteers; who else gets in."""

import re

import pytest

from tests.buddies import clearing_people
from tests.web.taking_part.filling import FROM_HERE
from welcome.buddies.clearances import referees, references
from welcome.buddies.clearances.referees import Named
from welcome.buddies.clearances.replies import KnownFor, Reply, WouldTrust
from welcome.buddies.models.clearing import (
    Clearance,
    Referee,
    RefereeState,
    Relation,
)
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.messages.models import Message

DAY = "2026-03-01"
SEEN = {"kind": "identity", "seen_on": DAY, "is_met": "yes"}
DECISION = {
    "role": "adult", "level": "none", "reason": "A friend to talk to.",
    "seen_on": DAY, "is_met": "yes",
}  # fmt: skip
REPLY = {
    "known_for": "over-three-years", "comment": "We worked together.",
    "would_trust": "yes", "text": "جيدة",
}  # fmt: skip
ANSWERS = {
    "present": "adults", "looks_after": "no", "care_of": "nobody",
    "transport": "no", "often": "no",
}  # fmt: skip


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


@pytest.fixture
def page(volunteer):
    return f"/-/clearing/{volunteer.public_id}/"


@pytest.fixture
def accept_reference(session, volunteer, people, now):
    """Have somebody speak well of the volunteer."""

    def act(name):
        named = Named(name, Relation.COLLEAGUE, f"{name}@example.org")
        coordinator = {"actor": people.coordinator, "now": now}
        referee = referees.name_referee(session, volunteer, named, **coordinator)
        said = Reply(KnownFor.OVER_THREE_YEARS, "Work", WouldTrust.YES, "")
        references.write_down(session, referee, said, **coordinator)
        references.accept(session, referee, today=now.date(), **coordinator)
        session.commit()

    return act


def test_a_volunteer_is_cleared_step_by_step(coordinator, page, read, accept_reference):
    assert "Vera Fictional" in text_of(coordinator.get("/-/clearing/"))
    for kind in ("identity", "interview", "training", "agreement"):
        answer = coordinator.post(page + "record", data={**SEEN, "kind": kind})
        assert answer.status_code == 302
    for each in ("ruth", "sam"):
        accept_reference(each)
    assert "Not cleared yet." in text_of(coordinator.get(page))
    coordinator.post(page + "dbs", data=DECISION)
    [person] = read(Volunteer)
    assert person.state is VolunteerState.CLEARED
    shown = text_of(coordinator.get(page))
    assert "Cleared." in shown
    assert "A friend to talk to." in shown


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({**SEEN, "seen_on": ""}, "Write the day on which you saw it."),
        ({**SEEN, "seen_on": "31/31/2026"}, "Write the day on which you saw it."),
        ({**SEEN, "kind": "dbs"}, "Choose one of the answers in the list."),
        ({**SEEN, "kind": "reference"}, "Choose one of the answers in the list."),
    ],
    ids=["no day", "no such day", "decided elsewhere", "said by referees"],
)
def test_what_cannot_be_recorded_is_told(coordinator, page, read, data, says):
    assert says in text_of(coordinator.post(page + "record", data=data), 422)
    assert read(Clearance) == []


def test_a_decision_wants_its_reason_and_keeps_what_was_typed(coordinator, page, read):
    answer = coordinator.post(page + "dbs", data={**DECISION, "reason": " "})
    assert "Write why you decided so." in text_of(answer, 422)
    assert read(Clearance) == []
    coordinator.post(page + "dbs", data=DECISION)
    [row] = read(Clearance)
    assert (row.kind, row.level) == (ClearanceKind.DBS, DbsLevel.NONE)


def test_a_decision_holds_anew_once_the_service_was_looked_at(coordinator, page, read):
    status = {"role": "adult", "checked_on": "2026-05-01"}
    answer = coordinator.post(page + "status", data=status)
    assert answer.status_code == 422
    coordinator.post(page + "dbs", data=DECISION)
    assert "Nothing is new" not in text_of(coordinator.get(page))
    decided = {**DECISION, "level": "basic", "on_update_service": "y"}
    coordinator.post(page + "dbs", data=decided)
    assert "Nothing is new" in text_of(coordinator.get(page))
    assert coordinator.post(page + "status", data=status).status_code == 302
    *_, before, after = read(Clearance)
    assert (str(after.seen_on), after.level) == ("2026-05-01", DbsLevel.BASIC)
    assert (after.reason, after.on_update_service) == (before.reason, True)
    assert after.expires_on > before.expires_on
    wrong = coordinator.post(page + "status", data={**status, "checked_on": ""})
    assert "Write the day on which you looked." in text_of(wrong, 422)


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "No DBS check"),
        ({"present": "children"}, "Basic"),
        ({"transport": "yes"}, "Enhanced with the adults’ barred list"),
    ],
    ids=["friendship", "children", "transport"],
)
def test_the_questions_suggest_a_level_and_record_nothing(
    coordinator, page, read, changed, level
):
    assert "Suggested" not in text_of(coordinator.get(page + "dbs"))
    answer = coordinator.get(page + "dbs", query_string={**ANSWERS, **changed})
    shown = text_of(answer)
    assert f"Suggested: {level}" in shown
    assert "not legal advice" in shown
    assert "https://www.gov.uk/" in shown
    assert read(Clearance) == []


def test_every_question_is_to_be_answered(coordinator, page):
    answer = coordinator.get(page + "dbs", query_string={"present": "adults"})
    shown = text_of(answer)
    assert "Choose one of the answers." in shown
    assert "Suggested" not in shown


def test_an_application_is_taken_up_or_declined(coordinator, page, read):
    coordinator.post(page + "accept")
    assert read(Volunteer)[0].state is VolunteerState.CLEARING
    coordinator.post(page + "decline")
    assert read(Volunteer)[0].state is VolunteerState.DECLINED
    assert coordinator.post(page + "record", data=SEEN).status_code == 409


def test_a_reference_goes_from_name_to_clearance(coordinator, client, page, read):
    answer = coordinator.post(
        page + "referees",
        data={"name": "Ruth", "relation": "teacher", "email": "ruth@example.org"},
    )
    asked = answer.location
    coordinator.post(asked + "ask")
    [letter] = read(Message)
    link = re.search(r"https://welcome\.example\.org(/\S+)", letter.body)[1]
    first = text_of(client.get(link))
    assert "Vera Fictional" in first
    for said in ("6 months", "article 6", "Responsible for it is:", "ico.org.uk"):
        assert said in first
    assert first.count("<details><summary>What we keep</summary>") == 1
    assert "set-cookie" not in client.get(link).headers
    token = re.search(r'name="form_token" value="([^"]+)"', first)[1]
    data = {**REPLY, "form_token": token, "go": "answer"}
    wrong = client.post(link, data={**data, "comment": ""}, headers=FROM_HERE)
    assert "Write how you know them." in text_of(wrong, 422)
    assert "Thank you" in text_of(client.post(link, data=data, headers=FROM_HERE))
    assert client.post(link, data=data, headers=FROM_HERE).status_code == 410
    assert client.get(link).status_code == 410
    shown = text_of(coordinator.get(asked))
    assert "We worked together." in shown
    assert "جيدة" in shown
    coordinator.post(asked + "accept")
    assert read(Referee)[0].state is RefereeState.ACCEPTED
    assert [each.kind for each in read(Clearance)] == [ClearanceKind.REFERENCE]


def test_looking_at_a_link_changes_nothing(coordinator, client, referee, read):
    coordinator.post(f"/-/clearing/referees/{referee.public_id}/ask")
    [letter] = read(Message)
    link = re.search(r"https://welcome\.example\.org(/\S+)", letter.body)[1]
    before = read(Referee)[0].model_dump()
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        client.open(link, method=method)
    assert read(Referee)[0].model_dump() == before


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"name": "", "relation": "friend", "email": "a@example.org"}, 422),
        ({"name": "A", "relation": "family", "email": "a@example.org"}, 422),
        ({"name": "A", "relation": "friend", "email": "nothing"}, 422),
        ({"name": "A", "relation": "friend"}, 409),
        ({"name": "A", "relation": "friend", "email": "vera@example.org"}, 409),
    ],
    ids=["no name", "family", "no address", "no way", "the volunteer"],
)
def test_who_cannot_be_named(coordinator, page, read, data, code):
    answer = coordinator.post(page + "referees", data=data)
    assert answer.status_code == code
    assert 'id="email"' in answer.get_data(as_text=True)
    assert read(Referee) == []


OPEN = ["/-/clearing/"]
OF_ONE = ["", "dbs", "referees"]
POSTED = ["accept", "decline", "record", "dbs", "status", "referees"]
OF_REFEREE = ["ask", "write-down", "accept", "refuse"]


def list_addresses(volunteer, referee):
    one, other = (
        f"/-/clearing/{volunteer.public_id}/",
        f"/-/clearing/referees/{referee.public_id}/",
    )
    return [
        *(("GET", each) for each in OPEN),
        *(("GET", one + each) for each in OF_ONE),
        *(("POST", one + each) for each in POSTED),
        ("GET", other),
        *(("POST", other + each) for each in OF_REFEREE),
    ]


def test_the_list_of_addresses_is_whole(app, volunteer, referee):
    rules = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if rule.endpoint.startswith("clearing.")
    ]
    assert len(rules) == len(list_addresses(volunteer, referee))


@pytest.mark.parametrize("who", list(clearing_people.PEOPLE))
def test_who_gets_in(signed_in_as, people, volunteer, referee, who, read):
    browser = signed_in_as(getattr(people, who))
    wanted = {"coordinator": None, "other_coordinator": 404}.get(who, 403)
    for method, address in list_addresses(volunteer, referee):
        code = browser.open(address, method=method).status_code
        if wanted is None:
            assert code in {200, 302, 409, 422}, address
        elif (wanted, address) == (404, OPEN[0]):
            assert code == 200
            assert "Vera" not in browser.get(address).get_data(as_text=True)
        else:
            assert code == wanted, address
    if wanted:
        assert read(Clearance) == []
        assert read(Volunteer)[0].state is VolunteerState.APPLIED
