"""The lead sets other periods, and sees first how much would go."""

from datetime import timedelta

import pytest
from lxml import html

from tests.buddies import scenes
from welcome import clock
from welcome.buddies.models.desk import PolicyKind, PolicyVersion
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.rules.clocks import RANGES, USUAL, Clock

HOME, PAGE = "/-/arranging/retention/", "/-/arranging/retention/change"
LOOK, SAVE = {"go": "look"}, {"go": "save"}


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def numbers(version=0, **changed):
    usual = {each.value.replace("-", "_"): str(USUAL[each]) for each in Clock}
    return {**usual, "version": str(version), **changed}


def seen(shown):
    return html.document_fromstring(shown).xpath("string(//*[@name='seen']/@value)")


def versions(read):
    return read(PolicyVersion, PolicyVersion.kind == PolicyKind.RETENTION)


@pytest.fixture
def declined(session, places):
    """Somebody who was declined a hundred days ago."""
    then = clock.now() - timedelta(days=100)
    made = scenes.volunteer(
        session, then, organisation_id=places["Town Friends"].id,
        state=VolunteerState.DECLINED,
    )  # fmt: skip
    session.commit()
    return made


def test_the_page_says_what_counts_what_is_usual_and_what_is_possible(lead):
    shown = text_of(lead.get(HOME))
    for each in Clock:
        assert f"{RANGES[each][0]} to {RANGES[each][1]}" in shown
    assert "84 months" in shown
    assert "as Natural England keeps its volunteers" in shown
    filled = html.document_fromstring(text_of(lead.get(PAGE)))
    boxes = filled.xpath("//input[@type='number']")
    assert {each.get("name"): each.get("value") for each in boxes} == {
        name: number for name, number in numbers().items() if name != "version"
    }


def test_how_much_would_go_is_said_before_it_counts(lead, declined, read):
    data = numbers(applicant="2")
    shown = text_of(lead.post(PAGE, data=data | LOOK))
    assert "1 more record would be let go of" in shown
    assert versions(read) == []
    answer = lead.post(PAGE, data=data | SAVE | {"seen": seen(shown)})
    assert answer.status_code == 302
    home = text_of(lead.get(answer.location))
    assert "2 months" in home
    assert "Lea Example" in home
    version = text_of(lead.get("/-/arranging/versions/retention/1/"))
    assert "An application that came to nothing" in version
    assert version.count('role="row"') == 2


def test_nothing_is_saved_that_was_not_looked_at(lead, declined, read):
    shown = text_of(lead.post(PAGE, data=numbers(applicant="5") | SAVE))
    assert "0 more records" in shown
    other = numbers(applicant="4", seen=seen(shown))
    text_of(lead.post(PAGE, data=other | SAVE))
    assert versions(read) == []


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("newcomer", "0", "Write a number from 1 to 84."),
        ("concern", "11", "Write a number from 12 to 300."),
        ("message", "91", "Write a number from 2 to 90."),
        ("link", "soon", "Write a whole number."),
        ("run", "", "Write a whole number."),
        ("never_paired", "-6", "Write a number from 1 to 84."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(lead, read, field, typed, says):
    data = numbers(export="77", **{field: typed})
    shown = text_of(lead.post(PAGE, data=data | LOOK), 422)
    assert "There is a problem" in shown
    assert says in shown
    assert f'value="{typed}"' in shown
    assert 'value="77"' in shown
    assert versions(read) == []


def test_who_was_slower_keeps_what_they_typed(lead, read):
    for number, code in (("7", 302), ("8", 409)):
        data = numbers(newcomer=number)
        mark = seen(text_of(lead.post(PAGE, data=data | LOOK)))
        answer = lead.post(PAGE, data=data | SAVE | {"seen": mark})
        assert answer.status_code == code
    shown = answer.get_data(as_text=True)
    assert "Somebody saved other settings meanwhile (version 1)." in shown
    assert 'value="8"' in shown
    assert len(versions(read)) == 1
