"""What the public forms say about what is kept, part by part in one language."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, TextAreaField, ValidationError

from welcome.buddies.privacy import wording
from welcome.buddies.privacy.errors import BadWording
from welcome.buddies.privacy.wording import EDITABLE, Wording
from welcome.web.arranging.numbers import SettingsForm
from welcome.web.taking_part.fields import OwnForm, at_most, tidy, tidy_lines
from welcome.web.words import word

LONGEST = 2_000
LONGEST_NAME = 200


def is_sayable(_form: OwnForm, field: Field) -> None:
    """Refuse braces in which no period is named."""
    try:
        wording.check_text(field.data or "")
    except BadWording as problem:
        raise ValidationError(word(problem.code, **problem.params)) from None


def _part(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy_lines],
        validators=[at_most(LONGEST), is_sayable],
        render_kw={"rows": 3},
    )


class NoticeForm(SettingsForm):
    """Who is responsible, and the parts of the notice."""

    controller = StringField(
        _l("Who is responsible (the controller)"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME)],
    )
    contact = StringField(
        _l("How to reach them about it"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME)],
    )
    what = _part(_l("What is kept of newcomers"))
    what_volunteer = _part(_l("What is kept of volunteers"))
    never = _part(_l("What is never asked"))
    why = _part(_l("Why it is kept of newcomers"))
    why_volunteer = _part(_l("Why it is kept of volunteers"))
    who = _part(_l("Who sees it"))
    long_newcomer = _part(_l("How long it is kept of newcomers"))
    long_volunteer = _part(_l("How long it is kept of volunteers"))
    basis = _part(_l("Why the law allows it (the lawful basis)"))
    what_referee = _part(_l("What is kept of somebody asked about a volunteer"))
    why_referee = _part(_l("Why it is kept of somebody asked about a volunteer"))
    who_referee = _part(_l("Who sees what somebody says about a volunteer"))
    long_referee = _part(_l("How long it is kept what is said about a volunteer"))
    what_concern = _part(_l("What is kept of a worry, and who sees it"))
    why_concern = _part(_l("What is done with a worry"))
    long_concern = _part(_l("How long a worry is kept"))
    basis_concern = _part(_l("Why the law allows it to keep a worry"))
    rights = _part(_l("One’s rights, and where to complain"))
    meeting_place = StringField(
        _l("Where two people may meet first (said when they are introduced)"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME)],
    )

    def parts(self) -> list[Field]:
        """List the parts in the order in which they are said."""
        return [field for field in self if field.name in EDITABLE]

    def show(self, version: int, told: Wording) -> None:
        """Show what is set now."""
        self.version.data = str(version)
        self.controller.data, self.contact.data = told.controller, told.contact
        for part, text in told.texts.items():
            self[part].data = text

    def wording(self) -> Wording:
        """Give what was filled in."""
        texts = {part: self[part].data or "" for part in EDITABLE}
        return Wording(self.controller.data or "", self.contact.data or "", texts)
