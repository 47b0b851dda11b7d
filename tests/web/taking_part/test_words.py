"""Every sentence on a form is ours: in the reader's language, whoever would have said it."""

import ast
import inspect
from itertools import product
from pathlib import Path

import pytest
import wtforms
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from tests.web.taking_part.filling import NEWCOMER, VOLUNTEER
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.phrases import catalogues
from welcome.web.partnering.views import PARTS
from welcome.web.taking_part.fields import ANYTHING_WRONG, OWN, OwnForm, tidy
from welcome.web.taking_part.home import PauseForm
from welcome.web.taking_part.links import CodeForm
from welcome.web.taking_part.mine import ContactForm
from welcome.web.taking_part.sign_in import AddressForm
from welcome.web.taking_part.views import NEWCOMER as NEWCOMERS
from welcome.web.taking_part.views import VOLUNTEER as VOLUNTEERS
from welcome.web.words import INTERFACE_TAGS, speak

FORMS = [
    *(step.form for flow in (NEWCOMERS, VOLUNTEERS) for step in flow.steps),
    *PARTS.values(),
    PauseForm, CodeForm, ContactForm, AddressForm,
]  # fmt: skip
LONG = "a" * 10_000


def sentences_of_the_library():
    """Every sentence that WTForms says by itself."""
    found = set()
    for file in Path(inspect.getfile(wtforms)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in {"gettext", "ngettext"}:
                found |= {
                    each.value
                    for each in node.args
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


THEIRS = sentences_of_the_library()


GIVEN = (None, "", LONG, "x@", "\0", "no choice")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_no_sentence_of_the_library_is_ever_shown(app, council, form):
    shown = set()
    with app.test_request_context("/-/take-part/"):
        for tag, given in product(INTERFACE_TAGS, GIVEN):
            speak(tag)
            names = [each.name for each in form()]
            data = {} if given is None else dict.fromkeys(names, given)
            filled = form(MultiDict(data))
            filled.validate()
            shown |= {str(said) for said in filled.errors.values() for said in said}
    assert shown
    theirs = tuple(each[:18] for each in THEIRS)
    assert len(theirs) > 20
    assert {said for said in shown if said.startswith(theirs)} == set()


class Wild(OwnForm):
    """A form with every kind of question there may be one day."""

    number = wtforms.IntegerField()
    day = wtforms.DateField()
    amount = wtforms.DecimalField()
    mail = wtforms.StringField(validators=[validators.Email()])
    short = wtforms.StringField(validators=[validators.Length(min=5)])
    between = wtforms.StringField(validators=[validators.Length(min=5, max=6)])
    size = wtforms.IntegerField(validators=[validators.NumberRange(min=3)])
    same = wtforms.StringField(validators=[validators.EqualTo("mail")])
    link = wtforms.StringField(validators=[validators.URL()])
    one = wtforms.SelectField(choices=[SelectChoice("a", "A")])
    some = wtforms.SelectMultipleField(choices=[SelectChoice("a", "A")])
    needed = wtforms.StringField(validators=[validators.InputRequired()])


def test_also_of_questions_that_nobody_asks_yet(app):
    ours = {*OWN.values(), ANYTHING_WRONG}
    with app.test_request_context("/-/take-part/"), force_locale("en"):
        form = Wild(
            MultiDict({each.name: "x" for each in Wild()} | {"same": "y", "needed": ""})
        )
        form.validate()
        said = {name: str(errors[0]) for name, errors in form.errors.items()}
    assert set(said) == {each.name for each in Wild()}
    plain = {each % {"max": 6} if "%(" in each else each for each in ours}
    assert set(said.values()) <= plain


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("07911 123456", "+447911123456"),
        ("٠٧٩١١ ١٢٣٤٥٦", "+447911123456"),
        ("۰۷۹۱۱ ۱۲۳۴۵۶", "+447911123456"),
        ("০৭৯১১ ১২৩৪৫৬", "+447911123456"),
        ("०७९११-१२३४५६", "+447911123456"),
        ("\u202a+44 (0)7911 123456\u202c", "+447911123456"),
        ("+٩٣ ٧٠ ١٢٣ ٤٥٦٧", "+93701234567"),
        ("0044 7911 123456", "+447911123456"),
    ],
)
def test_phones_in_any_digits(fill, read, number, kept):
    first = {**NEWCOMER[0], "channel": "text", "email": "", "phone": number}
    form = fill("newcomer", "ar").fill([first, *NEWCOMER[1:]])
    assert form.answer.status_code == 200, form.errors
    (newcomer,) = read(Newcomer)
    assert newcomer.phone == kept


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"name": ""}, "name"),
        ({"name": " \u200f\u202e "}, "name"),
        ({"name": LONG}, "name"),
        ({"email": "a@b@c"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"phone": "123"}, "phone"),
        ({"phone": LONG}, "phone"),
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "text", "phone": ""}, "phone"),
        ({"safe_from": "18", "safe_until": "9"}, "safe_until"),
        ({"safe_from": "9", "safe_until": "9"}, "safe_until"),
        ({"safe_from": "-1"}, "safe_from"),
        ({"safe_until": "25"}, "safe_until"),
        ({"safe_until": "٩"}, "safe_until"),
        ({"safe_note": LONG}, "safe_note"),
        ({"is_adult": ""}, "is_adult"),
    ],
)
def test_what_is_wrong_is_told_at_its_box(fill, read, wrong, at):
    form = fill("newcomer")
    answers = {**NEWCOMER[0], **wrong}
    form.send(
        {name: value for name, value in answers.items() if value or name != "is_adult"}
    )
    assert form.answer.status_code == 422
    assert form.step == "reach"
    links = form.page.xpath("//*[contains(@class, 'error-summary')]//a/@href")
    assert links == [f"#{at}"]
    assert len(form.text) < 100_000


