"""Nothing typed is lost, nothing happens twice, nothing foreign is taken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.taking_part.filling import FROM_HERE, NEWCOMER, VOLUNTEER
from welcome import clock
from welcome.buddies.models.people import Area, AreaKind, Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.messages.models import Message
from welcome.web.taking_part import carrying

HERE = {"Origin": "http://localhost"}
LAST = "send"


@pytest.fixture
def at_last(fill):
    """A newcomer's form before its last button."""
    return fill("newcomer").fill(NEWCOMER[:-1])


def test_going_back_keeps_every_answer_and_the_one_half_given(fill, read):
    form = fill("newcomer").fill(NEWCOMER[:3])
    assert form.step == "wishes"
    form.send({"never_told": "my uncle"}, go="back")
    assert form.shown()["times"] == ["mon-morning", "sun-evening"]
    form.send({}, go="back")
    assert (form.step, form.shown()["language_1"]) == ("languages", ["ar"])
    form.send({}, go="back")
    assert form.shown()["name"] == ["Nadia"]
    form.fill([{}, {}, {}])
    assert (form.step, form.shown()["never_told"]) == ("wishes", ["my uncle"])
    form.fill([{}, {}, {"has_read": "y"}])
    (newcomer,) = read(Newcomer)
    assert newcomer.never_told == "my uncle"


def test_another_language_keeps_every_answer(fill, client):
    form = fill("newcomer").fill(NEWCOMER[:2])
    form.address = form.address.replace("/en/", "/ur/")
    form.send({"times": ["fri-evening"]}, go="stay")
    assert (form.page.get("lang"), form.page.get("dir")) == ("ur", "rtl")
    assert (form.step, form.shown()["times"]) == ("when", ["fri-evening"])


def test_what_is_wrong_stays_in_its_box(fill):
    form = fill("newcomer")
    form.send({**NEWCOMER[0], "email": "no address"})
    assert form.answer.status_code == 422
    assert form.shown()["email"] == ["no address"]
    assert len(form.errors) == 1
    (link,) = form.page.xpath("//*[@class='govuk-list govuk-error-summary__list']//a")
    (box,) = form.page.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert "email-error" in box.get("aria-describedby")


def test_sent_twice_it_happens_once_and_says_the_same(at_last, read):
    last = at_last.shown()
    first = at_last.send({"has_read": "y"}).get_data()
    again = at_last.client.post(
        at_last.address, data={**last, "go": "next", "has_read": "y"}, headers=FROM_HERE
    )
    assert again.get_data() == first
    assert len(read(Newcomer)) == len(read(BuddyRequest)) == 1


@pytest.mark.parametrize(
    ("form", "steps", "kind"),
    [("newcomer", NEWCOMER, Newcomer), ("volunteer", VOLUNTEER, Volunteer)],
)
def test_known_and_unknown_addresses_are_answered_alike(
    fill, read, monkeypatch, form, steps, kind
):
    """Byte for byte: the same form's key, once with an address that is known."""
    fill(form).fill(steps)
    begin = carrying.begin
    monkeypatch.setattr(
        carrying,
        "begin",
        lambda name, now: replace(begin(name, now=now), key="one key"),
    )
    known = fill(form).fill(steps).answer
    assert len(read(kind)) == 1
    assert len(read(Message)) == 1
    unknown = ({**steps[0], "email": "else@example.org"}, *steps[1:])
    fresh = fill(form).fill(unknown).answer
    assert len(read(kind)) == 2
    assert (known.status_code, known.get_data()) == (
        fresh.status_code,
        fresh.get_data(),
    )
    assert dict(known.headers).keys() == dict(fresh.headers).keys()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_forms_sent_from_elsewhere_are_refused(at_last, read, headers):
    last = at_last.send({"has_read": "y"}, headers=headers)
    assert last.status_code == 403
    assert read(Newcomer) == []


@pytest.mark.parametrize(
    "headers",
    [
        HERE,
        {"Origin": "https://welcome.example.org"},
        {"Sec-Fetch-Site": "same-origin"},
    ],
)
def test_forms_sent_from_here_are_taken(at_last, read, headers):
    assert at_last.send({"has_read": "y"}, headers=headers).status_code == 200
    assert len(read(Newcomer)) == 1


