"""Fields for numbers within bounds, and the version and effect that were looked at."""

from collections.abc import Callable

from flask_babel import gettext as _
from wtforms import Field, HiddenField, IntegerField, ValidationError
from wtforms.validators import Optional

from welcome.web.taking_part.fields import OwnForm


class SettingsForm(OwnForm):
    """Settings that count as a new version, once their effect was looked at."""

    version = HiddenField()
    seen = HiddenField()

    def based_on(self) -> int:
        """Give the version that was looked at; one that never was, if it is damaged."""
        told = self.version.data or ""
        return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else -1


def number(label: str, least: int, most: int, *, is_needed: bool = True) -> Field:
    """Ask for a whole number from one to another."""
    first = [] if is_needed else [Optional()]
    return IntegerField(
        label,
        validators=[*first, between(least, most)],
        render_kw={"inputmode": "numeric"},
    )


def between(least: int, most: int) -> Callable[[OwnForm, Field], None]:
    """Refuse what is not from one number to another."""

    def check(_form: OwnForm, field: Field) -> None:
        if field.errors or (field.data is not None and least <= field.data <= most):
            return
        raise ValidationError(
            _("Write a number from %(least)s to %(most)s.", least=least, most=most)
        )

    return check