@pytest.mark.parametrize(
    "name",
    [
        "نادية 😀",
        "\u202eNadia\u202c",
        "O’Brien-İ",
        "李",
        "ꯀꯥ",
        "N\u0301adia",
        "क्‍ष",
        "<b>x</b>",
    ],
)
def test_names_of_any_script_are_kept_as_they_are(fill, read, name):
    first = {**NEWCOMER[0], "name": name}
    form = fill("newcomer").fill([first, *NEWCOMER[1:]])
    assert form.answer.status_code == 200, form.errors
    (newcomer,) = read(Newcomer)
    assert newcomer.name == tidy(name)
    assert newcomer.name
    assert "\u202e" not in newcomer.name


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({"language_1": "", "level_1": ""}, "language_1"),
        ({"level_1": ""}, "level_1"),
        ({"language_other": "Kurdish", "level_other": "well"}, "language_other"),
        ({"language_other": "123", "level_other": "well"}, "language_other"),
        ({"language_other": "Bajuni", "level_other": ""}, "level_other"),
        ({"language_1": "xx"}, "language_1"),
    ],
)
def test_languages_need_a_name_and_a_level(fill, answers, at):
    form = fill("volunteer").fill(VOLUNTEER[:1])
    form.send({**VOLUNTEER[1], **answers})
    links = form.page.xpath("//*[contains(@class, 'error-summary')]//a/@href")
    assert links == [f"#{at}"]


def test_the_two_who_speak_for_a_volunteer_differ(fill, read):
    form = fill("volunteer").fill(VOLUNTEER[:4])
    form.send({**VOLUNTEER[4], "email_2": "RUTH@example.org"})
    assert form.answer.status_code == 422
    form.send({**VOLUNTEER[4], "email_2": "", "phone_2": ""})
    links = form.page.xpath("//*[contains(@class, 'error-summary')]//a/@href")
    assert links == ["#email_2"]
    form.fill([VOLUNTEER[4], VOLUNTEER[5]])
    assert len(read(Volunteer)) == 1


def test_arabic_pages_say_no_english_word_once_they_are_translated(fill):
    """What the catalogue has is said in it; the rest is translated with the whole."""
    form = fill("newcomer", "ar")
    form.send({"name": "", "email": "x"})
    said = catalogues.translations("ar")
    known = [each for each in form.errors if said.ugettext(each) != each]
    assert known == []
    assert "هناك مشكلة" in form.text
