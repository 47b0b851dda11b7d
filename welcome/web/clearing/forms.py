"""The forms of the clearing desk."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from welcome.buddies.clearances import clearing, replies
from welcome.buddies.clearances.clearing import Seen
from welcome.buddies.clearances.referees import Named
from welcome.buddies.clearances.replies import KnownFor, Reply, WouldTrust
from welcome.buddies.clearances.update_service import Looked
from welcome.buddies.models.clearing import Relation
from welcome.buddies.rules.dbs import Answers, CareOf, Present
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.phrases.catalogues import mark
from welcome.web.taking_part.fields import (
    LONGEST_NAME,
    OwnForm,
    at_most,
    is_email,
    is_phone,
    needed,
    offered,
    tidy,
    tidy_lines,
)

YES, NO = "yes", "no"
WHEN = mark("Write the day on which you saw it.")
LOOKED = mark("Write the day on which you looked.")
ELSEWHERE = frozenset({ClearanceKind.DBS, ClearanceKind.REFERENCE})
WHY = mark("Write why you decided so.")
CHOSEN = mark("Choose one of the answers.")


class SeenForm(OwnForm):
    """Something that was seen of a volunteer."""

    kind = SelectField(_l("What did you see?"))
    seen_on = DateField(_l("On which day?"), validators=[needed(WHEN)])
    is_met = RadioField(_l("Is it as it should be?"), default=YES)

    def offer(self) -> None:
        """Offer every kind but those with pages of their own: DBS and referees."""
        self.kind.choices = offered(
            each for each in ClearanceKind if each not in ELSEWHERE
        )
        self.is_met.choices = [(YES, _l("Yes")), (NO, _l("No, not yet"))]

    def seen(self) -> Seen:
        """Give what was filled in."""
        return Seen(
            kind=ClearanceKind(self.kind.data),
            seen_on=self.seen_on.data,
            is_met=self.is_met.data == YES,
        )


class StatusForm(OwnForm):
    """For which role, and when, the Update Service told of nothing new."""

    role = SelectField(_l("For which role?"))
    checked_on = DateField(_l("On which day?"), validators=[needed(LOOKED)])

    def offer_roles(self, roles: Sequence[BuddyRole]) -> None:
        """Offer the roles whose decision is on the service."""
        self.role.choices = offered(roles)

    def looked(self) -> Looked:
        """Give what was filled in."""
        return Looked(BuddyRole(self.role.data), self.checked_on.data)


class DecisionForm(OwnForm):
    """What a coordinator decides about DBS for a role."""

    role = SelectField(_l("For which role?"))
    level = SelectField(_l("Level"))
    reason = TextAreaField(
        _l("Why?"),
        filters=[tidy_lines],
        validators=[needed(WHY), at_most(clearing.LONGEST_REASON)],
        render_kw={"rows": 4},
    )
    seen_on = DateField(_l("On which day?"), validators=[needed(WHEN)])
    is_met = RadioField(_l("What does it stand at?"), default=YES)
    on_update_service = BooleanField(_l("They are on the DBS Update Service"))
    time_abroad = BooleanField(
        _l("They lived abroad: what that calls for was looked at")
    )

    def offer(self) -> None:
        """Offer every role and level."""
        self.role.choices = offered(BuddyRole)
        self.level.choices = offered(DbsLevel)
        self.is_met.choices = [
            (YES, _l("Decided, and the certificate was seen if one was asked for")),
            (NO, _l("Decided, but the certificate is still awaited")),
        ]

    def seen(self) -> Seen:
        """Give what was filled in."""
        return Seen(
            kind=ClearanceKind.DBS,
            seen_on=self.seen_on.data,
            is_met=self.is_met.data == YES,
            role=BuddyRole(self.role.data),
            level=DbsLevel(self.level.data),
            reason=self.reason.data,
            on_update_service=self.on_update_service.data,
            time_abroad=self.time_abroad.data,
        )


class QuestionsForm(OwnForm):
    """The five questions that suggest a level."""

    present = RadioField(_l("Whom will the volunteer be with?"))
    looks_after = RadioField(
        _l("Will they look after, teach or watch children while nobody else does?")
    )
    care_of = RadioField(
        _l(
            "Whom will they help to wash, dress, eat or the like, because of age,"
            " illness or disability?"
        )
    )
    transport = RadioField(
        _l(
            "Will they take an adult to health or social care because of age, illness"
            " or disability?"
        )
    )
    often = RadioField(_l("On more than three days in thirty, or overnight?"))

    def offer(self) -> None:
        """Offer the answers; the first of each is no default."""
        self.present.choices = offered(Present)
        self.care_of.choices = offered(CareOf)
        for each in (self.looks_after, self.transport, self.often):
            each.choices = [(NO, _l("No")), (YES, _l("Yes"))]
        for each in self:
            each.validators = [needed(CHOSEN)]

    def given(self) -> Answers:
        """Give what was answered."""
        return Answers(
            present=Present(self.present.data),
            looks_after=self.looks_after.data == YES,
            care_of=CareOf(self.care_of.data),
            transport=self.transport.data == YES,
            often=self.often.data == YES,
        )


class RefereeForm(OwnForm):
    """Somebody whom a volunteer names."""

    name = StringField(
        _l("Name"),
        filters=[tidy],
        validators=[needed(mark("Enter a name.")), at_most(LONGEST_NAME)],
        render_kw={"autocomplete": "off"},
    )
    relation = SelectField(_l("How do they know the volunteer?"))
    email = StringField(_l("E-mail address"), filters=[tidy], validators=[is_email])
    phone = StringField(_l("Phone number"), filters=[tidy], validators=[is_phone])

    def offer(self) -> None:
        """Offer every relation; family is none."""
        self.relation.choices = offered(Relation)

    def named(self) -> Named:
        """Give what was filled in."""
        return Named(
            self.name.data,
            Relation(self.relation.data),
            self.email.data or "",
            self.phone.data or "",
        )


class ReplyForm(OwnForm):
    """What a referee says: four questions."""

    known_for = RadioField(_l("For how long have you known them?"))
    comment = StringField(
        _l("In what way do you know each other?"),
        filters=[tidy],
        validators=[needed(mark("Write how you know them.")), at_most(replies.LONGEST)],
    )
    would_trust = RadioField(
        _l("Would you trust them with somebody who may be vulnerable?")
    )
    text = TextAreaField(
        _l("What else should we know?"),
        filters=[tidy_lines],
        validators=[at_most(replies.LONGEST)],
        render_kw={"rows": 5},
    )

    def offer(self) -> None:
        """Offer the answers; none is a default."""
        self.known_for.choices = offered(KnownFor)
        self.would_trust.choices = offered(WouldTrust)
        for each in (self.known_for, self.would_trust):
            each.validators = [needed(CHOSEN)]

    def reply(self) -> Reply:
        """Give what was said."""
        return Reply(
            KnownFor(self.known_for.data),
            self.comment.data,
            WouldTrust(self.would_trust.data),
            self.text.data or "",
        )
