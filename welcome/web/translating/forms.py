"""The forms of the translating desk."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileRequired
from wtforms import BooleanField, DateField, FileField, StringField
from wtforms.validators import InputRequired, Length

from welcome.translation.review import StatementDraft


class TableForm(FlaskForm):
    """A Word table that comes back."""

    file = FileField(
        _l("The table, filled in"),
        [
            FileRequired(_l("Choose the file.")),
            FileAllowed(["docx"], _l("Choose a Word file: its name ends in .docx.")),
        ],
        render_kw={"accept": ".docx"},
    )
    all_read = BooleanField(
        _l("Whoever sent it back has read every row, also those left as drafted.")
    )


class StatementForm(FlaskForm):
    """What an agency states in writing about its work."""

    agency = StringField(
        _l("Agency"),
        [
            InputRequired(_l("Write the agency’s name.")),
            Length(max=120, message=_l("Make the name shorter: 120 letters at most.")),
        ],
    )
    reference = StringField(
        _l("Reference"),
        [
            InputRequired(_l("Write the reference of the agency’s statement.")),
            Length(max=120, message=_l("Make this shorter: 120 letters at most.")),
        ],
    )
    revised_on = DateField(
        _l("Date of the statement"),
        [InputRequired(_l("Write the date of the statement."))],
    )
    two_linguists = BooleanField(
        _l("The agency states that two linguists worked on this text."),
        [
            InputRequired(
                _l(
                    "Tick this only if the agency stated it: it is the second pair of eyes."
                )
            )
        ],
    )

    def draft(self) -> StatementDraft:
        """Return what was stated."""
        return StatementDraft(
            agency=self.agency.data,
            reference=self.reference.data,
            revised_on=self.revised_on.data,
            two_linguists=self.two_linguists.data,
        )
