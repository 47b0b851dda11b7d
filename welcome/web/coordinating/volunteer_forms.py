"""What a coordinator writes down about a volunteer."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired, Optional

from welcome.buddies.lifecycle.exits import Ending
from welcome.buddies.models.pairings import Outcome, Side
from welcome.buddies.models.people import PausedBy, Volunteer
from welcome.buddies.people.volunteers import Pause
from welcome.web.coordinating.acts import ActForm
from welcome.web.coordinating.desk import moment
from welcome.web.coordinating.forms import BEHIND, CHOOSE
from welcome.web.coordinating.told_forms import MaybeToldForm, ToldForm
from welcome.web.taking_part.fields import offered

WHY_LEAVES = (
    Outcome.VOLUNTEER_TIME,
    Outcome.VOLUNTEER_MOVED,
    Outcome.COMPLETED,
    Outcome.NO_CONTACT_BY_VOLUNTEER,
    Outcome.NOT_A_FIT,
)


class PauseForm(ToldForm, ActForm[Volunteer]):
    """Who wants the pause, and until when."""

    by = RadioField(_l("Why?"), validators=[InputRequired(CHOOSE)])
    back_on = DateField(
        _l("Back on, if they asked for a pause and know the day"),
        validators=[Optional()],
    )

    def offer(self) -> None:
        """Offer what may be chosen; the other pauses come by themselves."""
        super().offer()
        self.by.choices = offered((PausedBy.THEMSELVES, PausedBy.COORDINATOR))

    def check(self) -> bool:
        """Refuse a day that lies behind."""
        is_right = super().check()
        if self.back_on.data and self.back_on.data <= moment().today:
            self.back_on.errors = [_(BEHIND)]
            return False
        return is_right

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give why; only a pause of their own ends by itself."""
        by = PausedBy(self.by.data)
        if by is not PausedBy.THEMSELVES:
            return (Pause(by),)
        return (Pause(by, self.back_on.data, self.heard_of(Side.VOLUNTEER)),)


class ComeBackForm(MaybeToldForm, ActForm[Volunteer]):
    """What a volunteer may have said: that they can be asked again."""

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give how they said so."""
        return (self.heard_of(Side.VOLUNTEER),)


class StillFreeForm(ToldForm, ActForm[Volunteer]):
    """How a volunteer said that they are still free."""

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give how they said so."""
        return (self.heard_of(Side.VOLUNTEER),)


class LeaveForm(MaybeToldForm, ActForm[Volunteer]):
    """Why somebody leaves."""

    outcome = RadioField(_l("Why?"), validators=[InputRequired(CHOOSE)])

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        super().offer()
        self.outcome.choices = offered(WHY_LEAVES)

    def given(self, _row: Volunteer) -> tuple[object, ...]:
        """Give why."""
        heard = self.heard_of(Side.VOLUNTEER)
        return (Ending(Outcome(self.outcome.data), heard=heard),)
