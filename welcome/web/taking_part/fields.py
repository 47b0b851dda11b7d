"""Forms that speak our words: every message, whoever would have said it otherwise."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.meta import DefaultMeta
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput

from welcome.buddies import contacts
from welcome.buddies.errors import BadAddress, BadPhone
from welcome.phrases.catalogues import mark
from welcome.web.words import word

M = TypeVar("M", bound=StrEnum)

LONGEST_NAME = 60
LONGEST_NOTE = 500

ANYTHING_WRONG = mark("Please look at this answer again.")
CHOOSE = mark("Choose one of the answers in the list.")
# What the library says, in our words.
OWN = {
    "This field is required.": mark("Please answer this question."),
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "'%(value)s' is not a valid choice for this field.": CHOOSE,
    "Not a valid integer value.": mark("Write a whole number."),
    "Not a valid date value.": mark("Write a date, like 31/12/2026."),
    "Invalid email address.": mark("Write an e-mail address, like name@example.org."),
    "Field cannot be longer than %(max)d character.": mark(
        "Use at most %(max)d characters."
    ),
}
# Nobody sees these; they turn what stands around them.
TURNS = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
JOINERS = frozenset("\u200c\u200d")


class OwnWords:
    """Stands where the library looks for its sentences in a language."""

    def gettext(self, sentence: str) -> str:
        """Say one of the library's sentences in our words."""
        return str(gettext(OWN.get(sentence, ANYTHING_WRONG)))

    def ngettext(self, one: str, _many: str, _number: int) -> str:
        """Say one with a number in it; the number stands in its place."""
        return self.gettext(one)


class OwnForm(Form):
    """A form without a session; its token is what it carries (`carrying`)."""

    class Meta(DefaultMeta):
        """Has the library speak our words."""

        def get_translations(self, _form: Form) -> OwnWords:
            """Give our words."""
            return OwnWords()

    def __init__(self, given: MultiDict[str, str] | None = None) -> None:
        super().__init__(given)
        self.offer()

    def offer(self) -> None:
        """Offer what may be chosen."""

    def check(self) -> bool:
        """Check what one question alone cannot; errors are set on fields."""
        return True

    def validate(self) -> bool:
        """Check every answer, then the answers together."""
        is_right = bool(super().validate())
        return self.check() and is_right

    def answers(self) -> dict[str, list[str]]:
        """Give what was typed, field by field, as a browser would send it again."""
        return {each.name: [str(raw) for raw in each.raw_data or []] for each in self}


def tidy(text: str | None) -> str:
    """Write a line in one way: composed, single spaces, nothing that is not seen."""
    return " ".join(tidy_lines(text).split())


def tidy_lines(text: str | None) -> str:
    """Write lines in one way: composed, without what is not seen."""
    composed = unicodedata.normalize("NFC", text or "")
    return "".join(each for each in composed if _is_seen(each)).strip()


def _is_seen(letter: str) -> bool:
    if letter in JOINERS or letter in "\n\t":
        return True
    return letter not in TURNS and unicodedata.category(letter) not in {"Cc", "Cs"}


def boxes(
    label: str, validators: Sequence[Callable[[Form, Field], None]] = ()
) -> SelectMultipleField:
    """Ask for any number of answers, each with a box to tick."""
    return SelectMultipleField(
        label, validators=validators, option_widget=CheckboxInput()
    )


def needed(sentence: str) -> DataRequired:
    """Ask for an answer, in a sentence that says which."""
    return DataRequired(lazy_gettext(sentence))


def at_most(number: int) -> Length:
    """Take no more letters than that."""
    return Length(max=number)


def is_email(_form: Form, field: Field) -> None:
    """Refuse what no letter can be sent to."""
    _refuse(field, contacts.normal_email, BadAddress)


def is_phone(_form: Form, field: Field) -> None:
    """Refuse what nobody can call, in any digits."""
    _refuse(field, contacts.normal_phone, BadPhone)


def _refuse(
    field: Field,
    check: Callable[[str], str],
    problem: type[BadAddress] | type[BadPhone],
) -> None:
    if not field.data:
        return
    try:
        check(field.data)
    except problem as refused:
        raise ValidationError(word(refused.code, **refused.params)) from None


def offered(
    members: Iterable[StrEnum], *, first: str | None = None
) -> list[SelectChoice]:
    """List the members of an enum in words, after an empty answer if one is given."""
    listed = [SelectChoice(each.value, word(each)) for each in members]
    return listed if first is None else [SelectChoice("", first), *listed]


def chosen(members: Iterable[M], given: list[str] | None) -> tuple[M, ...]:
    """Give the members of an enum that were ticked, in the enum's own order."""
    ticked: set[str] = set(given or ())
    return tuple(each for each in members if each.value in ticked)
