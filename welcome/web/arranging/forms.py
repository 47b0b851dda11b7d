"""What is written down of organisations, of who works there, and of sharing."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice

from welcome.accounts.models import Role
from welcome.partners.models import Organisation, OrganisationKind
from welcome.partners.organisations import ROLES, Described
from welcome.phrases.catalogues import mark
from welcome.web.taking_part.fields import (
    OwnForm,
    at_most,
    is_email,
    is_phone,
    needed,
    offered,
    tidy,
)

NAMED = mark("Write the name of the organisation.")
WHOM = mark("Write the e-mail address they sign in with.")
OTHER = mark("Choose an organisation.")
LONGEST_NAME, LONGEST_PHONE = 120, 40


class OrganisationForm(OwnForm):
    """What is said of an organisation."""

    name = StringField(
        _l("Name"), filters=[tidy], validators=[needed(NAMED), at_most(LONGEST_NAME)]
    )
    kind = SelectField(_l("What it is"))
    phone = TelField(
        _l("Phone number for worries"),
        filters=[tidy],
        validators=[is_phone, at_most(LONGEST_PHONE)],
    )

    def offer(self) -> None:
        """Offer the kinds there are."""
        self.kind.choices = offered(OrganisationKind)

    def show(self, organisation: Organisation) -> None:
        """Show what is said now."""
        self.name.data = organisation.name
        self.kind.data = organisation.kind.value
        self.phone.data = organisation.safeguarding_phone

    def described(self) -> Described:
        """Give what was filled in."""
        return Described(
            name=self.name.data,
            kind=OrganisationKind(self.kind.data),
            safeguarding_phone=self.phone.data or "",
        )


class MemberForm(OwnForm):
    """Who is to work for an organisation, and at which desk."""

    email = EmailField(
        _l("E-mail address"),
        filters=[tidy],
        validators=[needed(WHOM), is_email],
        render_kw={"autocomplete": "off"},
    )
    role = SelectField(_l("What they do there"))

    def offer(self) -> None:
        """Offer the roles that the lead may give."""
        self.role.choices = offered(ROLES)

    def wanted(self) -> Role:
        """Give the role."""
        return Role(self.role.data)


class SharingForm(OwnForm):
    """With whom one's own organisation would share."""

    own = SelectField(_l("Your organisation"), validators=[needed(OTHER)])
    other = SelectField(_l("With which other"), validators=[needed(OTHER)])

    def choose_from(self, own: list[Organisation], others: list[Organisation]) -> None:
        """Offer one's own organisations, and all others."""
        self.own.choices = [SelectChoice(each.public_id, each.name) for each in own]
        self.other.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(each.public_id, each.name) for each in others),
        ]
