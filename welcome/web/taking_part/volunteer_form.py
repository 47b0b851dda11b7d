"""The steps of somebody who would like to be a buddy."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    SelectField,
    StringField,
    TelField,
)
from wtforms.fields.choices import SelectChoice

from welcome.buddies.models.clearing import Relation
from welcome.buddies.models.people import Channel, Prefers
from welcome.buddies.people.applications import Application, NamedReferee
from welcome.buddies.privacy.notices import Notice
from welcome.buddies.rules.vocabulary import ANY_GENDER, BuddyRole, Gender, make_wish
from welcome.phrases.catalogues import mark
from welcome.web.taking_part import likes, pieces
from welcome.web.taking_part.fields import (
    LONGEST_NAME,
    OwnForm,
    at_most,
    boxes,
    chosen,
    is_email,
    is_phone,
    needed,
    offered,
    tidy,
)
from welcome.web.taking_part.pieces import LanguagesForm, WhenAndWhere
from welcome.web.words import interface_tag

CHANNELS = (Channel.EMAIL, Channel.TEXT, Channel.CALL)
MOST_NEWCOMERS = 3
METRES_IN_KM = 1000
REACHES_KM = (2, 5, 8, 15)
TWO_REFEREES = (1, 2)
NO_WAY = mark("Write an e-mail address or a phone number.")
NO_EMAIL = mark("Write the e-mail address that we should use.")
NO_PHONE = mark("Write the phone number that we should use.")
TWICE = mark("Name two different people.")


class AboutYou(OwnForm):
    """Who applies, and how they are reached."""

    name = pieces.name_field()
    email = pieces.email_field()
    phone = pieces.phone_field()
    channel = SelectField(_l("How should we reach you?"))
    is_adult = pieces.adult_field()

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.channel.choices = offered(CHANNELS)

    def check(self) -> bool:
        """Ask for what the chosen way needs."""
        is_right = not self.errors
        return ask_for_way(self) and is_right


def ask_for_way(form: Form) -> bool:
    """Ask for the address or number that the chosen way needs."""
    if form.channel.data == Channel.EMAIL and not form.email.data:
        form.email.errors = [_(NO_EMAIL)]
        return False
    by_phone = {Channel.TEXT.value, Channel.CALL.value}
    if form.channel.data in by_phone and not form.phone.data:
        form.phone.errors = [_(NO_PHONE)]
        return False
    return True


class RoleAndInterests(OwnForm):
    """Whom they would be a friend to, and what they like."""

    offers = boxes(
        _l("Whom would you be a friend to?"),
        validators=[needed(mark("Choose at least one answer."))],
    )
    capacity = SelectField(_l("How many people could you meet at the same time?"))
    reach = SelectField(_l("How far would you go to meet somebody?"))
    gender = pieces.gender_field()
    wish = pieces.wish_field()
    interests = likes.interests_field()
    about = likes.about_field()

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.offers.choices = offered(BuddyRole)
        numbers = [str(each) for each in range(1, MOST_NEWCOMERS + 1)]
        self.capacity.choices = [SelectChoice(each, each) for each in numbers]
        self.reach.choices = [
            SelectChoice("", _("As far as is usual here")),
            *(
                SelectChoice(str(each), _("%(number)s km", number=each))
                for each in REACHES_KM
            ),
        ]
        pieces.offer_wishes(self)


class Referees(OwnForm):
    """Two people who can speak for them; never family."""

    name_1 = StringField(
        _l("Name"),
        filters=[tidy],
        validators=[needed(mark("Write a name.")), at_most(LONGEST_NAME)],
        render_kw={"autocomplete": "off"},
    )
    relation_1 = SelectField(_l("How do they know you?"))
    email_1 = EmailField(
        _l("Their e-mail address"),
        filters=[tidy],
        validators=[at_most(pieces.LONGEST_EMAIL), is_email],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    phone_1 = TelField(
        _l("Their phone number"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME), is_phone],
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )
    name_2 = StringField(
        _l("Name"),
        filters=[tidy],
        validators=[needed(mark("Write a name.")), at_most(LONGEST_NAME)],
        render_kw={"autocomplete": "off"},
    )
    relation_2 = SelectField(_l("How do they know you?"))
    email_2 = EmailField(
        _l("Their e-mail address"),
        filters=[tidy],
        validators=[at_most(pieces.LONGEST_EMAIL), is_email],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    phone_2 = TelField(
        _l("Their phone number"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME), is_phone],
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )

    def offer(self) -> None:
        """Offer what may be chosen."""
        for number in TWO_REFEREES:
            self[f"relation_{number}"].choices = offered(Relation)

    def check(self) -> bool:
        """Ask for a way to reach each of the two, who differ."""
        is_right = not self.errors
        for each in TWO_REFEREES:
            if not self[f"email_{each}"].data and not self[f"phone_{each}"].data:
                self[f"email_{each}"].errors = [_(NO_WAY)]
                is_right = False
        for kind in ("email", "phone"):
            first, second = self[f"{kind}_1"].data, self[f"{kind}_2"].data
            if first and first.casefold() == second.casefold():
                self[f"{kind}_2"].errors = [_(TWICE)]
                is_right = False
        return is_right

    def named(self) -> tuple[NamedReferee, ...]:
        """Give the two."""
        return tuple(
            NamedReferee(
                name=self[f"name_{each}"].data,
                relation=Relation(self[f"relation_{each}"].data),
                email=self[f"email_{each}"].data,
                phone=self[f"phone_{each}"].data,
            )
            for each in TWO_REFEREES
        )


class Sending(OwnForm):
    """What is kept was read."""

    has_read = BooleanField(
        _l("I have read this"),
        validators=[needed(mark("Please read what we keep, then tick the box."))],
    )


def application(forms: Mapping[str, Form], key: str, notice: Notice) -> Application:
    """Put together what the steps say."""
    you: AboutYou = forms["you"]
    spoken: LanguagesForm = forms["languages"]
    when: WhenAndWhere = forms["when"]
    role: RoleAndInterests = forms["role"]
    place = when.place()
    return Application(
        key=key,
        name=you.name.data,
        tag=interface_tag(),
        channel=Channel(you.channel.data),
        email=you.email.data,
        phone=you.phone.data,
        prefers=Prefers.CALLED if you.channel.data == Channel.CALL else Prefers.READ,
        languages=spoken.spoken(),
        is_adult=you.is_adult.data,
        notice_version=notice.version,
        gender=Gender(role.gender.data) if role.gender.data else None,
        wish=make_wish([Gender(role.wish.data)]) if role.wish.data else ANY_GENDER,
        times=when.free(),
        area_id=place.id if place else None,
        interests=likes.interests_of(role),
        about=role.about.data,
        offers=chosen(BuddyRole, role.offers.data),
        capacity=int(role.capacity.data),
        reach_m=int(role.reach.data) * METRES_IN_KM if role.reach.data else None,
        referees=forms["referees"].named(),
    )
