"""The forms of the keeping desk."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from welcome import locales
from welcome.accounts.membership import Invitation
from welcome.accounts.models import Role
from welcome.web.words import INTERFACE_TAGS, word

ALL_LOCALES = ""
LONGEST_NAME = 120


class GrantForm(FlaskForm):
    """A role, for one locale or for all."""

    role = SelectField(lazy_gettext("Role"))
    tag = SelectField(lazy_gettext("For which language"))

    def offer(self, tags: list[str]) -> None:
        """Offer every role, and the locales there are."""
        self.role.choices = [SelectChoice(role.value, word(role)) for role in Role]
        everywhere = SelectChoice(ALL_LOCALES, _("All languages"))
        self.tag.choices = [everywhere, *named(tags)]

    def wanted(self) -> tuple[Role, str | None]:
        """Return the role, and the locale or None for all."""
        return Role(self.role.data), self.tag.data or None


class InvitationForm(GrantForm):
    """Whom to invite, and the first role."""

    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[DataRequired(lazy_gettext("Enter an e-mail address."))],
        render_kw={"autocomplete": "off"},
    )
    name = StringField(
        lazy_gettext("Name"),
        validators=[
            DataRequired(lazy_gettext("Enter a name.")),
            Length(
                max=LONGEST_NAME, message=lazy_gettext("Use at most 120 characters.")
            ),
        ],
        render_kw={"autocomplete": "off"},
    )
    organisation = StringField(
        lazy_gettext("Organisation"),
        validators=[
            Length(
                max=LONGEST_NAME, message=lazy_gettext("Use at most 120 characters.")
            )
        ],
    )
    interface_tag = SelectField(lazy_gettext("Language of the letter and the pages"))

    def offer(self, tags: list[str]) -> None:
        """Offer every role, the locales, and the languages the pages speak."""
        super().offer(tags)
        self.interface_tag.choices = named(list(INTERFACE_TAGS))

    def invitation(self) -> Invitation:
        """Return what was filled in."""
        return Invitation(
            email=self.email.data,
            name=self.name.data,
            organisation=self.organisation.data or "",
            interface_tag=self.interface_tag.data,
            roles=(self.wanted(),),
        )


def named(tags: list[str]) -> list[SelectChoice]:
    """Name locales by their own names, for a list to choose from."""
    return [SelectChoice(tag, f"{locales.get(tag).autonym} ({tag})") for tag in tags]
