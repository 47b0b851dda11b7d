"""The forms of safeguarding: what worries somebody, and what was decided."""

from dataclasses import replace

from babel.dates import format_date
from flask_babel import get_timezone, gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from welcome.accounts.models import Account
from welcome.buddies.concerns import safeguarding
from welcome.buddies.concerns.handling import Decision
from welcome.buddies.concerns.linked import Linked
from welcome.buddies.concerns.safeguarding import Worry
from welcome.buddies.models.concerns import RaisedBy, ReferredTo
from welcome.buddies.models.pairings import Pairing
from welcome.partners.models import Organisation
from welcome.phrases.catalogues import mark
from welcome.web.taking_part.fields import (
    OwnForm,
    at_most,
    boxes,
    chosen,
    needed,
    offered,
    tidy_lines,
)
from welcome.web.words import interface_locale

YES, NO = "yes", "no"
NEITHER = "neither"
WORRIES = mark("Write what worries you.")
DANGER = mark("Say whether somebody is in danger now.")
WHO = mark("Say who you are.")
WHOM = mark("Say whom it is about.")
DECIDED = mark("Write what you decided.")
PASSED_ON = mark("Say to whom you passed it on, or that nobody else was told.")
NOTED = mark("Write a note.")
EITHER = mark("Choose “nobody”, or those you passed it on to; not both.")


class ConcernForm(OwnForm):
    """What worries somebody."""

    in_danger = RadioField(
        _l("Is somebody in danger now?"), validators=[needed(DANGER)]
    )
    text = TextAreaField(
        _l("What worries you?"),
        filters=[tidy_lines],
        validators=[needed(WORRIES), at_most(safeguarding.LONGEST)],
        render_kw={"rows": 7},
    )
    note = TextAreaField(
        _l("What does the person it is about want to happen?"),
        filters=[tidy_lines],
        validators=[at_most(safeguarding.LONGEST)],
        render_kw={"rows": 3},
    )
    raised_by = RadioField(_l("Who are you?"), validators=[needed(WHO)])
    pair = RadioField(_l("Whom is it about?"), validators=[needed(WHOM)])
    organisation = SelectField(_l("Which organisation is it about?"))
    is_about_lead = BooleanField(_l("It is about somebody who works on safeguarding"))
    holds = BooleanField(_l("Stop the meetings until somebody has looked into it"))

    def offer(self) -> None:
        """Offer the answers; none is a default."""
        self.in_danger.choices = [(YES, _l("Yes, or I am not sure")), (NO, _l("No"))]
        self.raised_by.choices = [
            (RaisedBy.NEWCOMER.value, _l("I have a buddy, or asked for one")),
            (RaisedBy.VOLUNTEER.value, _l("I am a volunteer")),
            (RaisedBy.REFERRER.value, _l("I referred somebody")),
            (RaisedBy.STAFF.value, _l("I work for one of the organisations")),
            (RaisedBy.SOMEBODY.value, _l("Somebody else")),
        ]

    def offer_organisations(
        self, organisations: list[Organisation], usual: Organisation | None
    ) -> None:
        """Offer the organisations there are, the council first."""
        self.organisation.choices = [
            (each.public_id, each.name)
            for each in sorted(organisations, key=lambda one: one is not usual)
        ]

    def fit(self, linked: Linked | None) -> None:
        """Ask only what is not known by the link that led here."""
        if linked is not None:
            del self.raised_by, self.organisation
        pairs = linked.pairs if linked else ()
        self._offer_pairs(pairs)
        named = linked.about.pairing if linked else None
        may_hold = any(map(safeguarding.may_hold, (named, *pairs)))
        # Who ticked it while it could be done is told that it was not.
        if "holds" in self and not may_hold and not self.holds.data:
            del self.holds

    def _offer_pairs(self, pairs: tuple[Pairing, ...]) -> None:
        """Offer the pairs there are by their days: others may look at the page."""
        if "pair" not in self:
            return
        if not pairs:
            del self.pair
            return
        self.pair.choices = [(each.public_id, _name_pair(each)) for each in pairs]
        self.pair.choices.append((NEITHER, _l("Somebody else, or I cannot say")))

    def worry(self, key: str, linked: Linked | None) -> Worry:
        """Give what was filled in."""
        return Worry(
            raised_by=linked.raised_by if linked else RaisedBy(self.raised_by.data),
            holds_pairing="holds" in self and bool(self.holds.data),
            what=self.text.data,
            in_danger=self.in_danger.data == YES,
            wishes=self.note.data or "",
            is_about_lead=self.is_about_lead.data,
            key=key,
        )


class StaffForm(ConcernForm):
    """What worries somebody of the staff, who says it of people they see anyway."""

    about_account = SelectField(
        _l("Is it about somebody who works for the scheme?"), default=""
    )

    def let_choose(self, colleagues: list[Account]) -> None:
        """Offer the colleagues there are."""
        self.about_account.choices = [
            SelectChoice("", _l("No")),
            *(SelectChoice(str(each.id), each.name) for each in colleagues),
        ]

    def worry(self, key: str, linked: Linked | None) -> Worry:
        """Give what was filled in, with the account it is about."""
        about = int(self.about_account.data) if self.about_account.data else None
        return replace(super().worry(key, linked), about_account_id=about)


def _name_pair(pairing: Pairing) -> str:
    """Name a pair to one of the two, without the other's name."""
    since = pairing.introduced_at or pairing.asked_at or pairing.moved_at
    there = since.astimezone(get_timezone())
    day = str(format_date(there, "long", locale=interface_locale().babel()))
    if pairing.introduced_at:
        return str(gettext("The buddy I was introduced to on %(day)s", day=day))
    return str(gettext("The person I was asked about on %(day)s", day=day))


class NoteForm(OwnForm):
    """A note about a concern."""

    note = TextAreaField(
        _l("Note"),
        filters=[tidy_lines],
        validators=[needed(NOTED), at_most(safeguarding.LONGEST)],
        render_kw={"rows": 4},
    )


class DecisionForm(OwnForm):
    """What was decided about a concern, and to whom it was passed on."""

    text = TextAreaField(
        _l("Decision"),
        filters=[tidy_lines],
        validators=[needed(DECIDED), at_most(safeguarding.LONGEST)],
        render_kw={"rows": 4},
    )
    wishes = TextAreaField(
        _l("What does the person it is about want to happen?"),
        filters=[tidy_lines],
        validators=[at_most(safeguarding.LONGEST)],
        render_kw={"rows": 3},
    )
    referred_to = boxes(_l("Passed on to"), [needed(PASSED_ON)])

    def offer(self) -> None:
        """Offer to whom it may be passed on."""
        self.referred_to.choices = offered(ReferredTo)

    def check(self) -> bool:
        """Refuse what says both that nobody was told and that somebody was."""
        to = self.passed_on_to()
        if ReferredTo.NOBODY in to and len(to) > 1:
            self.referred_to.errors = [_l(EITHER)]
            return False
        return True

    def passed_on_to(self) -> tuple[ReferredTo, ...]:
        """Give to whom it was passed on."""
        return chosen(ReferredTo, self.referred_to.data)

    def decision(self) -> Decision:
        """Give what was filled in."""
        return Decision(self.text.data, self.passed_on_to(), self.wishes.data or "")
