"""The steps of a newcomer who would like a buddy."""

from collections.abc import Mapping
from datetime import time

from babel.dates import format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from welcome import locales
from welcome.buddies.models.people import Channel, Prefers
from welcome.buddies.people.applications import Asking, Household
from welcome.buddies.privacy.notices import Notice
from welcome.buddies.rules.vocabulary import ANY_GENDER, Gender, make_wish
from welcome.phrases.catalogues import mark
from welcome.web.taking_part import likes, pieces
from welcome.web.taking_part.fields import (
    LONGEST_NAME,
    LONGEST_NOTE,
    OwnForm,
    at_most,
    offered,
    tidy,
    tidy_lines,
)
from welcome.web.taking_part.pieces import LanguagesForm, WhenAndWhere
from welcome.web.taking_part.volunteer_form import ask_for_way
from welcome.web.words import INTERFACE_TAGS, interface_locale, interface_tag

HOURS_OF_A_DAY = 24
CHANNELS = (Channel.TEXT, Channel.CALL, Channel.EMAIL, Channel.PAPER)
BAD_HOURS = mark("The second hour must be later than the first.")


class HowToReach(OwnForm):
    """What to call somebody, and how to reach them without harm."""

    name = pieces.name_field()
    channel = RadioField(_l("How is it safe to reach you?"))
    email = pieces.email_field()
    phone = pieces.phone_field()
    shares_phone = BooleanField(_l("Other people use this phone too"))
    safe_from = SelectField(_l("Not before"))
    safe_until = SelectField(_l("Not after"))
    safe_note = TextAreaField(
        _l("What else should we know, so that it is safe for you?"),
        filters=[tidy_lines],
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 3},
    )
    is_adult = pieces.adult_field()

    ways: tuple[Channel, ...] = CHANNELS

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.channel.choices = offered(self.ways)
        self.safe_from.choices = list_hours(0, HOURS_OF_A_DAY - 1)
        self.safe_until.choices = list_hours(1, HOURS_OF_A_DAY)
        if self.safe_from.raw_data is None:
            self.safe_until.data = str(HOURS_OF_A_DAY)

    def check(self) -> bool:
        """Ask for what the chosen way needs, and for hours that are some."""
        is_right = not self.errors
        is_right = ask_for_way(self) and is_right
        if is_right and int(self.safe_from.data) >= int(self.safe_until.data):
            self.safe_until.errors = [_(BAD_HOURS)]
            return False
        return is_right


class WhatYouSpeak(LanguagesForm):
    """Spoken languages, and the one to be written to in."""

    tag = SelectField(_l("In which language should we write to you?"))
    prefers = RadioField(
        _l("Do you read, listen, or want to be called?"), default=Prefers.READ.value
    )

    def offer(self) -> None:
        """Offer what may be chosen."""
        super().offer()
        self.tag.choices = [
            SelectChoice(tag, locales.get(tag).autonym) for tag in INTERFACE_TAGS
        ]
        self.prefers.choices = offered(Prefers)
        if self.tag.raw_data is None:
            self.tag.data = interface_tag()


class Wishes(OwnForm):
    """Whom somebody would like to meet, and who must not know."""

    gender = pieces.gender_field()
    wish = pieces.wish_field()
    avoids_own_community = BooleanField(
        _l("I would like somebody from outside my own community")
    )
    never_told = TextAreaField(
        _l("People who must never know that you take part"),
        filters=[tidy_lines],
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 2, "autocomplete": "off"},
    )
    interests = likes.interests_field()

    def offer(self) -> None:
        """Offer what may be chosen."""
        pieces.offer_wishes(self)


class WhoMeets(OwnForm):
    """Alone, a couple, or a family with children."""

    household = RadioField(_l("Who would meet a buddy?"), default=Household.ALONE.value)
    buddies = RadioField(_l("For a family: one buddy or two?"), default="1")
    interpreter = StringField(
        _l("If somebody speaks for you: their name and phone number"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME * 2)],
        render_kw={"autocomplete": "off"},
    )
    about = likes.about_field()

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.household.choices = offered(Household)
        self.buddies.choices = [
            SelectChoice("1", _("One buddy")), SelectChoice("2", _("Two buddies")),
        ]  # fmt: skip


def asking(forms: Mapping[str, Form], key: str, notice: Notice) -> Asking:
    """Put together what the steps say."""
    reach: HowToReach = forms["reach"]
    spoken: WhatYouSpeak = forms["languages"]
    when: WhenAndWhere = forms["when"]
    wishes: Wishes = forms["wishes"]
    home: WhoMeets = forms["home"]
    place = when.place()
    return Asking(
        key=key,
        name=reach.name.data,
        tag=spoken.tag.data,
        channel=Channel(reach.channel.data),
        email=reach.email.data,
        phone=reach.phone.data,
        shares_phone=reach.shares_phone.data,
        safe_from=int(reach.safe_from.data),
        safe_until=int(reach.safe_until.data),
        safe_note=reach.safe_note.data,
        prefers=Prefers(spoken.prefers.data),
        languages=spoken.spoken(),
        is_adult=reach.is_adult.data,
        notice_version=notice.version,
        gender=Gender(wishes.gender.data) if wishes.gender.data else None,
        wish=make_wish([Gender(wishes.wish.data)]) if wishes.wish.data else ANY_GENDER,
        times=when.free(),
        area_id=place.id if place else None,
        interests=likes.interests_of(wishes),
        household=Household(home.household.data),
        buddies=int(home.buddies.data),
        avoids_own_community=wishes.avoids_own_community.data,
        never_told=wishes.never_told.data,
        interpreter=home.interpreter.data,
        about=home.about.data,
    )


def list_hours(first: int, last: int) -> list[SelectChoice]:
    """Offer the hours of a day, as the reader writes them."""
    return [SelectChoice(str(each), _hour(each)) for each in range(first, last + 1)]


def _hour(hour: int) -> str:
    """Say an hour as the reader writes it; the end of a day is no hour of it."""
    if hour == HOURS_OF_A_DAY:
        return str(_("Midnight"))
    spoken = interface_locale().babel()
    return str(format_time(time(hour), "short", locale=spoken))
