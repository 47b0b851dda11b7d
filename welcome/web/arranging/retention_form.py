"""How long each kind of record is kept, in months or days."""

from flask_babel import gettext as _

from welcome.buddies.rules.clocks import IN_DAYS, RANGES, Clock, Clocks
from welcome.web.arranging.numbers import SettingsForm, number
from welcome.web.words import word


def name_of(clock: Clock) -> str:
    """Name the field of a clock."""
    return clock.value.replace("-", "_")


class RetentionForm(SettingsForm):
    """A number for each clock."""

    def offer(self) -> None:
        """Say what each number counts."""
        for clock in Clock:
            self[name_of(clock)].label.text = (
                _("%(what)s (days)", what=word(clock))
                if clock in IN_DAYS
                else _("%(what)s (months)", what=word(clock))
            )

    def show(self, version: int, counted: Clocks) -> None:
        """Show what counts now."""
        self.version.data = str(version)
        for clock in Clock:
            self[name_of(clock)].data = counted.numbers[clock]

    def clocks(self) -> Clocks:
        """Give what was filled in."""
        return Clocks({clock: self[name_of(clock)].data for clock in Clock})


for _clock in Clock:
    setattr(RetentionForm, name_of(_clock), number(_clock.value, *RANGES[_clock]))
