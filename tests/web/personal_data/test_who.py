"""Every route to a record, every role: nobody else's people are there."""

import pytest

from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.rights import Erasure, RightKind
from welcome.buddies.privacy import asking, subject_access

OWN = {"coordinator", "second", "lead"}
ELSEWHERE = {"other_coordinator", "other_lead"}
NEVER = {"referrer", "scheme_lead"}
# What each answers to whom it is allowed; the last one changes nothing for the others.
ROUTES = {
    ("GET", "show_person"): ("person", 200),
    ("GET", "ask_erase"): ("person", 200),
    ("GET", "look_through"): ("export", 200),
    ("POST", "note_asked"): ("person", 422),
    ("POST", "note_answered"): ("asked", 302),
    ("POST", "hold"): ("person", 422),
    ("POST", "lift"): ("person", 302),
    ("POST", "erase"): ("person", 422),
    ("POST", "prepare"): ("person", 302),
    ("POST", "review"): ("export", 409),
    ("POST", "give_json"): ("export", 409),
    ("POST", "give_pdf"): ("export", 409),
    ("POST", "remove"): ("export", 302),
}


@pytest.fixture
def there(session, pair, staff, now):
    export = subject_access.prepare(
        session, pair.newcomer, actor=staff.coordinator, now=now
    )
    asked = asking.note_asked(
        session, pair.newcomer, RightKind.ACCESS, now.date(), actor=staff.second,
        now=now,
    )  # fmt: skip
    session.commit()
    return {
        "person": pair.newcomer.public_id,
        "export": export.public_id,
        "asked": asked.public_id,
    }


def address(app, there, method, name):
    public_id = there[ROUTES[method, name][0]]
    values = {"public_id": public_id}
    bound = app.url_map.bind("localhost")
    return bound.build(f"personal_data.{name}", values, method=method)


def test_the_table_holds_every_route(app):
    listed = {
        (method, rule.endpoint.partition(".")[2])
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("personal_data.")
    }
    assert listed - {("GET", "home")} == set(ROUTES)


@pytest.mark.parametrize(("method", "name"), ROUTES)
def test_who_gets_in(app, client, signed_in_as, staff, there, read, method, name):
    asked = address(app, there, method, name)
    assert client.open(asked, method=method).status_code == (
        401 if method == "POST" else 302
    )
    for key in sorted(NEVER):
        answer = signed_in_as(getattr(staff, key)).open(asked, method=method)
        assert answer.status_code == 403, key
    for key in sorted(ELSEWHERE):
        answer = signed_in_as(getattr(staff, key)).open(asked, method=method)
        assert answer.status_code == 404, key
        assert "Nadia" not in answer.get_data(as_text=True)
    answer = signed_in_as(staff.coordinator).open(asked, method=method)
    assert answer.status_code == ROUTES[method, name][1]
    assert read(Erasure) == []
    assert read(Newcomer)[0].erased_at is None


@pytest.mark.parametrize("key", sorted(OWN))
def test_own_people_are_listed(signed_in_as, staff, there, key):
    page = signed_in_as(getattr(staff, key)).get("/-/personal-data/")
    assert "Nadia" in page.get_data(as_text=True)


@pytest.mark.parametrize("key", sorted(ELSEWHERE))
def test_others_people_are_not_listed(signed_in_as, staff, there, key):
    page = signed_in_as(getattr(staff, key)).get("/-/personal-data/")
    assert page.status_code == 200
    assert "Nadia" not in page.get_data(as_text=True)
