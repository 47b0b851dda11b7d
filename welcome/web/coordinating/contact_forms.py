"""How a newcomer or a volunteer is reached, as they told a coordinator."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, TextAreaField

from welcome.buddies.lifecycle.new_contact import Contact, has_referrer
from welcome.buddies.models.pairings import Side
from welcome.buddies.models.people import Channel, Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.web.coordinating.acts import ActForm, Row
from welcome.web.coordinating.told_forms import MaybeToldForm
from welcome.web.database import db
from welcome.web.taking_part import pieces
from welcome.web.taking_part.fields import LONGEST_NOTE, at_most, offered, tidy_lines
from welcome.web.taking_part.newcomer_form import (
    BAD_HOURS,
    HOURS_OF_A_DAY,
    list_hours,
)
from welcome.web.taking_part.volunteer_form import ask_for_way

BEFORE_NEW_CONTACT = _l(
    "What waits to go to the old address or number is taken back, and every link that"
    " was sent there stops working. What they are being asked is sent again."
)


BETWEEN = frozenset({Channel.REFERRER})
SIDES = {Newcomer: Side.NEWCOMER, Volunteer: Side.VOLUNTEER}


class ContactForm(MaybeToldForm, ActForm[Row]):
    """How somebody is reached from now on."""

    channel = RadioField(_l("How is it safe to reach them?"))
    email = pieces.email_field()
    phone = pieces.phone_field()
    shares_phone = BooleanField(_l("Other people use this phone too"))
    safe_from = SelectField(_l("Not before"))
    safe_until = SelectField(_l("Not after"))
    safe_note = TextAreaField(
        _l("What else should we know, so that it is safe for them?"),
        filters=[tidy_lines],
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 3},
    )

    def offer(self) -> None:
        """Offer what may be chosen."""
        super().offer()
        self.channel.choices = offered(each for each in Channel if each not in BETWEEN)
        self.safe_from.choices = list_hours(0, HOURS_OF_A_DAY - 1)
        self.safe_until.choices = list_hours(1, HOURS_OF_A_DAY)

    def let_choose(self, row: object) -> None:
        """Offer whoever referred them to stand between, if anybody did."""
        super().let_choose(row)
        if has_referrer(find_person(row)):
            self.channel.choices = offered(Channel)

    def check(self) -> bool:
        """Ask for what the chosen way needs, and for hours that are some."""
        is_right = super().check()
        is_right = ask_for_way(self) and is_right
        if is_right and int(self.safe_from.data) >= int(self.safe_until.data):
            self.safe_until.errors = [_(BAD_HOURS)]
            return False
        return is_right

    def fill(self, row: Row) -> None:
        """Show what is known already."""
        person = find_person(row)
        for name in ("email", "phone", "shares_phone", "safe_note"):
            self[name].data = getattr(person, name)
        self.channel.data = person.channel.value
        self.safe_from.data = str(person.safe_from)
        self.safe_until.data = str(person.safe_until)

    def given(self, row: Row) -> tuple[object, ...]:
        """Give what was written."""
        return (
            Contact(
                Channel(self.channel.data),
                self.email.data,
                self.phone.data,
                self.shares_phone.data,
                (int(self.safe_from.data), int(self.safe_until.data)),
                self.safe_note.data,
                self.heard_of(SIDES[type(find_person(row))]),
            ),
        )


class NewcomerContactForm(ContactForm[BuddyRequest]):
    """How a newcomer is reached."""


class VolunteerContactForm(ContactForm[Volunteer]):
    """How a volunteer is reached."""


def find_person(row: object) -> Newcomer | Volunteer:
    """Find who is reached: a volunteer, or the newcomer of a request."""
    if isinstance(row, BuddyRequest):
        return db().get_one(Newcomer, row.newcomer_id)
    if isinstance(row, Volunteer):
        return row
    raise TypeError
