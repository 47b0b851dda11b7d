"""The forms of the writing desk."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from welcome.packs.facts import NAME
from welcome.packs.models import SLUG, FactKind, Group, Pack, Risk
from welcome.packs.versions import PageDraft
from welcome.web.words import word

ICONS = (
    *("health", "warning", "mind", "shield", "passport", "people"),
    *("school", "home", "book", "money", "work", "bin"),
)

Choice = TypeVar("Choice", bound=StrEnum)


def _member(members: type[Choice], value: object, default: Choice) -> Choice:
    """Read a choice; a form that is refused anyway may hold none."""
    return members(str(value)) if value in list(members) else default


def _number(value: object) -> int:
    """Read a number of ours out of a hidden field; what is none counts as 0."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class PageForm(FlaskForm):
    """A page as a writer edits it; `based_on` is the version they saw."""

    title = StringField(
        _l("Title"),
        [
            InputRequired(_l("Write a title.")),
            Length(max=200, message=_l("Make the title shorter: 200 letters at most.")),
        ],
    )
    summary = TextAreaField(
        _l("Summary"),
        [Length(max=400, message=_l("Make the summary shorter: 400 letters at most."))],
        render_kw={"rows": 2},
    )
    body = TextAreaField(
        _l("Text"),
        [InputRequired(_l("Write the text of the page."))],
        render_kw={"rows": 24, "spellcheck": "true"},
    )
    slug = StringField(
        _l("Address"),
        [
            InputRequired(_l("Write the last part of the page’s address.")),
            Length(max=60, message=_l("Make the address shorter: 60 letters at most.")),
            Regexp(
                f"^{SLUG}$",
                message=_l("Use small letters a to z, digits and hyphens."),
            ),
        ],
        render_kw={"spellcheck": "false", "autocapitalize": "none"},
    )
    group = SelectField(_l("When a newcomer needs it"))
    icon = SelectField(_l("Picture"))
    risk = SelectField(_l("Risk"))
    position = IntegerField(
        _l("Place in the order"),
        [
            InputRequired(_l("Write a number.")),
            NumberRange(min=0, max=999, message=_l("Write a number from 0 to 999.")),
        ],
    )
    note = StringField(
        _l("What changed, for your colleagues"),
        [Length(max=400, message=_l("Make the note shorter: 400 letters at most."))],
    )
    based_on = HiddenField(default="0")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.group.choices = [(each.value, word(each)) for each in Group]
        self.risk.choices = [(each.value, word(each)) for each in Risk]
        self._offer_icon()

    def _offer_icon(self) -> None:
        """Offer the pictures there are, and the one that the page has."""
        icons = [*ICONS]
        if self.icon.data and self.icon.data not in icons:
            icons.append(self.icon.data)
        self.icon.choices = [("", "–"), *((name, name) for name in icons)]

    def draft(self) -> PageDraft:
        """Return what was handed in, with the line ends of the content files."""
        return PageDraft(
            slug=self.slug.data or "",
            title=" ".join((self.title.data or "").split()),
            summary=" ".join((self.summary.data or "").split()),
            body="\n".join((self.body.data or "").splitlines()),
            position=self.position.data or 0,
            group=_member(Group, self.group.data, Group.LIVING_HERE),
            icon=self.icon.data or "",
            risk=_member(Risk, self.risk.data, Risk.NORMAL),
            note=self.note.data or "",
        )

    def take(self, values: Mapping[str, object]) -> None:
        """Put other values into the fields."""
        for name, value in values.items():
            field = self._fields[name]
            field.data = value.value if isinstance(value, StrEnum) else value
            field.raw_data = None
        self._offer_icon()

    def seen(self) -> int:
        """Return the number of the version the writer saw; 0 before the first."""
        return _number(self.based_on.data)


