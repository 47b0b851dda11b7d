"""What a coordinator writes down about a volunteer."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from welcome.buddies.models.pairings import Outcome
from welcome.buddies.models.people import PausedBy, Volunteer
from welcome.buddies.people.volunteers import Offering, Pause
from welcome.buddies.rules.times import read_times
from welcome.phrases.catalogues import mark
from welcome.web.coordinating.acts import ActForm
from welcome.web.coordinating.desk import moment
from welcome.web.coordinating.forms import CHOOSE
from welcome.web.taking_part.fields import offered
from welcome.web.taking_part.pieces import Week
from welcome.web.taking_part.volunteer_form import MOST_NEWCOMERS

BEHIND = mark("This day lies behind. Choose a later one, or leave it empty.")
WHY_LEAVES = (
    Outcome.VOLUNTEER_TIME,
    Outcome.VOLUNTEER_MOVED,
    Outcome.COMPLETED,
    Outcome.NO_CONTACT_BY_VOLUNTEER,
    Outcome.NOT_A_FIT,
)


class PauseForm(ActForm[Volunteer]):
    """Who wants the pause, and until when."""

    by = RadioField(_l("Why?"), validators=[InputRequired(CHOOSE)])
    back_on = DateField(
        _l("Back on, if they asked for a pause and know the day"),
        validators=[Optional()],
    )

    def offer(self) -> None:
        """Offer what may be chosen; the other pauses come by themselves."""
        self.by.choices = offered((PausedBy.THEMSELVES, PausedBy.COORDINATOR))

    def check(self) -> bool:
        """Refuse a day that lies behind."""
        if self.back_on.data and self.back_on.data <= moment().today:
            self.back_on.errors = [_(BEHIND)]
            return False
        return not self.errors

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give why; only a pause of their own ends by itself."""
        by = PausedBy(self.by.data)
        return (Pause(by, self.back_on.data if by is PausedBy.THEMSELVES else None),)


class LeaveForm(ActForm[Volunteer]):
    """Why somebody leaves."""

    outcome = RadioField(_l("Why?"), validators=[InputRequired(CHOOSE)])

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        self.outcome.choices = offered(WHY_LEAVES)

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give why."""
        return (Outcome(self.outcome.data),)


class OfferingForm(Week, ActForm[Volunteer]):
    """How many newcomers a volunteer meets at the same time, and when they are free."""

    capacity = SelectField(_l("Newcomers at the same time"))

    def offer(self) -> None:
        """Offer what may be chosen; none is a number too."""
        super().offer()
        self.times.label.text = _("When are they free?")
        numbers = [str(each) for each in range(MOST_NEWCOMERS + 1)]
        self.capacity.choices = [SelectChoice(each, each) for each in numbers]

    def fill(self, row: Volunteer) -> None:
        """Show what is known already."""
        self.times.data = ["-".join(slot) for slot in read_times(row.times)]
        self.capacity.data = str(row.capacity)

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give what was written."""
        return (Offering(int(self.capacity.data), self.free()),)
