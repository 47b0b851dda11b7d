"""The fact register: overdue first, changed everywhere at once, never lost."""

from datetime import date

import pytest
from lxml import html

from welcome.packs import facts
from welcome.packs.models import Fact, FactKind

LINE = "/-/writing/town/facts/council-line/"
FORM = {
    "value": "01632 960002",
    "owner": "Cohesion team",
    "source": "https://example.org/",
    "check_by": "2027-01-31",
    "revision": "1",
}


@pytest.fixture
def writer(signed_in_as, cast, pack):
    return signed_in_as(cast.writer)


def line(session, pack):
    """Read the fact, and let others write again."""
    session.expire_all()
    fact = facts.get_fact(session, pack, "council-line")
    session.commit()
    return fact


def test_a_value_changes_with_its_owner_and_date(writer, session, pack):
    writer.post(LINE, data=FORM)
    fact = line(session, pack)
    assert fact.value == "01632 960002"
    assert fact.check_by == date(2027, 1, 31)
    assert fact.revision == 2


def test_what_is_no_number_is_refused_and_kept_in_the_field(writer, session, pack):
    answer = writer.post(LINE, data=FORM | {"value": "call us"})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert 'value="call us"' in text
    assert "Write a phone number" in text
    assert "e-mail" not in text
    assert line(session, pack).value == "01632 960001"


def test_the_second_editor_sees_both_values(writer, session, pack):
    writer.post(LINE, data=FORM)
    answer = writer.post(LINE, data=FORM | {"value": "01632 960003"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "01632 960002" in text
    assert 'value="01632 960003"' in text
    assert line(session, pack).value == "01632 960002"
    writer.post(LINE, data=FORM | {"value": "01632 960003", "revision": "2"})
    assert line(session, pack).value == "01632 960003"


def test_what_only_the_other_changed_about_a_fact_is_taken_over(writer):
    new = FORM | {"name": "office-hours", "kind": "hours", "value": "Monday"}
    writer.post("/-/writing/town/facts/new/", data=new)
    there = "/-/writing/town/facts/office-hours/"
    mine = begun(writer, there)
    writer.post(there, data=mine | {"value_ur": "پیر", "owner": "Theirs"})
    answer = writer.post(there, data=mine | {"value_ar": "الاثنين", "owner": "Mine"})
    assert answer.status_code == 409
    told = html.fromstring(answer.data).xpath("//table")[0].text_content()
    assert all(each in told for each in ("پیر", "الاثنين", "Theirs", "Mine"))
    kept = form_of(answer)
    assert (kept["value_ur"], kept["value_ar"]) == ("پیر", "الاثنين")
    assert kept["owner"] == "Mine"
    assert writer.post(there, data=kept).status_code == 302


def begun(writer, there) -> dict[str, str]:
    return form_of(writer.get(there))


def form_of(answer) -> dict[str, str]:
    (form,) = [
        each for each in html.fromstring(answer.data).forms if "owner" in each.fields
    ]
    return dict(form.form_values())


@pytest.mark.parametrize("told", ["", "[", "[]", "[" * 100_000, '{"owner": 1}'])
def test_a_form_that_forgot_what_it_began_with_is_taken(writer, session, pack, told):
    writer.post(LINE, data=FORM)
    answer = writer.post(LINE, data=FORM | {"value": "1", "began_with": told})
    assert answer.status_code in {409, 422}


def test_an_overdue_value_comes_first(writer, session, pack):
    writer.post(LINE, data=FORM | {"check_by": "2020-01-31"})
    page = writer.get("/-/writing/town/facts/").get_data(as_text=True)
    assert "1 value should be checked again" in page
    assert page.index("facts/council-line/") < page.index("facts/emergency/")


def test_it_tells_where_a_fact_is_used(writer):
    page = writer.get(LINE).get_data(as_text=True)
    assert "See a doctor" in page
    assert "If you are not safe" not in page


def test_words_of_a_fact_differ_by_locale(writer, session, pack):
    new = FORM | {"name": "office-hours", "kind": "hours", "value": "Monday to Friday"}
    writer.post("/-/writing/town/facts/new/", data=new)
    there = "/-/writing/town/facts/office-hours/"
    writer.post(there, data=new | {"value_ur": "پیر سے جمعہ", "value_ar": ""})
    session.expire_all()
    fact = facts.get_fact(session, pack, "office-hours")
    assert fact.values == {"ur": "پیر سے جمعہ"}


@pytest.fixture
def hours(session, pack, now):
    local = {"ur": "پیر سے جمعہ", "pl": "poniedziałek–piątek"}
    made = Fact(
        name="hours", kind=FactKind.HOURS, value="Monday", values=local, owner="Town"
    )
    facts.add_fact(session, pack, made, actor=None, now=now)
    session.commit()
    return "/-/writing/town/facts/hours/"


def hours_form(page):
    """Fill the form as the browser would."""
    forms = html.document_fromstring(page.get_data(as_text=True)).forms
    form = next(each for each in forms if "value" in each.fields)
    return {name: value for name, value in form.form_values() if name != "confirmed"}


def test_what_a_new_value_leaves_older_is_told_and_can_be_confirmed(
    writer, session, pack, hours
):
    form = hours_form(writer.get(hours)) | {"value": "Tuesday"}
    told = writer.post(hours, data=form, follow_redirects=True).get_data(as_text=True)
    assert "2 languages have values of their own that are older" in told
    assert "2 languages have an older value" in told
    page = writer.get(hours)
    assert page.get_data(as_text=True).count("beside an older value") == 2
    form = hours_form(page) | {"confirmed": "pl", "value_ur": "منگل"}
    writer.post(hours, data=form)
    session.expire_all()
    assert facts.get_fact(session, pack, "hours").stale == {}


def test_a_number_s_own_forms_are_not_lost_with_what_the_form_does_not_show(
    writer, session, pack, now
):
    fact = line(session, pack)
    change = {"values": {"ur": "+44 1632 960001"}}
    facts.change_fact(session, fact, change, revision=1, actor=None, now=now)
    session.commit()
    writer.post(LINE, data=FORM | {"value": "01632 960001", "revision": "2"})
    assert line(session, pack).values == change["values"]
