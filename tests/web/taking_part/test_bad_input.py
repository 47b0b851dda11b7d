"""What no form expects: endless names, signs of every kind, replays of what was sent."""

import pytest

from tests.web.taking_part.filling import FROM_HERE, NEWCOMER, VOLUNTEER
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.messages.models import Message

FORMS = {"newcomer": NEWCOMER, "volunteer": VOLUNTEER}
PEOPLE = {"newcomer": Newcomer, "volunteer": Volunteer}
WRITTEN = {"text", "email", "tel", "textarea"}
ENDLESS = {
    "latin": "a" * 10_000,
    "arabic": "ن" * 10_000,
    "emoji": "👩🏽‍🦽" * 2_500,
    "marks": "e" + "\u0301" * 9_999,
    "lines": "x\n" * 5_000,
}
STRANGE = {
    "right to left": "نادية بنت \u202eعلي\u202c",
    "emoji": "👩🏽‍🦽 Nadia 🏳️‍🌈",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7 * 7 }} %(name)s {0}",
    "formula": '=HYPERLINK("http://x.example")',
    "quotes": "O'Neil; DROP TABLE newcomer; --",
}
# Every choice of the two forms that a browser would not offer.
IMPOSSIBLE = [
    ("newcomer", 0, {"channel": "pigeon"}),
    ("newcomer", 0, {"safe_from": "24"}),
    ("newcomer", 0, {"safe_from": "-1"}),
    ("newcomer", 0, {"safe_until": "1e3"}),
    ("newcomer", 1, {"tag": "xx"}),
    ("newcomer", 1, {"tag": "../../en"}),
    ("newcomer", 1, {"prefers": "telepathy"}),
    ("newcomer", 1, {"level_1": "perfect"}),
    ("newcomer", 2, {"times": ["mon-noon"]}),
    ("newcomer", 2, {"times": ["31-february"]}),
    ("newcomer", 2, {"times": ["mon-morning"] * 500 + ["someday-never"]}),
    ("newcomer", 3, {"gender": "none of yours"}),
    ("newcomer", 3, {"wish": "everybody"}),
    ("newcomer", 3, {"interests": ["everything"]}),
    ("newcomer", 4, {"household": "crowd"}),
    ("newcomer", 4, {"buddies": "99"}),
    ("volunteer", 3, {"offers": ["everybody"]}),
    ("volunteer", 3, {"capacity": "9999"}),
    ("volunteer", 3, {"capacity": "0"}),
    ("volunteer", 3, {"reach": "-5"}),
    ("volunteer", 4, {"relation_1": "mother"}),
]


def boxes_of(form):
    """Name the boxes of a step into which somebody can type."""
    fields = form.page.xpath(
        "//form[.//input[@name='step']]//*[self::input or self::textarea]"
    )
    return [
        each.get("name")
        for each in fields
        if each.get("type", "textarea" if each.tag == "textarea" else "text") in WRITTEN
    ]


@pytest.mark.parametrize("sign", ENDLESS)
@pytest.mark.parametrize("form", FORMS)
def test_an_endless_answer_is_refused_at_its_box_and_stays_there(
    fill, read, form, sign
):
    filled, asked = fill(form), set()
    for answers in FORMS[form]:
        boxes = boxes_of(filled)
        given = dict.fromkeys(boxes, "") | answers
        for name in boxes:
            asked.add(name)
            step = filled.step
            filled.send({**given, name: ENDLESS[sign]})
            assert (filled.answer.status_code, filled.step) == (422, step), name
            assert f"#{name}" in filled.page.xpath(
                "//*[contains(@class, 'error-summary')]//a/@href"
            )
            assert len(filled.shown()[name][0]) >= 5_000
        filled.send(given)
    assert filled.heading == "Thank you"
    assert len(asked) >= 7
    (person,) = read(PEOPLE[form])
    assert len(person.name) < 10


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("form", FORMS)
def test_strange_names_are_kept_and_shown_as_they_are(fill, read, form, name):
    first = {**FORMS[form][0], "name": name}
    filled = fill(form).fill([first])
    filled.send({}, go="back")
    # What turns the words around it is taken out, and nothing else.
    name = name.replace("\u202e", "").replace("\u202c", "")
    assert filled.shown()["name"] == [name]
    filled.fill(({}, *FORMS[form][1:]))
    assert filled.heading == "Thank you"
    (person,) = read(PEOPLE[form])
    assert person.name == name


@pytest.mark.parametrize(("form", "at", "wrong"), IMPOSSIBLE)
def test_what_nobody_was_offered_is_refused(fill, read, form, at, wrong):
    steps = FORMS[form]
    filled = fill(form).fill(steps[:at])
    step = filled.step
    filled.send({**steps[at], **wrong})
    assert (filled.answer.status_code, filled.step) == (422, step)
    (name,) = wrong
    assert f"#{name}" in filled.page.xpath(
        "//*[contains(@class, 'error-summary')]//a/@href"
    )
    assert read(PEOPLE[form]) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_form_replayed_later_brings_nobody_back(fill, session, read, form):
    filled = fill(form).fill(FORMS[form][:-1])
    last = {**filled.shown(), "go": "next", "has_read": "y"}
    first = filled.send({"has_read": "y"}).get_data()
    changed = {**last, "step": "send", "name": "Somebody else"}
    for data in (last, changed, last):
        again = filled.client.post(filled.address, data=data, headers=FROM_HERE)
        assert (again.status_code, again.get_data()) == (200, first)
    (person,) = read(PEOPLE[form])
    assert person.name == FORMS[form][0]["name"]
    assert read(Message) == []


@pytest.mark.parametrize("form", FORMS)
def test_answers_of_another_form_are_not_taken_over(fill, read, form):
    other = next(each for each in FORMS if each != form)
    theirs = fill(other).fill(FORMS[other][:-1]).hidden["form_token"]
    filled = fill(form)
    filled.send({"has_read": "y"}, form_token=theirs, step="send")
    assert (filled.answer.status_code, filled.hidden["step"]) == (
        400, fill(form).hidden["step"],
    )  # fmt: skip
    assert read(Newcomer) == read(Volunteer) == []


@pytest.mark.parametrize("size", [1, 100, 5_000])
def test_a_sealed_part_that_is_cut_or_changed_is_not_ours(fill, read, size):
    filled = fill("newcomer").fill(NEWCOMER[:-1])
    token = filled.hidden["form_token"]
    for wrong in (token[:-size], "A" * size + token, token[size:], token[::-1]):
        answer = filled.client.post(
            filled.address,
            data={"form_token": wrong, "step": "send", "go": "next", "has_read": "y"},
            headers=FROM_HERE,
        )
        assert answer.status_code == 400
    assert read(Newcomer) == []
