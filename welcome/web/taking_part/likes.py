"""What people like, and what their buddy should know: nobody need answer."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    Form,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)

from welcome.buddies.people.applications import MOST_INTERESTS
from welcome.buddies.rules.vocabulary import Interest
from welcome.phrases.catalogues import mark
from welcome.web.taking_part.fields import (
    LONGEST_NOTE,
    at_most,
    boxes,
    chosen,
    tidy_lines,
)

MANY_INTERESTS = mark("Choose at most three things that you like to do.")


def interests_field() -> SelectMultipleField:
    """Ask what two people might do together."""
    return boxes(_l("What do you like to do?"), [_is_few])


def about_field() -> TextAreaField:
    """Ask whether there is something a buddy should know."""
    return TextAreaField(
        _l("Something your buddy should know"),
        filters=[tidy_lines],
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 3, "autocomplete": "off"},
    )


def interests_of(form: Form) -> tuple[Interest, ...]:
    """Give the interests that were ticked."""
    return chosen(Interest, form.interests.data)


def let_keep(field: Field, kept: Collection[str]) -> None:
    """Take also more interests, where nothing is ticked that was not kept before."""

    def is_few_or_kept(form: Form, field: Field) -> None:
        if not set(field.data or ()) <= set(kept):
            _is_few(form, field)

    field.validators = [is_few_or_kept]


def _is_few(_form: Form, field: Field) -> None:
    """Refuse more interests than say something of somebody."""
    if len(field.data or ()) > MOST_INTERESTS:
        raise ValidationError(_(MANY_INTERESTS))
