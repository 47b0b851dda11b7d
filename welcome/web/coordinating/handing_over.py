"""Handing people over: one to a colleague or an organisation, or all of a colleague's."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice

from welcome import clock
from welcome.accounts.access import names
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.people import handing_over
from welcome.partners.access import list_members, list_organisations
from welcome.partners.models import Organisation
from welcome.phrases.catalogues import mark
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.acts import ActForm, Row
from welcome.web.coordinating.contact_forms import find_person
from welcome.web.coordinating.desk import desk, own
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.taking_part.fields import OwnForm, needed

BEFORE_GIVING = _l(
    "A colleague of your organisation sees to them from now on, with what is to be done"
    " about them. You still see them."
)
BEFORE_HANDING = _l(
    "Another organisation sees to them from now on, and you do not any more, unless you"
    " work there too. A pairing has to be over first."
)


class GiveForm(ActForm[Row]):
    """Which colleague sees to somebody."""

    colleague = SelectField(_l("Who sees to them?"))

    def let_choose(self, row: Row) -> None:
        """Offer the colleagues by name, and nobody."""
        there = find_person(row).organisation_id
        colleagues = list_members(db(), there, Permission.COORDINATE)
        self.colleague.choices = offer_colleagues(colleagues)

    def fill(self, row: Row) -> None:
        """Show who does now."""
        self.colleague.data = str(find_person(row).coordinator_id or "")

    def given(self, _row: Row) -> tuple[object, ...]:
        """Give the colleague."""
        return (find_colleague(self.colleague.data),)


class HandForm(ActForm[Row]):
    """Which organisation sees to somebody, who agrees to it."""

    organisation = SelectField(_l("Which organisation?"))
    agrees = BooleanField(
        _l("They were asked, and agree"),
        validators=[needed(mark("Ask them first, then tick the box."))],
    )

    def let_choose(self, row: Row) -> None:
        """Offer the organisations with which something is shared."""
        self.organisation.choices = [
            SelectChoice(each.public_id, each.name) for each in self._list(row)
        ]

    def given(self, row: Row) -> tuple[object, ...]:
        """Give the organisation."""
        chosen = self.organisation.data
        return tuple(each for each in self._list(row) if each.public_id == chosen)

    def _list(self, row: Row) -> list[Organisation]:
        person = find_person(row)
        may = handing_over.list_targets(db(), person, current_account())
        return [
            each
            for each in list_organisations(db())
            if each.id in may and each.id != person.organisation_id
        ]


class GiveNewcomerForm(GiveForm[BuddyRequest]):
    """Which colleague sees to a newcomer."""


class GiveVolunteerForm(GiveForm[Volunteer]):
    """Which colleague sees to a volunteer."""


class HandNewcomerForm(HandForm[BuddyRequest]):
    """Which organisation sees to a newcomer."""


class HandVolunteerForm(HandForm[Volunteer]):
    """Which organisation sees to a volunteer."""


class HandAllForm(OwnForm):
    """Who leaves, and who sees to everybody then."""

    leaves = SelectField(_l("Whose people and tasks?"))
    colleague = SelectField(_l("Who sees to them from now on?"))


def give_newcomer(
    session: Session,
    asking: BuddyRequest,
    colleague: Account | None,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Have a colleague see to the newcomer of a request."""
    newcomer = session.get_one(Newcomer, asking.newcomer_id)
    handing_over.give(session, newcomer, colleague, actor=actor, now=now)


def hand_newcomer(
    session: Session,
    asking: BuddyRequest,
    organisation: Organisation,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Hand the newcomer of a request over to another organisation."""
    newcomer = session.get_one(Newcomer, asking.newcomer_id)
    handing_over.hand_over(session, newcomer, organisation, actor=actor, now=now)


@desk.get("/hand-over/")
@allowed(Permission.COORDINATE)
def ask_hand_over() -> ResponseReturnValue:
    """Show who sees to how many, and ask who does so from now on."""
    return _page(_make_form())


@desk.post("/hand-over/")
@allowed(Permission.COORDINATE)
def hand_all_over() -> ResponseReturnValue:
    """Give all of a colleague's people and tasks to another."""
    form = _make_form(sent=True)
    if not form.validate():
        return _page(form), 422
    handed = handing_over.hand_all(
        db(), int(form.leaves.data), find_colleague(form.colleague.data), own(),
        actor=current_account(), now=clock.now(),
    )  # fmt: skip
    db().commit()
    flash_done(
        _(
            "Handed over. Newcomers: %(newcomers)s, volunteers: %(volunteers)s,"
            " tasks: %(tasks)s.",
            newcomers=handed.newcomers,
            volunteers=handed.volunteers,
            tasks=handed.tasks,
        )
    )
    return redirect(url_for("coordinating.ask_hand_over"))


def offer_colleagues(colleagues: Collection[Account]) -> list[SelectChoice]:
    """Offer colleagues by name, and nobody."""
    return [
        SelectChoice("", _("Whoever comes first")),
        *(SelectChoice(str(each.id), each.name) for each in colleagues),
    ]


def find_coordinator(person: Newcomer | Volunteer) -> str:
    """Find the name of who sees to somebody, if anybody does."""
    known = person.coordinator_id
    return names(db(), [known]).get(known, "") if known else ""


def find_colleague(chosen: str | None) -> Account | None:
    """Find who was chosen; what may be chosen was looked at before."""
    return db().get(Account, int(chosen)) if chosen else None


def _make_form(*, sent: bool = False) -> HandAllForm:
    form = HandAllForm(request.form if sent else None)
    colleagues = {
        each.id: each
        for organisation_id in sorted(own())
        for each in list_members(db(), organisation_id, Permission.COORDINATE)
    }
    form.leaves.choices = [
        SelectChoice(str(each), name) for each, name in _list_seeing().items()
    ]
    form.colleague.choices = offer_colleagues(list(colleagues.values()))
    return form


def _list_seeing() -> Mapping[int, str]:
    return names(db(), sorted(handing_over.list_seeing(db(), own())))


def _page(form: HandAllForm) -> str:
    return render_template(
        "coordinating/hand_over.html",
        form=form,
        seeing=[
            (name, handing_over.count_of(db(), each, own()))
            for each, name in _list_seeing().items()
        ],
    )
