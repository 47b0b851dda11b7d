"""The lead asks a role for something else, and sees first who would lose it."""

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies import clearing_people
from welcome.buddies.clearances import clearing
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.desk import PolicyVersion, Task
from welcome.buddies.models.people import PausedBy, Volunteer
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.web.arranging import requirements

PAGE = "/-/arranging/requirements/adult/"
K = ClearanceKind
USUAL = {
    **dict.fromkeys(["identity", "interview", "training", "agreement", "dbs"], "y"),
    "reference": "2", "training_months": "36", "agreement_months": "24",
    "dbs_months": "36", "none_is_enough": "y", "version": "0",
}  # fmt: skip
LOOK, SAVE = {"go": "look"}, {"go": "save"}


def text_of(answer, code=200):
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def seen(shown):
    return html.document_fromstring(shown).xpath("string(//*[@name='seen']/@value)")


@pytest.fixture
def clear(session, cast, places, now):
    """Clear somebody as a friend to adults."""

    def act(email):
        volunteer = clearing_people.add_volunteer(
            session, places["Town Friends"], now, email
        )
        decided = {"role": BuddyRole.ADULT, "level": DbsLevel.NONE, "reason": "Friends"}
        for kind in (*K, K.REFERENCE):
            told = clearing.Seen(
                kind=kind, seen_on=now.date(), **(decided if kind is K.DBS else {})
            )
            clearing.record_clearance(
                session, volunteer, told,
                actor=cast.coordinator, today=now.date(), now=now,
            )  # fmt: skip
        session.commit()

    return act


@pytest.fixture
def cleared(clear):
    clear("vera@example.org")


def test_the_page_shows_what_counts(lead):
    page = html.document_fromstring(text_of(lead.get(PAGE)))
    boxes = page.xpath("//input[not(@type='hidden')]")
    shown = {
        each.get("name"): each.get("value")
        for each in boxes
        if each.get("type") != "checkbox" or each.get("checked") is not None
    }
    filled = {name: value for name, value in shown.items() if value}
    assert filled == {name: value for name, value in USUAL.items() if name != "version"}


def count_cleared(maker):
    with maker() as session:
        return len(session.exec(select(ClearedFor)).all())


def test_who_would_lose_it_is_said_before_it_counts(maker, lead, cleared, read):
    data = {**USUAL, "reference": "3"}
    shown = text_of(lead.post(PAGE, data=data | LOOK))
    assert "1 volunteer would lose a role." in shown
    assert "1 of them would be cleared for nothing" in shown
    assert (len(read(PolicyVersion)), count_cleared(maker)) == (0, 1)
    answer = lead.post(PAGE, data=data | SAVE | {"seen": seen(shown)})
    assert answer.status_code == 302
    assert "Lea Example" in text_of(lead.get(answer.location))
    assert (len(read(PolicyVersion)), count_cleared(maker)) == (1, 0)
    version = text_of(lead.get("/-/arranging/versions/clearances/1/"))
    assert "Friend to an adult · Reference given · how many" in version
    assert version.count('role="row"') == 2


def test_all_are_settled_some_at_a_time(clear, lead, read, monkeypatch):
    monkeypatch.setattr(requirements, "AT_ONCE", 2)
    for number in range(5):
        clear(f"v{number}@example.org")
    data = {**USUAL, "reference": "3"}
    mark = seen(text_of(lead.post(PAGE, data=data | LOOK)))
    assert lead.post(PAGE, data=data | SAVE | {"seen": mark}).status_code == 302
    assert {each.paused_by for each in read(Volunteer)} == {PausedBy.CLEARANCE}
    assert len(read(Task)) == 5


@pytest.mark.parametrize("mark", ["", "somebody-elses"])
def test_nothing_is_saved_that_was_not_looked_at(lead, cleared, read, mark):
    data = {**USUAL, "reference": "3", "seen": mark}
    shown = text_of(lead.post(PAGE, data=data | SAVE))
    assert "1 volunteer would lose a role." in shown
    other = {**USUAL, "reference": "4", "seen": seen(shown)}
    text_of(lead.post(PAGE, data=other | SAVE))
    assert read(PolicyVersion) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reference": "6"}, "Write a number from 0 to 5."),
        ({"reference": "two"}, "Write a whole number."),
        ({"reference": ""}, "Write a whole number."),
        ({"training_months": "0"}, "Write a number from 1 to 120."),
        ({"dbs_months": "9" * 400}, "Write a number from 1 to 120."),
        (
            {**dict.fromkeys(USUAL, ""), "reference": "0"},
            "A role has to ask for something.",
        ),
    ],
    ids=["six", "a word", "none", "no month", "long", "nothing"],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(lead, read, changed, says):
    data = {**USUAL, "interview_months": "17", **changed}
    data = {name: value for name, value in data.items() if value != "" or name in {
        "reference"}}  # fmt: skip
    shown = text_of(lead.post(PAGE, data=data | LOOK), 422)
    assert "There is a problem" in shown
    assert says in shown
    assert "interview_months" in shown
    for value in set(changed.values()) - {""}:
        assert f'value="{value}"' in shown
    assert read(PolicyVersion) == []


def test_who_was_slower_keeps_what_they_typed(lead, read):
    first = {**USUAL, "reference": "1"}
    mark = seen(text_of(lead.post(PAGE, data=first | LOOK)))
    assert lead.post(PAGE, data=first | SAVE | {"seen": mark}).status_code == 302
    data = {**USUAL, "reference": "4"}
    mark = seen(text_of(lead.post(PAGE, data=data | LOOK)))
    shown = text_of(lead.post(PAGE, data=data | SAVE | {"seen": mark}), 409)
    assert "Somebody saved other settings meanwhile (version 1)." in shown
    assert 'value="4"' in shown
    assert len(read(PolicyVersion)) == 1
