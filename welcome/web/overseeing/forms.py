"""The rules and weights of the scheme as a lead types them."""

from dataclasses import asdict
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, Field, Form, HiddenField, IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from welcome.buddies.rules.policy import WHOLE, PartCode, Policy, Weights
from welcome.buddies.rules.vocabulary import Level
from welcome.buddies.scoring_policy import LEAST_REACH_M, MOST_REACH_M
from welcome.web.words import word

KM = 1000
# In a box for numbers, browsers lose what is none.
TYPED = {"widget": TextInput(), "render_kw": {"inputmode": "decimal"}}
LEAST_KM, MOST_KM = Decimal(LEAST_REACH_M) / KM, Decimal(MOST_REACH_M) / KM


def _refuse(field: Field, sentence: str) -> None:
    """Refuse in our words alone, whatever the library said; raises ValidationError."""
    field.errors, field.process_errors = [], []
    raise ValidationError(sentence)


class NumberField(DecimalField):
    """A number with a point, or a comma, or an Arabic one: whichever the writer's own."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raises ValueError where it is none."""
        points = str.maketrans(",٫", "..")
        super().process_formdata([each.translate(points) for each in valuelist])


def _is_weight(_form: Form, field: IntegerField) -> None:
    if field.data is None or not 0 <= field.data <= WHOLE:
        _refuse(field, _l("Write a whole number from 0 to 100."))


class RulesForm(Form):
    """How far, how well, and what counts how much; `based_on` is the version seen.

    What is tried out stands in the address, and what is saved is what was tried out.
    """

    reach_km = NumberField(
        _l("Kilometres that volunteers go who do not say"), places=None, **TYPED
    )
    minimum = SelectField(_l("How well both have to speak a language they share"))
    language = IntegerField(validators=[_is_weight], **TYPED)
    time = IntegerField(validators=[_is_weight], **TYPED)
    nearness = IntegerField(validators=[_is_weight], **TYPED)
    interests = IntegerField(validators=[_is_weight], **TYPED)
    same_organisation = IntegerField(validators=[_is_weight], **TYPED)
    based_on = HiddenField(default="0")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.minimum.choices = [SelectChoice(each.value, word(each)) for each in Level]
        for code, field in self.weights().items():
            field.label.text = word(code)

    def weights(self) -> dict[PartCode, Field]:
        """Give the field of each part's weight."""
        return {code: self[code.replace("-", "_")] for code in PartCode}

    def validate_reach_km(self, field: DecimalField) -> None:
        """Refuse what is no number, too near or too far; raises ValidationError."""
        km = field.data
        # What is no number is not compared with one.
        known = km is not None and km.is_finite()
        if not known or not LEAST_KM <= km <= MOST_KM:
            _refuse(field, _l("Write a number from 0.5 to 50, like 7.5."))

    def validate_minimum(self, field: SelectField) -> None:
        """Refuse what is not in the list; raises ValidationError."""
        if field.data not in list(Level):
            _refuse(field, _l("Choose one of these."))

    def check(self) -> bool:
        """Check each answer, and that the weights come to the whole."""
        if not self.validate():
            return False
        weights = self.weights()
        total = sum(field.data for field in weights.values())
        if total != WHOLE:
            first = weights[PartCode.LANGUAGE]
            first.errors = [word("weights_not_hundred", total=total)]
        return bool(total == WHOLE)

    def show(self, policy: Policy) -> None:
        """Fill in a policy."""
        self.reach_km.data = Decimal(policy.reach_m) / KM
        self.minimum.data = policy.minimum.value
        for name, value in asdict(policy.weights).items():
            self[name].data = value

    def policy(self) -> Policy:
        """Give what was typed; it was checked."""
        weights = {each.short_name: each.data for each in self.weights().values()}
        return Policy(
            minimum=Level(self.minimum.data),
            reach_m=int(self.reach_km.data * KM),
            weights=Weights(**weights),
        )
