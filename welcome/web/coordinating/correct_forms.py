"""What is kept of somebody, shown to a coordinator who puts it right."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.fields import SelectChoice

from welcome import locales
from welcome.buddies.models.people import Newcomer, Prefers, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.people import speaking
from welcome.buddies.people.applications import Household, household_of
from welcome.buddies.people.correcting import NewcomerRight, VolunteerRight
from welcome.buddies.rules import languages
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    Level,
    make_wish,
    read_wish,
)
from welcome.web.coordinating.acts import ActForm
from welcome.web.coordinating.contact_forms import find_person
from welcome.web.database import db
from welcome.web.taking_part import likes, pieces
from welcome.web.taking_part.fields import chosen
from welcome.web.taking_part.newcomer_form import WhatYouSpeak, WhoMeets, Wishes
from welcome.web.taking_part.volunteer_form import METRES_IN_KM, RoleAndInterests
from welcome.web.words import interface_tag, word

# What no form offers, but a file that was taken in may have said.
AS_IT_IS = "as-it-is"
MORE_ROWS = (4, 5)


class _Theirs(WhatYouSpeak):
    """Who somebody is and what they speak; nothing is lost that was not shown."""

    language_4 = SelectField(_l("Another language"))
    level_4 = SelectField(_l("How well?"))
    language_5 = SelectField(_l("Another language"))
    level_5 = SelectField(_l("How well?"))
    name = pieces.name_field()

    def offer(self) -> None:
        """Offer what may be chosen."""
        super().offer()
        self.name.label.text = _("Name")
        self.unshown: dict[str, Level] = {}

    def __iter__(self) -> Iterator[Field]:
        """Ask for the name first, then for all languages."""
        spoken = [each for row in self.rows() for each in row]
        first = [self.name, *spoken, self.tag, self.prefers]
        names = {each.name for each in first}
        return iter([*first, *(e for e in super().__iter__() if e.name not in names)])

    def rows(self) -> Iterator[tuple[Field, Field]]:
        """Give each language with its level."""
        for row in (*pieces.ROWS, *MORE_ROWS, "other"):
            yield self[f"language_{row}"], self[f"level_{row}"]

    def spoken(self) -> dict[str, Level]:
        """Give the languages, with those that no row was left for."""
        return self.unshown | super().spoken()

    def know(self, person: Newcomer | Volunteer) -> None:
        """Offer what is known of somebody, also where nobody may choose it here."""
        spoken = list(_speaks(person).items())
        rows = [language for language, _level in self.rows()][:-1]
        self.unshown = dict(spoken[len(rows) :])
        listed = {each.value for each in rows[0].choices}
        for row in rows:
            row.choices += [
                SelectChoice(code, languages.name_of(code, interface_tag()))
                for code, _level in spoken
                if code not in listed
            ]
        if person.tag not in {each.value for each in self.tag.choices}:
            own_name = locales.get(person.tag).autonym
            self.tag.choices.append(SelectChoice(person.tag, own_name))
        likes.let_keep(self["interests"], person.interests)
        if _wish_of(person) == AS_IT_IS:
            genders = " · ".join(map(word, read_wish(person.wish)))
            self["wish"].choices.append(SelectChoice(AS_IT_IS, genders))

    def show(self, person: Newcomer | Volunteer) -> None:
        """Show what is known already."""
        spoken = _speaks(person).items()
        for (language, level), known in zip(self.rows(), spoken, strict=False):
            if language is not self.language_other:
                language.data, level.data = known[0], known[1].value
        self.name.data, self.tag.data = person.name, person.tag
        self.prefers.data = person.prefers.value
        self["gender"].data = person.gender.value if person.gender else ""
        self["wish"].data = _wish_of(person)
        self["interests"].data = list(person.interests)
        self["about"].data = person.about

    def right(self, person: Newcomer | Volunteer) -> dict[str, Any]:
        """Give what is right about anybody."""
        gender, wish = self["gender"].data, self["wish"].data
        wished = make_wish([Gender(wish)]) if wish in set(Gender) else ANY_GENDER
        return {
            "name": self.name.data,
            "tag": self.tag.data,
            "prefers": Prefers(self.prefers.data),
            "languages": self.spoken(),
            "gender": Gender(gender) if gender else None,
            "wish": person.wish if wish == AS_IT_IS else wished,
            "interests": likes.interests_of(self),
            "about": self["about"].data,
        }


class CorrectNewcomerForm(_Theirs, Wishes, WhoMeets, ActForm[BuddyRequest]):
    """What is kept of a newcomer, and what they ask for."""

    def offer(self) -> None:
        """Offer what may be chosen."""
        super().offer()
        Wishes.offer(self)
        WhoMeets.offer(self)

    def let_choose(self, row: BuddyRequest) -> None:
        """Offer what is known of this one."""
        self.know(find_person(row))

    def fill(self, row: BuddyRequest) -> None:
        """Show what is known already."""
        newcomer = db().get_one(Newcomer, row.newcomer_id)
        self.show(newcomer)
        self.avoids_own_community.data = newcomer.avoids_own_community
        self.never_told.data = newcomer.never_told
        self.interpreter.data = newcomer.interpreter
        self.household.data = household_of(row.role, row.adults).value
        self.buddies.data = str(row.buddies)

    def given(self, row: BuddyRequest) -> tuple[object, ...]:
        """Give what was written."""
        return (
            NewcomerRight(
                **self.right(find_person(row)),
                avoids_own_community=self.avoids_own_community.data,
                never_told=self.never_told.data,
                interpreter=self.interpreter.data,
                household=Household(self.household.data),
                buddies=int(self.buddies.data),
            ),
        )


class CorrectVolunteerForm(_Theirs, RoleAndInterests, ActForm[Volunteer]):
    """What is kept of a volunteer; their places stand with their week."""

    def offer(self) -> None:
        """Offer what may be chosen."""
        super().offer()
        RoleAndInterests.offer(self)
        del self.capacity

    def let_choose(self, row: Volunteer) -> None:
        """Offer what is known of this one."""
        self.know(row)
        if self._reach_of(row) == AS_IT_IS:
            km = f"{(row.reach_m or 0) / METRES_IN_KM:g}"
            named = SelectChoice(AS_IT_IS, _("%(number)s km", number=km))
            self.reach.choices.append(named)

    def fill(self, row: Volunteer) -> None:
        """Show what is known already."""
        self.show(row)
        self.offers.data, self.reach.data = list(row.offers), self._reach_of(row)

    def given(self, row: Volunteer) -> tuple[object, ...]:
        """Give what was written."""
        reach = self.reach.data
        reach_m = int(reach) * METRES_IN_KM if reach.isdigit() else None
        return (
            VolunteerRight(
                **self.right(row),
                offers=chosen(BuddyRole, self.offers.data),
                reach_m=row.reach_m if reach == AS_IT_IS else reach_m,
            ),
        )

    def _reach_of(self, row: Volunteer) -> str:
        if row.reach_m is None:
            return ""
        km = f"{row.reach_m / METRES_IN_KM:g}"
        offered = {each.value for each in self.reach.choices}
        return km if km in offered else AS_IT_IS


def _speaks(person: Newcomer | Volunteer) -> dict[str, Level]:
    if isinstance(person, Newcomer):
        return speaking.list_newcomer(db(), person)
    return speaking.list_volunteer(db(), person)


def _wish_of(person: Newcomer | Volunteer) -> str:
    """Give the answer of the form that says what somebody wishes."""
    if person.wish == ANY_GENDER:
        return ""
    genders = read_wish(person.wish)
    if len(genders) == 1 and genders[0] is not Gender.ANOTHER:
        return genders[0].value
    return AS_IT_IS
