"""The lead sets after how many days what happens."""

from dataclasses import asdict

import pytest
from lxml import html

from welcome.buddies import days
from welcome.buddies.days import RANGES
from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.buddies.scheme import Days

PAGE = "/-/arranging/days/"


def filled(version=0, **changed):
    numbers = {name: str(asdict(Days())[name]) for name in RANGES}
    return {**numbers, "reminders": "2 5", "version": str(version), **changed}


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def versions(read):
    return read(PolicyVersion, PolicyVersion.kind == PolicyKind.DAYS)


def test_the_usual_days_stand_there(lead):
    page = html.document_fromstring(text_of(lead.get(PAGE)))
    boxes = {each.get("name"): each.get("value") for each in page.xpath("//input")}
    assert {name: boxes[name] for name in filled()} == filled()


def test_other_days_count_once_they_are_saved(lead, maker):
    typed = filled(reminders="1, 3 و ٥", answer="10", still_free="90")
    answer = lead.post(PAGE, data=typed)
    assert answer.status_code == 302
    assert "Lea Example" in text_of(lead.get(answer.location))
    with maker() as looked:
        assert days.read(looked) == Days(reminders=(1, 3, 5), answer=10, still_free=90)
    version = text_of(lead.get("/-/arranging/versions/days/1/"))
    assert version.count('role="row"') == 4
    for before, since in (("2 5", "1 3 5"), (">7<", ">10<"), (">180<", ">90<")):
        assert before in version
        assert since in version


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"answer": "61"}, "Write a number from 2 to 60."),
        ({"meet": "soon"}, "Write a whole number."),
        ({"tell": ""}, "Write a whole number."),
        ({"tell": "31"}, "Write a number from 1 to 30."),
        ({"reminders": "5 2"}, "Write at most 4 days that rise, each before day 7."),
        ({"reminders": "2 7"}, "Write at most 4 days that rise, each before day 7."),
        ({"reminders": "1 2 3 4 5"}, "Write at most 4 days that rise"),
    ],
)
def test_what_cannot_be_waited_for_is_refused_and_kept(lead, read, changed, says):
    shown = text_of(lead.post(PAGE, data=filled(**changed)), 422)
    assert says in shown
    [(name, typed)] = changed.items()
    page = html.document_fromstring(shown)
    assert page.xpath(f"string(//*[@name='{name}']/@value)") == typed
    assert versions(read) == []


def test_what_somebody_saved_meanwhile_is_not_undone(lead, read):
    lead.post(PAGE, data=filled(answer="9"))
    shown = text_of(lead.post(PAGE, data=filled(answer="8")), 409)
    assert "8" in shown
    assert len(versions(read)) == 1
    assert lead.post(PAGE, data=filled(version=1, answer="8")).status_code == 302


def test_no_reminders_at_all_are_possible(lead, maker):
    assert lead.post(PAGE, data=filled(reminders="")).status_code == 302
    with maker() as looked:
        assert days.read(looked).reminders == ()
