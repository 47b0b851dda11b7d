"""Questions that newcomers and volunteers are asked alike."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    Form,
    SelectField,
    StringField,
    TelField,
)
from wtforms.fields.choices import SelectChoice

from welcome.buddies.models.people import Area, AreaKind, Newcomer, Volunteer
from welcome.buddies.people import areas
from welcome.buddies.rules import languages
from welcome.buddies.rules.errors import LanguageTooWide, NoLanguage
from welcome.buddies.rules.times import (
    SLOTS,
    PartOfDay,
    Weekday,
    make_times,
    read_times,
)
from welcome.buddies.rules.vocabulary import Gender, Interest, Level, rank
from welcome.phrases.catalogues import mark
from welcome.web.database import db
from welcome.web.taking_part.fields import (
    LONGEST_NAME,
    OwnForm,
    at_most,
    boxes,
    is_email,
    is_phone,
    needed,
    offered,
    tidy,
)
from welcome.web.words import interface_tag, word

ROWS = (1, 2, 3)
PLACES = ("area", "neighbourhood")
LONGEST_EMAIL = 254
# What only mark an answer that is missing.
MISSING_LEVEL = mark("Choose how well you speak it.")
MISSING_LANGUAGE = mark("Choose at least one language.")
MISSING_TIME = mark("Tick at least one time in the week.")
UNKNOWN_AREA = mark(
    "We do not know this postcode. Write it once more, or leave the box empty."
)


def name_field() -> StringField:
    """Ask for a name, of any script."""
    return StringField(
        _l("What should we call you?"),
        filters=[tidy],
        validators=[
            needed(mark("Write what we should call you.")),
            at_most(LONGEST_NAME),
        ],
        render_kw={"autocomplete": "nickname"},
    )


def email_field() -> EmailField:
    """Ask for an e-mail address."""
    return EmailField(
        _l("E-mail address"),
        filters=[tidy],
        validators=[at_most(LONGEST_EMAIL), is_email],
        render_kw={
            "autocomplete": "email",
            "inputmode": "email",
            "spellcheck": "false",
        },
    )


def phone_field() -> TelField:
    """Ask for a phone number, in any digits."""
    return TelField(
        _l("Phone number"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME), is_phone],
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )


def adult_field() -> BooleanField:
    """Ask whether somebody is an adult; never for a date of birth."""
    return BooleanField(
        _l("I am 18 or older"),
        validators=[
            needed(mark("The buddy scheme is for people who are 18 or older."))
        ],
    )


def gender_field() -> SelectField:
    """Ask for a gender of whoever wants to say."""
    return SelectField(_l("Are you a woman or a man? (You need not say.)"))


def wish_field() -> SelectField:
    """Ask whom somebody would like to meet."""
    return SelectField(_l("Whom would you like to meet?"))


class LanguagesForm(OwnForm):
    """Spoken languages, each with how well; one that is not listed by its name."""

    language_1 = SelectField(_l("Language"))
    level_1 = SelectField(_l("How well?"))
    language_2 = SelectField(_l("Another language"))
    level_2 = SelectField(_l("How well?"))
    language_3 = SelectField(_l("Another language"))
    level_3 = SelectField(_l("How well?"))
    language_other = StringField(
        _l("A language that is not in the list"),
        filters=[tidy],
        validators=[at_most(languages.LONGEST_NAME)],
        render_kw={"autocomplete": "off"},
    )
    level_other = SelectField(_l("How well?"))

    def offer(self) -> None:
        """Offer what may be chosen."""
        listed = [
            SelectChoice(each.code, _both_names(each))
            for each in languages.list_languages(interface_tag())
        ]
        nothing = SelectChoice("", _("Choose a language"))
        levels = offered(Level, first=_("Choose"))
        for language, level in self.rows():
            level.choices = levels
            if isinstance(language, SelectField):
                language.choices = [nothing, *listed]

    def rows(self) -> Iterator[tuple[Field, Field]]:
        """Give each language with its level."""
        for row in (*ROWS, "other"):
            yield self[f"language_{row}"], self[f"level_{row}"]

    def check(self) -> bool:
        """Ask for one language at least, and for a level of each."""
        is_right = not self.errors
        for language, level in self.rows():
            if language.data and not level.data:
                level.errors = [_(MISSING_LEVEL)]
                is_right = False
        try:
            self.spoken()
        except (NoLanguage, LanguageTooWide) as problem:
            self.language_other.errors = [word(problem.code, **problem.params)]
            return False
        if is_right and not self.spoken():
            self.language_1.errors = [_(MISSING_LANGUAGE)]
            return False
        return is_right

    def spoken(self) -> dict[str, Level]:
        """Give the languages; of two levels of one the better counts."""
        found: dict[str, Level] = {}
        for language, level in self.rows():
            if not language.data or level.data not in set(Level):
                continue
            code, said = language.data, Level(level.data)
            if language is self.language_other:
                code = languages.read_code(code, interface_tag())
            found[code] = max(found.get(code, said), said, key=rank)
        return found


class Week(OwnForm):
    """When somebody is free in a usual week."""

    times = boxes(_l("When are you free?"))

    never: str = MISSING_TIME

    def offer(self) -> None:
        """Offer every part of every day."""
        self.times.choices = [
            SelectChoice(f"{day}-{part}", f"{word(day)}, {word(part)}")
            for day, part in SLOTS
        ]

    def check(self) -> bool:
        """Ask for one box at least: who is never free can meet nobody."""
        if not self.times.errors and not self.free():
            self.times.errors = [_(self.never)]
        return not self.errors

    def free(self) -> int:
        """Give the times as the mask that is kept."""
        ticked = set(self.times.data or ())
        return make_times(slot for slot in SLOTS if "-".join(slot) in ticked)

    def grid(self) -> list[tuple[Weekday, list[Any]]]:
        """Give the boxes to tick by day."""
        boxes = list(self.times)
        parts = len(PartOfDay)
        return [
            (day, boxes[at * parts : (at + 1) * parts])
            for at, day in enumerate(Weekday)
        ]


class WhenAndWhere(Week):
    """When somebody is free in a usual week, and in which part of the town they are."""

    area = StringField(
        _l("Your postcode"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME)],
        render_kw={"autocomplete": "postal-code"},
    )
    neighbourhood = SelectField(_l("Or your part of the town"))

    def offer(self) -> None:
        """Offer what may be chosen."""
        super().offer()
        named = areas.list_neighbourhoods(db())
        self.neighbourhood.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(each.code, each.name) for each in named),
        ]
        if not named:
            del self.neighbourhood
        # Of a postcode nothing could be kept before any place is known.
        if not areas.are_known(db()):
            del self.area

    def check(self) -> bool:
        """Refuse a postcode that nobody knows; only its sector is carried on."""
        is_right = super().check()
        if "area" not in self or self.area.errors:
            return is_right
        found = areas.find_area(db(), self.area.data or "")
        if self.area.data and found is None:
            self.area.errors = [_(UNKNOWN_AREA)]
            return False
        self.area.data = found.name if found else ""
        self.area.raw_data = [self.area.data]
        return is_right

    def show(self, person: Newcomer | Volunteer) -> None:
        """Show what is known already."""
        self.times.data = ["-".join(slot) for slot in read_times(person.times)]
        area = db().get(Area, person.area_id) if person.area_id else None
        if area and area.kind is AreaKind.SECTOR and "area" in self:
            self.area.data = area.name
        elif area and "neighbourhood" in self:
            self.neighbourhood.data = area.code

    def place(self) -> Area | None:
        """Find the area that was named, by postcode first."""
        named = [self[each].data for each in PLACES if each in self]
        found = (areas.find_area(db(), each or "") for each in named)
        return next((each for each in found if each), None)


def offer_wishes(form: Form) -> None:
    """Offer genders, wishes and interests in words."""
    form.gender.choices = offered(Gender, first=_("I would rather not say"))
    form.wish.choices = [
        SelectChoice("", _("Anybody")),
        SelectChoice(Gender.WOMAN.value, _("Only women")),
        SelectChoice(Gender.MAN.value, _("Only men")),
    ]
    form.interests.choices = offered(Interest)


def _both_names(language: languages.Language) -> str:
    if language.autonym.casefold() in language.name.casefold():
        return language.name
    return f"{language.name} – {language.autonym}"
