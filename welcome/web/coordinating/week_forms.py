"""When people are free and where they live, as a coordinator writes it down."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import SelectChoice

from welcome.buddies.models.pairings import Side
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.people.requests import Week
from welcome.buddies.people.volunteers import Offering
from welcome.web.coordinating.acts import ActForm
from welcome.web.coordinating.told_forms import MaybeToldForm
from welcome.web.database import db
from welcome.web.taking_part.pieces import WhenAndWhere
from welcome.web.taking_part.volunteer_form import MOST_NEWCOMERS


class _TheirWeek(WhenAndWhere):
    """The public form's questions, about somebody else."""

    def offer(self) -> None:
        """Offer what may be chosen."""
        super().offer()
        self.times.label.text = _("When are they free?")
        if "area" in self:
            self.area.label.text = _("Their postcode")
        if "neighbourhood" in self:
            self.neighbourhood.label.text = _("Or their part of the town")


class OfferingForm(MaybeToldForm, _TheirWeek, ActForm[Volunteer]):
    """How many newcomers a volunteer meets at the same time, when and where."""

    capacity = SelectField(_l("Newcomers at the same time"))

    def offer(self) -> None:
        """Offer what may be chosen; none is a number too."""
        super().offer()
        numbers = [str(each) for each in range(MOST_NEWCOMERS + 1)]
        self.capacity.choices = [SelectChoice(each, each) for each in numbers]

    def fill(self, row: Volunteer) -> None:
        """Show what is known already."""
        self.show(row)
        self.capacity.data = str(row.capacity)

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give what was written."""
        heard = self.heard_of(Side.VOLUNTEER)
        places = int(self.capacity.data)
        return (Offering(places, self.free(), self.place(), heard),)


class NewcomerWeekForm(MaybeToldForm, _TheirWeek, ActForm[BuddyRequest]):
    """When a newcomer is free, and where they live."""

    def fill(self, row: BuddyRequest) -> None:
        """Show what is known already."""
        self.show(db().get_one(Newcomer, row.newcomer_id))

    def given(self, _row: BuddyRequest) -> tuple[object, ...]:
        """Give what was written."""
        heard = self.heard_of(Side.NEWCOMER)
        return (Week(self.free(), self.place(), heard),)