class NewPageForm(PageForm):
    """A page that is not there yet: it also gets its permanent name."""

    name = StringField(
        _l("Permanent name"),
        [
            InputRequired(_l("Write a name.")),
            Length(max=60, message=_l("Make the name shorter: 60 letters at most.")),
            Regexp(
                f"^{SLUG}$",
                message=_l("Use small letters a to z, digits and hyphens."),
            ),
        ],
        render_kw={"spellcheck": "false", "autocapitalize": "none"},
    )


class FactForm(FlaskForm):
    """A fact as its owner edits it; `revision` is the one they saw."""

    value = StringField(
        _l("Value"),
        [
            InputRequired(_l("Write the value.")),
            Length(max=400, message=_l("Make the value shorter: 400 letters at most.")),
        ],
    )
    owner = StringField(
        _l("Owner"),
        [
            InputRequired(_l("Write who answers for this value.")),
            Length(max=120, message=_l("Make this shorter: 120 letters at most.")),
        ],
    )
    source = StringField(
        _l("Where it was read"),
        [Length(max=400, message=_l("Make this shorter: 400 letters at most."))],
    )
    check_by = DateField(_l("Check again by"), [Optional()])
    revision = HiddenField(default="1")
    # What was in the fields before anything was typed.
    began_with = HiddenField(default="{}")

    def changes(self) -> dict[str, object]:
        """Return the fact's fields as handed in; what has no field here is left alone."""
        local = {
            field.name.removeprefix(VALUE): (field.data or "").strip()
            for field in self.local_values()
        }
        values = {tag: value for tag, value in local.items() if value}
        return {
            "value": (self.value.data or "").strip(),
            "owner": (self.owner.data or "").strip(),
            "source": (self.source.data or "").strip(),
            "check_by": self.check_by.data,
            **({"values": values} if local else {}),
        }

    def typed(self) -> dict[str, str]:
        """Give each field's value as text, a locale's value under its tag."""
        changes = self.changes()
        day = self.check_by.data
        told = {name: str(changes[name]) for name in ("value", "owner", "source")}
        local = {field.name: (field.data or "") for field in self.local_values()}
        return told | {"check_by": day.isoformat() if day else ""} | local

    def begin(self) -> None:
        """Remember what is in the fields now."""
        self.began_with.data = json.dumps(self.typed())

    def before(self) -> dict[str, str]:
        """Give what was in the fields before; nothing where the form does not know."""
        try:
            told = json.loads(self.began_with.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

    def seen(self) -> int:
        """Return the revision that the editor saw."""
        return _number(self.revision.data)

    def take(self, values: Mapping[str, str]) -> None:
        """Put other values into the fields."""
        for name, value in values.items():
            self._fields[name].process_formdata([value])

    def local_values(self) -> list[Field]:
        """List the fields that hold the value of one locale."""
        return [f for name, f in self._fields.items() if name.startswith(VALUE)]


class NewFactForm(FactForm):
    """A fact that is not in the register yet."""

    name = StringField(
        _l("Name in the text"),
        [
            InputRequired(_l("Write a name.")),
            Regexp(
                f"^{NAME.pattern}$",
                message=_l("Use small letters a to z, digits and hyphens."),
            ),
        ],
        render_kw={"spellcheck": "false", "autocapitalize": "none"},
    )
    kind = SelectField(_l("What it is"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(each.value, word(each)) for each in FactKind]


VALUE = "value_"
# Numbers, addresses and dates are the same in every language; words are not.
WORDED = frozenset({FactKind.HOURS, FactKind.ADDRESS, FactKind.TEXT})


def fact_form_for(pack: Pack, kind: FactKind) -> type[FactForm]:
    """Make the form of a fact: worded kinds may say something else per locale."""
    if kind not in WORDED:
        return FactForm
    limit = Length(max=400, message=_l("Make this shorter: 400 letters at most."))
    fields = {
        VALUE + tag: StringField(tag, [limit])
        for tag in pack.locales
        if tag != pack.source_tag
    }
    return type("LocalFactForm", (FactForm,), fields)
