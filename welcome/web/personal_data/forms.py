"""What is filled in about people's rights."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from welcome.buddies.models.rights import ERASED_BY_HAND, KeptFor, RightKind
from welcome.web.words import INTERFACE_TAGS, language_name, word


class AskedForm(FlaskForm):
    """What somebody asks for, and when they did."""

    kind = SelectField(_l("What do they ask for?"))
    asked_on = DateField(
        _l("On which day did they ask?"),
        validators=[InputRequired(_l("Write the day on which they asked."))],
    )

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        self.kind.choices = [SelectChoice(each.value, word(each)) for each in RightKind]


class HoldForm(FlaskForm):
    """Why a record has to stay."""

    reason = SelectField(_l("Why does it have to be kept?"))

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        self.reason.choices = [SelectChoice(each.value, word(each)) for each in KeptFor]


class EraseForm(FlaskForm):
    """Why a record is let go of; said twice, for it cannot be taken back."""

    why = RadioField(
        _l("Why is it removed?"),
        validators=[InputRequired(_l("Choose one of these."))],
    )
    is_sure = BooleanField(
        _l("I have read what goes and what stays. It cannot be taken back."),
        validators=[
            InputRequired(_l("Read what goes and what stays, then tick this."))
        ],
    )

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        self.why.choices = [
            SelectChoice(each.value, word(each)) for each in ERASED_BY_HAND
        ]


class PaperForm(FlaskForm):
    """The language in which somebody reads what is kept of them."""

    tag = SelectField(_l("In which language?"))

    def offer(self, tag: str = "") -> None:
        """Offer the languages that the words are there in."""
        self.tag.choices = [
            SelectChoice(each, language_name(each)) for each in INTERFACE_TAGS
        ]
        if self.tag.raw_data is None and tag in INTERFACE_TAGS:
            self.tag.data = tag
