"""People's rights: what is asked for and due, one person's page, holds and erasing."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, func, select

from welcome import clock
from welcome.accounts.access import names
from welcome.accounts.permissions import Permission
from welcome.buddies.models.pairings import OVER, Pairing
from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.rights import ErasedFor, KeptFor, RightKind
from welcome.buddies.privacy import asking, erasing, record_access, subject_access
from welcome.buddies.privacy.traces import Person, kind_of, pairings_of
from welcome.database import empty_log
from welcome.web.allowed import current_account, may_somewhere
from welcome.web.clearing.desk import today
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.personal_data import exporting
from welcome.web.personal_data.desk import (
    address,
    desk,
    get,
    list_rights_due,
    say_field,
    who_looks,
)
from welcome.web.personal_data.forms import AskedForm, EraseForm, HoldForm, PaperForm

__all__ = ["desk", "exporting"]

SAFEGUARD = Permission.SAFEGUARD


@desk.get("/")
@who_looks
def home() -> ResponseReturnValue:
    """List what is due, and what waits for a second pair of eyes."""
    account = current_account()
    rows = record_access.list_exports(db(), record_access.list_scope(db(), account))
    people = record_access.list_people(db(), account, rows)
    return render_template(
        "personal_data/home.html",
        asked=list_rights_due(),
        exports=[(e, people[e.public_id]) for e in rows if e.public_id in people],
        today=today(),
        own_id=account.id,
    )


@desk.get("/people/<public_id>/")
@who_looks
def show_person(public_id: str) -> ResponseReturnValue:
    """Show what somebody asked for, and what may be done with their record."""
    return _page(get(public_id))


@desk.post("/people/<public_id>/asked")
@who_looks
def note_asked(public_id: str) -> ResponseReturnValue:
    """Note that somebody asks for what is theirs."""
    person, form = get(public_id), AskedForm()
    form.offer()
    if not form.validate():
        return _page(person, asked=form), 422
    made = asking.note_asked(
        db(), person, RightKind(form.kind.data), form.asked_on.data,
        actor=current_account(), now=clock.now(),
    )  # fmt: skip
    db().commit()
    flash_done(_("Noted. It is due on %(day)s.", day=made.due_on.isoformat()))
    return redirect(address(person))


@desk.post("/asked/<public_id>/answered")
@who_looks
def note_answered(public_id: str) -> ResponseReturnValue:
    """Note that somebody has what they asked for."""
    asked, person = record_access.get_asked(db(), current_account(), public_id)
    asking.answer(db(), asked, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Answered."))
    return redirect(address(person))


@desk.post("/people/<public_id>/hold")
@who_looks
def hold(public_id: str) -> ResponseReturnValue:
    """Keep somebody's record for the law."""
    person, form = get(public_id), HoldForm()
    form.offer()
    if not form.validate():
        return _page(person, hold=form), 422
    erasing.keep_for_law(
        db(), person, KeptFor(form.reason.data), actor=current_account(),
        now=clock.now(),
    )  # fmt: skip
    db().commit()
    flash_done(_("This record is kept until somebody lifts that."))
    return redirect(address(person))


@desk.post("/people/<public_id>/lift")
@who_looks
def lift(public_id: str) -> ResponseReturnValue:
    """Keep somebody's record for the law no more."""
    person = get(public_id)
    erasing.keep_no_longer(db(), person, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("This record is let go of in its time again."))
    return redirect(address(person))


@desk.get("/people/<public_id>/erase")
@who_looks
def ask_erase(public_id: str) -> ResponseReturnValue:
    """Say what goes and what stays, before anything does."""
    person = get(public_id)
    if person.erased_at is not None:
        return redirect(address(person))
    return _erase_page(person, EraseForm(formdata=None))


@desk.post("/people/<public_id>/erase")
@who_looks
def erase(public_id: str) -> ResponseReturnValue:
    """Let go of somebody's record, also in the middle of a pairing."""
    person, form = get(public_id), EraseForm()
    form.offer()
    if not form.validate():
        return _erase_page(person, form), 422
    erasing.erase(
        db(), person, ErasedFor(form.why.data), scheme(),
        actor=current_account(), now=clock.now(),
    )  # fmt: skip
    db().commit()
    empty_log(db().get_bind().engine)
    flash_done(_("Removed. This page is the receipt."))
    return redirect(address(person))


def _page(
    person: Person, *, asked: AskedForm | None = None, hold: HoldForm | None = None
) -> str:
    asking_form = asked or AskedForm(formdata=None)
    hold_form = hold or HoldForm(formdata=None)
    asking_form.offer()
    hold_form.offer()
    if asked is None:
        asking_form.asked_on.data = today()
    paper = PaperForm(formdata=None)
    paper.offer(person.tag)
    kept = record_access.find_hold(db(), person)
    export = subject_access.find_newest(db(), person)
    told = [kept.actor_id if kept else None, export.prepared_by_id if export else None]
    return render_template(
        "personal_data/person.html",
        person=person,
        kind=kind_of(person),
        home=_home_of(person),
        asked=asking.list_of(db(), person),
        export=export,
        own_id=current_account().id,
        kept=kept,
        is_apart=person.kept_by_safeguarding and not may_somewhere(SAFEGUARD),
        names=names(db(), [each for each in told if each]),
        receipt=erasing.get_receipt(db(), person) if person.erased_at else None,
        say_field=say_field,
        refused=asked or hold,
        forms={"asked": asking_form, "hold": hold_form, "paper": paper},
        today=today(),
    )


def _erase_page(person: Person, form: EraseForm) -> str:
    form.offer()
    live = select(func.count()).where(
        col(Pairing.id).in_(pairings_of(person)), col(Pairing.state).not_in(OVER)
    )
    return render_template(
        "personal_data/erase.html",
        person=person,
        kind=kind_of(person),
        form=form,
        live=db().exec(live).one(),
    )


def _home_of(person: Person) -> str:
    """Give the page on which somebody is worked with."""
    if isinstance(person, Newcomer):
        return url_for("coordinating.list_requests", words=person.name or "")
    return url_for("clearing.volunteer", public_id=person.public_id)