@pytest.mark.parametrize("damage", ["", "made up", "cut", "changed", "another form"])
def test_a_token_that_is_not_ours_starts_again(at_last, fill, read, damage):
    token = at_last.hidden["form_token"]
    wrong = {
        "cut": token[:-9],
        "changed": token[:50] + ("A" if token[50] != "A" else "B") + token[51:],
        "another form": fill("volunteer").hidden["form_token"],
    }.get(damage, damage)
    at_last.send({"has_read": "y"}, form_token=wrong)
    assert (at_last.answer.status_code, at_last.step) == (400, "reach")
    assert read(Newcomer) == []


def test_a_form_open_too_long_keeps_its_answers_and_goes_on(at_last, read, monkeypatch):
    later = clock.now() + carrying.LIVES + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    at_last.send({"has_read": "y"})
    assert (at_last.answer.status_code, at_last.step) == (400, LAST)
    assert read(Newcomer) == []
    assert at_last.send({"has_read": "y"}).status_code == 200
    assert len(read(Newcomer)) == 1


def test_no_step_can_be_left_out(fill, read):
    form = fill("newcomer").fill(NEWCOMER[:1])
    form.send({"has_read": "y"}, step=LAST)
    assert (form.answer.status_code, form.step) == (422, "languages")
    assert read(Newcomer) == []


def test_answers_lie_sealed_in_the_page_and_no_cookie_is_set(at_last):
    token = at_last.hidden["form_token"]
    assert "Nadia" not in at_last.text
    assert "nadia" not in token
    at_last.send({"has_read": "y"})
    assert "Set-Cookie" not in at_last.answer.headers
    assert at_last.answer.headers["Cache-Control"] == "no-store"
    assert at_last.answer.headers["X-Robots-Tag"] == "noindex"
    for personal in ("Nadia", "nadia@example.org"):
        assert personal not in at_last.text


def test_a_full_postcode_goes_no_further_than_its_step(fill, session, read):
    session.add(
        Area(code="WS1 3", name="WS1 3", kind=AreaKind.SECTOR, easting=1, northing=1)
    )
    session.commit()
    form = fill("newcomer").fill(NEWCOMER[:2])
    form.send({"area": "ZZ9 9ZZ", **NEWCOMER[2]})
    assert (form.answer.status_code, form.shown()["area"]) == (422, ["ZZ9 9ZZ"])
    form.send({"area": "ws1 3ab"})
    form.send({}, go="back")
    assert form.shown()["area"] == ["WS1 3"]
    form.fill([{}, {}, {}, {"has_read": "y"}])
    (newcomer,) = read(Newcomer)
    (area,) = read(Area)
    assert newcomer.area_id == area.id


@pytest.mark.parametrize(
    ("kind", "steps", "table"),
    [("newcomer", NEWCOMER, Newcomer), ("volunteer", VOLUNTEER, Volunteer)],
)
def test_who_is_never_free_is_asked_again(fill, read, kind, steps, table):
    form = fill(kind).fill(steps[:2])
    assert "area" not in form.shown()
    form.send({})
    assert (form.answer.status_code, form.step) == (422, "when")
    assert form.errors == ["Tick at least one time in the week."]
    form.fill(steps[2:])
    assert read(table)[0].times != 0


@pytest.mark.parametrize(
    ("kind", "steps", "table"),
    [("newcomer", NEWCOMER, Newcomer), ("volunteer", VOLUNTEER, Volunteer)],
)
def test_three_interests_say_enough(fill, read, kind, steps, table):
    many = ["walking", "cooking", "music", "films"]
    form = fill(kind).fill(steps[:3])
    form.send({**steps[3], "interests": many})
    assert form.answer.status_code == 422
    assert form.errors == ["Choose at most three things that you like to do."]
    form.fill([{"interests": many[:3]}, *steps[4:]])
    assert len(read(table)[0].interests) == 3


@pytest.mark.parametrize(
    ("kind", "steps", "table", "at"),
    [("newcomer", NEWCOMER, Newcomer, 4), ("volunteer", VOLUNTEER, Volunteer, 3)],
)
def test_what_a_buddy_should_know_is_kept_if_anything_is(
    fill, read, kind, steps, table, at
):
    fill(kind).fill(steps)
    assert read(table)[0].about is None
    said = "لا آكل اللحم 🌱"
    other = {**steps[0], "name": "Omar", "email": "omar@example.org"}
    rest = [*steps[1:at], {**steps[at], "about": said}, *steps[at + 1 :]]
    form = fill(kind).fill([other, *rest])
    assert form.errors == []
    assert read(table)[1].about == said
