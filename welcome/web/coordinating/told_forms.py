"""How a coordinator was told what they write down: asked alike on every form."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField

from welcome.buddies.lifecycle import letters
from welcome.buddies.models.pairings import Pairing, Side
from welcome.buddies.models.people import Newcomer, SpokenThrough, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.noting import Heard
from welcome.phrases.catalogues import mark
from welcome.web.coordinating.desk import own
from welcome.web.database import db
from welcome.web.taking_part.fields import (
    CHOOSE,
    LONGEST_NAME,
    OwnForm,
    at_most,
    offered,
    tidy,
)

INTERPRETED = mark("Write the name of whoever interpreted.")
HOW = _l("How you were told")
NOBODY = _l("Nobody told us")
Person = Newcomer | Volunteer


def interpreter_field() -> StringField:
    """Ask for the name of whoever interpreted."""
    return StringField(
        _l("Who interpreted?"),
        filters=[tidy],
        validators=[at_most(LONGEST_NAME)],
        render_kw={"autocomplete": "off"},
    )


def is_named(through: Field, interpreter: Field) -> bool:
    """Ask for the name of an interpreter where there was one."""
    if through.data != SpokenThrough.INTERPRETER or interpreter.data:
        return True
    interpreter.errors = [_(INTERPRETED)]
    return False


class ToldForm(OwnForm):
    """How a step was told, by phone where nothing else is said, and who interpreted."""

    told_names: tuple[str, ...] = ("through", "interpreted_by")
    # Who interpreted for them before.
    interpreters: tuple[str, ...] = ()

    through = SelectField(HOW, default=SpokenThrough.PHONE.value)
    interpreted_by = interpreter_field()

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        super().offer()
        self.through.choices = offered(SpokenThrough)

    def check(self) -> bool:
        """Ask for the name of an interpreter where there was one."""
        is_right = super().check()
        is_right = is_named(self.through, self.interpreted_by) and is_right
        return is_right and not self.errors

    def let_choose(self, row: object) -> None:
        """Offer the names of who interpreted before for whom a row is about."""
        self.suggest(list_people(row))

    def suggest(self, people: Iterable[Person]) -> None:
        """Offer the names of who interpreted before; of one's own people alone."""
        known = [
            name
            for each in people
            if each.organisation_id in own()
            for name in (getattr(each, "interpreter", None), each.agreed_interpreter)
            if name
        ]
        self.interpreters = tuple(dict.fromkeys(known))
        if known:
            listed = {"list": f"{self.interpreted_by.id}-known"}
            self.interpreted_by.render_kw = self.interpreted_by.render_kw | listed

    def set_apart(self, key: str) -> None:
        """Give the questions ids of their own, where a page has several forms."""
        for each in self:
            each.id = f"{key}-{each.short_name}"

    def heard_of(self, side: Side) -> Heard | None:
        """Give how the step of a side was told; none where nobody did."""
        if not self.through.data:
            return None
        through = SpokenThrough(self.through.data)
        return Heard(side, through, self.interpreted_by.data)


class MaybeToldForm(ToldForm):
    """A step that somebody may have told, or nobody: then it is the scheme's own."""

    through = SelectField(HOW, default="")

    def offer(self) -> None:
        """Offer that nobody told it."""
        super().offer()
        self.through.choices = offered(SpokenThrough, first=str(NOBODY))

    def check(self) -> bool:
        """Refuse that somebody interpreted where nobody spoke."""
        is_right = super().check()
        if self.interpreted_by.data and not self.through.data:
            self.through.errors = [_(CHOOSE)]
            return False
        return is_right


class PairToldForm(ToldForm):
    """A step of a pair that one of the two may have told."""

    told_names = ("told_by", *ToldForm.told_names)

    told_by = SelectField(_l("Who told you?"), default="")

    def offer(self) -> None:
        """Offer the two, and that nobody told it."""
        super().offer()
        self.told_by.choices = offered(Side, first=str(NOBODY))

    def check(self) -> bool:
        """Refuse that somebody interpreted where nobody spoke."""
        is_right = super().check()
        is_interpreted = self.through.data == SpokenThrough.INTERPRETER
        if not self.told_by.data and (is_interpreted or self.interpreted_by.data):
            self.told_by.errors = [_(CHOOSE)]
            return False
        return is_right

    def heard(self) -> Heard | None:
        """Give who told it and how, if one of the two did."""
        side = self.told_by.data
        return self.heard_of(Side(side)) if side else None


def list_people(row: object, side: Side | None = None) -> list[Person]:
    """List whom a row is about; of a pairing, one side or both."""
    if isinstance(row, Volunteer):
        return [row]
    if isinstance(row, BuddyRequest):
        return [db().get_one(Newcomer, row.newcomer_id)]
    if isinstance(row, Pairing):
        sides = [side] if side else list(Side)
        return [letters.get_person(db(), row, each) for each in sides]
    return []
