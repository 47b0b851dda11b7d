"""Why a request is on hold, and on which day somebody looks again."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired, Optional

from welcome.buddies.models.requests import (
    LOOK_AGAIN,
    BuddyRequest,
    Hold,
    HoldReason,
)
from welcome.web.coordinating.acts import ActForm
from welcome.web.coordinating.desk import moment
from welcome.web.coordinating.forms import BEHIND, CHOOSE
from welcome.web.taking_part.fields import offered


def _day_field() -> DateField:
    return DateField(_l("Look at it again on"), validators=[Optional()])


class AgainForm(ActForm[BuddyRequest]):
    """The day on which somebody looks again; none is the usual one."""

    again_on = _day_field()

    def check(self) -> bool:
        """Refuse a day that lies behind."""
        if self.again_on.data and self.again_on.data <= moment().today:
            self.again_on.errors = [_(BEHIND)]
            return False
        return True

    def fill(self, _row: BuddyRequest) -> None:
        """Show the usual day."""
        self.again_on.data = moment().today + LOOK_AGAIN

    def given(self, _row: BuddyRequest) -> tuple[object, ...]:
        """Give the day."""
        return (self.again_on.data or moment().today + LOOK_AGAIN,)


class HoldForm(AgainForm):
    """Why nobody is looked for, and until when."""

    reason = RadioField(_l("Why?"), validators=[InputRequired(CHOOSE)])
    # Asked after the reason.
    again_on = _day_field()

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        self.reason.choices = offered(HoldReason)

    def given(self, _row: BuddyRequest) -> tuple[object, ...]:
        """Give why, and until when."""
        return (Hold(HoldReason(self.reason.data), self.again_on.data),)
