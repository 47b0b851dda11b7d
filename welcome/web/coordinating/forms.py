"""What a coordinator writes down on the desk."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from welcome import clock
from welcome.buddies.errors import NoticeTooShort, SoonerThanUsual
from welcome.buddies.lifecycle.answers import Answer
from welcome.buddies.lifecycle.checkins import Said
from welcome.buddies.lifecycle.exits import ASKED, Ending
from welcome.buddies.lifecycle.pairings import Notice, first_last_day
from welcome.buddies.models.pairings import (
    CheckInKind,
    DeclineReason,
    Face,
    Outcome,
    Pairing,
    Side,
)
from welcome.buddies.models.requests import (
    BuddyRequest,
)
from welcome.buddies.people.standing import Urgency
from welcome.phrases.catalogues import mark
from welcome.web.coordinating.acts import ActForm
from welcome.web.coordinating.told_forms import (
    MaybeToldForm,
    PairToldForm,
    ToldForm,
    list_people,
)
from welcome.web.installed import scheme
from welcome.web.taking_part.fields import (
    LONGEST_NOTE,
    at_most,
    offered,
    tidy_lines,
)
from welcome.web.words import word

CHOOSE = _l("Choose one of these.")
BEHIND = mark("This day lies behind. Choose a later one, or leave it empty.")
# By the class that is kept: each comes before the one above it here.
URGENCY = {0: _l("As usual"), 1: _l("Urgent"), 2: _l("Very urgent")}
NOT_URGENT = "0"
WHY_URGENT = mark("Write why it is urgent.")
# Not for a coordinator to choose: these happen by other ways.
NOT_CHOSEN = frozenset({Outcome.SAFEGUARDING, Outcome.ERASED})
WHY_WITHDRAWN = (
    Outcome.NEWCOMER_TIME,
    Outcome.NEWCOMER_MOVED,
    Outcome.FRIENDS,
    Outcome.COMPLETED,
    Outcome.NOT_A_FIT,
    Outcome.LANGUAGE,
)


class AnswerForm(ToldForm, ActForm[Pairing]):
    """The answer of somebody who was asked, as they told it."""

    agrees = RadioField(
        _l("What did they say?"),
        choices=[
            SelectChoice("yes", _l("Yes, they would like to meet")),
            SelectChoice("no", _l("No")),
        ],
        validators=[InputRequired(CHOOSE)],
    )
    reason = SelectField(_l("Why not, if they said"), coerce=DeclineReason)

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        super().offer()
        order = [DeclineReason.UNSAID, *DeclineReason]
        self.reason.choices = [
            SelectChoice(e.value, word(e)) for e in dict.fromkeys(order)
        ]

    def let_choose(self, row: object) -> None:
        """Offer the names of who interpreted before for whoever is asked."""
        side = ASKED.get(row.state) if isinstance(row, Pairing) else None
        self.suggest(list_people(row, side))

    def given(self, row: Pairing) -> tuple[object, ...]:
        """Give what was told; a side that is not being asked is refused its answer."""
        side = ASKED.get(row.state, Side.VOLUNTEER)
        agrees = self.agrees.data == "yes"
        return (Answer(side, agrees, self.reason.data, self.heard_of(side)),)


class SaidForm(PairToldForm, ActForm[Pairing]):
    """What one of the two may have said of it: that they met, or go on."""

    def given(self, _row: Pairing) -> tuple[object, ...]:
        """Give who said so."""
        return (self.heard(),)


class EndingForm(PairToldForm, ActForm[Pairing]):
    """How a pairing ended."""

    outcome = SelectField(_l("How did it end?"), coerce=Outcome)
    wants_another = BooleanField(
        _l("The newcomer would like somebody else, with the waiting time there was")
    )

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        super().offer()
        chosen = [each for each in Outcome if each not in NOT_CHOSEN]
        self.outcome.choices = [SelectChoice(each.value, word(each)) for each in chosen]

    def given(self, _row: Pairing) -> tuple[object, ...]:
        """Give how it ended."""
        wants_another = bool(self.wants_another.data)
        return (Ending(self.outcome.data, wants_another, self.heard()),)


class UrgencyForm(ActForm[BuddyRequest]):
    """How urgent it is, and why."""

    level = RadioField(
        _l("How urgent is it?"),
        choices=[SelectChoice(str(each), said) for each, said in URGENCY.items()],
        validators=[InputRequired(CHOOSE)],
    )
    reason = TextAreaField(
        _l("Why, if it is urgent"),
        filters=[tidy_lines],
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 2},
    )

    def check(self) -> bool:
        """Ask for a reason: others wait longer for it."""
        if self.level.data in {None, NOT_URGENT} or self.reason.data:
            return not self.errors
        self.reason.errors = [_(WHY_URGENT)]
        return False

    def fill(self, row: BuddyRequest) -> None:
        """Show what is known already."""
        self.level.data = str(row.urgency)
        self.reason.data = row.urgency_reason

    def given(self, _row: BuddyRequest) -> tuple[object, ...]:
        """Give what was written."""
        return (Urgency(int(self.level.data), self.reason.data),)


class NewcomerSaidForm(MaybeToldForm, ActForm[BuddyRequest]):
    """What a newcomer may have said: that they look for somebody again."""

    def given(self, _row: BuddyRequest) -> tuple[object, ...]:
        """Give how they said so."""
        return (self.heard_of(Side.NEWCOMER),)


class WithdrawForm(ToldForm, ActForm[BuddyRequest]):
    """Why somebody does not look for a buddy any more."""

    outcome = RadioField(_l("Why?"), validators=[InputRequired(CHOOSE)])

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        super().offer()
        self.outcome.choices = offered(WHY_WITHDRAWN)

    def given(self, _row: BuddyRequest) -> tuple[object, ...]:
        """Give why."""
        heard = self.heard_of(Side.NEWCOMER)
        return (Ending(Outcome(self.outcome.data), heard=heard),)


def usual_last_day() -> date:
    """Give the first day that may be the last one, as is usual here."""
    return first_last_day(scheme(), now=clock.now())


class NoticeForm(PairToldForm, ActForm[Pairing]):
    """The last day of a pairing: as many days ahead as is usual, or said to be sooner."""

    ends_on = DateField(
        _l("Last day"),
        default=usual_last_day,
        validators=[InputRequired(_l("Choose the last day."))],
    )
    is_sooner = BooleanField(_l("It must be sooner than usual"))

    def check(self) -> bool:
        """Refuse a day that lies behind, or comes sooner than was said."""
        if not super().check():
            return False
        day, today = self.ends_on.data, scheme().today(clock.now())
        is_soon = day < usual_last_day() and not self.is_sooner.data
        if day >= today and not is_soon:
            return True
        code = NoticeTooShort.code if day < today else SoonerThanUsual.code
        self.ends_on.errors = [word(code)]
        return False

    def given(self, _row: Pairing) -> tuple[object, ...]:
        """Give the day."""
        is_sooner = bool(self.is_sooner.data)
        return (Notice(self.ends_on.data, self.heard(), is_sooner),)


class CheckInForm(ToldForm):
    """What one side told a coordinator about how it goes."""

    has_met = RadioField(
        _l("Did they meet?"),
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
        validators=[InputRequired(CHOOSE)],
    )
    face = RadioField(_l("How does it go?"), validators=[Optional()])
    wants_to_go_on = RadioField(
        _l("Would they like to go on?"),
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
        validators=[Optional()],
    )
    wants_to_talk = BooleanField(_l("They want to talk to somebody"))
    note = TextAreaField(
        _l("Note"),
        validators=[Length(max=2000, message=_l("Write less, please."))],
        render_kw={"rows": 2},
    )

    def offer(self) -> None:
        """Say the choices in the reader's language."""
        super().offer()
        self.face.choices = [SelectChoice(each.value, word(each)) for each in Face]

    def ask_for(self, kind: CheckInKind) -> None:
        """Ask as the newcomer or volunteer was asked: whether they met, or go on."""
        if kind is CheckInKind.REVIEW:
            del self.has_met
            self.wants_to_go_on.validators = [InputRequired(CHOOSE)]
        else:
            del self.wants_to_go_on

    def said(self, side: Side) -> Said:
        """Give what a side told."""
        has_met = self.has_met.data if "has_met" in self else None
        goes_on = self.wants_to_go_on.data if "wants_to_go_on" in self else None
        return Said(
            has_met=has_met == "yes" if has_met else None,
            face=Face(self.face.data) if self.face.data else None,
            wants_to_go_on=goes_on == "yes" if goes_on else None,
            wants_to_talk=bool(self.wants_to_talk.data),
            note=self.note.data or None,
            heard=self.heard_of(side),
        )
