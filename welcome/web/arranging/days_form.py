"""After how many days what happens, as a lead types them."""

import re
from dataclasses import asdict

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from welcome.buddies.days import RANGES
from welcome.buddies.scheme import Days
from welcome.web.arranging.numbers import SettingsForm, number

LABELS = {
    "answer": _l("An answer to a proposal is waited for (days)"),
    "meet": _l("“Did you meet?” is asked after an introduction (days)"),
    "tell": _l("An answer to a check-in is waited for (days)"),
    "notice": _l("An ending is told beforehand (days)"),
    "still_free": _l(
        "A silent volunteer, or newcomer who waits, is asked how it stands (days)"
    ),
    "free_again": _l("And is asked once more (days)"),
    "lapse": _l("Who says nothing for so long waits no more (days)"),
}


class DaysForm(SettingsForm):
    """A number for each wait, and the days of the reminders."""

    reminders = StringField(
        _l("Reminders of a proposal go after (days)"), validators=[Length(max=40)]
    )

    def show(self, version: int, counted: Days) -> None:
        """Show what counts now."""
        self.version.data = str(version)
        self.reminders.data = told(counted.reminders)
        for name in RANGES:
            self[name].data = asdict(counted)[name]

    def days(self) -> Days:
        """Give what was filled in: reminders as they were typed, checked by the room."""
        typed = re.findall(r"\d+", self.reminders.data or "")
        numbers = {name: self[name].data for name in RANGES}
        return Days(reminders=tuple(int(each) for each in typed), **numbers)


def told(reminders: tuple[int, ...]) -> str:
    """Write the days of reminders as they may be typed."""
    return " ".join(str(each) for each in reminders)


for _name, _bounds in RANGES.items():
    setattr(DaysForm, _name, number(LABELS[_name], *_bounds))
