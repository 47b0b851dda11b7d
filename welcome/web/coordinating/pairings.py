"""One pairing: where it stands, what was said, and what may be done next."""

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.lifecycle import answers, checkins, exits, proposals
from welcome.buddies.lifecycle import pairings as life
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.models.pairings import CheckIn, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.people.finding import names_of
from welcome.buddies.proposing import drafts
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.desk import desk, own, scheme
from welcome.web.coordinating.forms import (
    AnswerForm,
    CheckInForm,
    EndingForm,
    NoticeForm,
)
from welcome.web.database import db
from welcome.web.messages import flash_done

Form = AnswerForm | CheckInForm | EndingForm | NoticeForm


@desk.get("/pairings/<public_id>/")
@allowed(Permission.COORDINATE)
def show_pairing(public_id: str) -> ResponseReturnValue:
    """Show a pairing."""
    return _page(access.get_pairing(db(), current_account(), public_id))


def _page(pairing: Pairing, refused: Form | None = None) -> str:
    asked = (
        select(CheckIn)
        .where(CheckIn.pairing_id == pairing.id)
        .order_by(col(CheckIn.due_on), col(CheckIn.side))
    )
    forms: dict[str, Form] = {
        "answer": AnswerForm(formdata=None),
        "ending": EndingForm(formdata=None),
        "notice": NoticeForm(formdata=None),
        "check_in": CheckInForm(formdata=None),
    }
    for name, form in forms.items():
        if type(refused) is type(form):
            forms[name] = form = refused
        if not isinstance(form, NoticeForm):
            form.offer()
    return render_template(
        "coordinating/pairing.html",
        pairing=pairing,
        asking=db().get_one(BuddyRequest, pairing.request_id),
        is_led=pairing.lead_id in own(),
        side=ASKED.get(pairing.state),
        check_ins=list(db().exec(asked)),
        newcomers=names_of(db(), Newcomer, [pairing.newcomer_id], own()),
        volunteers=names_of(db(), Volunteer, [pairing.volunteer_id], own()),
        forms=forms,
        refused=refused,
    )


@desk.post("/pairings/<public_id>/pin")
@allowed(Permission.COORDINATE)
def pin(public_id: str) -> ResponseReturnValue:
    """Keep a draft whatever the matcher finds."""
    return _act(public_id, _("This draft stays."), lambda each: drafts.pin(
        db(), each, actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/unpin")
@allowed(Permission.COORDINATE)
def unpin(public_id: str) -> ResponseReturnValue:
    """Let the matcher change a draft again."""
    return _act(public_id, _("This draft may change."), lambda each: drafts.unpin(
        db(), each, actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/forbid")
@allowed(Permission.COORDINATE)
def forbid(public_id: str) -> ResponseReturnValue:
    """Never bring the two of a draft together."""
    return _act(public_id, _("These two are kept apart."), lambda each: drafts.forbid(
        db(), each, scheme(), actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/send")
@allowed(Permission.COORDINATE)
def send(public_id: str) -> ResponseReturnValue:
    """Ask the volunteer of a draft."""
    return _act(
        public_id,
        _("The volunteer is asked, and their place is kept."),
        lambda each: proposals.ask_volunteer(
            db(), each, scheme(), actor=current_account(), now=clock.now()
        ),
    )


@desk.post("/pairings/<public_id>/withdraw")
@allowed(Permission.COORDINATE)
def withdraw(public_id: str) -> ResponseReturnValue:
    """Take a pairing back before they met."""
    return _act(
        public_id,
        _("Withdrawn. The place is free, and the newcomer waits on."),
        lambda each: exits.withdraw(
            db(), each, scheme(), actor=current_account(), now=clock.now()
        ),
    )


@desk.post("/pairings/<public_id>/answer")
@allowed(Permission.COORDINATE)
def record_answer(public_id: str) -> ResponseReturnValue:
    """Write down what somebody who was asked said."""
    pairing = access.get_led_pairing(db(), current_account(), public_id)
    form = AnswerForm()
    form.offer()
    side = ASKED.get(pairing.state)
    if not form.validate():
        return _page(pairing, form), 422
    if side is None:
        return redirect(url_for("coordinating.show_pairing", public_id=public_id))
    return _act(public_id, _("Written down."), lambda each: answers.record_answer(
        db(), each, form.answer(side), scheme(), actor=current_account(),
        now=clock.now(),
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/introduce")
@allowed(Permission.COORDINATE)
def introduce(public_id: str) -> ResponseReturnValue:
    """Tell each the other's name."""
    return _act(public_id, _("They are introduced."), lambda each: life.introduce(
        db(), each, scheme(), actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/met")
@allowed(Permission.COORDINATE)
def note_meeting(public_id: str) -> ResponseReturnValue:
    """Note that they met."""
    return _act(public_id, _("Noted."), lambda each: life.note_first_meeting(
        db(), each, actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/notice")
@allowed(Permission.COORDINATE)
def give_notice(public_id: str) -> ResponseReturnValue:
    """Tell both the last day."""
    pairing = access.get_led_pairing(db(), current_account(), public_id)
    form = NoticeForm()
    if not form.validate():
        return _page(pairing, form), 422
    return _act(public_id, _("Both are told the last day."), lambda each: (
        life.begin_ending(
            db(), each, form.day(), scheme(), actor=current_account(), now=clock.now()
        )
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/end")
@allowed(Permission.COORDINATE)
def end(public_id: str) -> ResponseReturnValue:
    """End a pairing, with how it ended."""
    pairing = access.get_led_pairing(db(), current_account(), public_id)
    form = EndingForm()
    form.offer()
    if not form.validate():
        return _page(pairing, form), 422
    return _act(public_id, _("Ended. The place is free."), lambda each: exits.end(
        db(), each, form.ending(), scheme(), actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/check-ins/<public_id>")
@allowed(Permission.COORDINATE)
def record_check_in(public_id: str) -> ResponseReturnValue:
    """Write down what one side said about how it goes."""
    check_in = access.get_check_in(db(), current_account(), public_id)
    pairing = db().get_one(Pairing, check_in.pairing_id)
    form = CheckInForm()
    form.offer()
    if not form.validate():
        return _page(pairing, form), 422
    checkins.answer(
        db(), check_in, form.said(), actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(_("Written down."))
    return redirect(url_for("coordinating.show_pairing", public_id=pairing.public_id))


def _act(
    public_id: str, told: str, act: Callable[[Pairing], object]
) -> ResponseReturnValue:
    """Do something to a pairing that one leads, and show where it stands then."""
    act(access.get_led_pairing(db(), current_account(), public_id))
    db().commit()
    flash_done(told)
    return redirect(url_for("coordinating.show_pairing", public_id=public_id))
