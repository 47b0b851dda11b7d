"""A volunteer's clearances: what is met, what is missing, what was decided."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.access import names
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.clearances import clearing, referees, update_service
from welcome.buddies.models.people import PausedBy, Volunteer, VolunteerState
from welcome.buddies.rules import dbs
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.web.allowed import allowed, current_account
from welcome.web.clearing import answering, referee_pages
from welcome.web.clearing.desk import desk, today
from welcome.web.clearing.forms import (
    DecisionForm,
    QuestionsForm,
    SeenForm,
    StatusForm,
)
from welcome.web.database import db
from welcome.web.messages import flash_done

__all__ = ["answering", "desk", "referee_pages"]

WAITING = frozenset({VolunteerState.APPLIED, VolunteerState.CLEARING})


@desk.get("/")
@allowed(Permission.COORDINATE)
def home() -> ResponseReturnValue:
    """List the volunteers who wait to be cleared, or whose clearance ran out."""
    found = [
        (each, clearing.judge_volunteer(db(), each, today()))
        for each in access.list_volunteers(db(), current_account())
        if each.state in WAITING or each.paused_by is PausedBy.CLEARANCE
    ]
    return render_template("clearing/home.html", found=found)


@desk.get("/<public_id>/")
@allowed(Permission.COORDINATE)
def volunteer(public_id: str) -> ResponseReturnValue:
    """Show what a volunteer holds, and what is missing."""
    return _page(access.get_volunteer(db(), current_account(), public_id), SeenForm())


@desk.post("/<public_id>/accept")
@allowed(Permission.COORDINATE)
def accept(public_id: str) -> ResponseReturnValue:
    """Begin to clear somebody who applied."""
    found = access.get_volunteer(db(), current_account(), public_id)
    clearing.accept_application(db(), found, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Taken up. Now record what you see."))
    return _back(found)


@desk.post("/<public_id>/decline")
@allowed(Permission.COORDINATE)
def decline(public_id: str) -> ResponseReturnValue:
    """Take somebody no further."""
    found = access.get_volunteer(db(), current_account(), public_id)
    clearing.decline_volunteer(db(), found, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Not accepted. Tell them yourself; nothing was sent."))
    return _back(found)


@desk.post("/<public_id>/record")
@allowed(Permission.COORDINATE)
def record(public_id: str) -> ResponseReturnValue:
    """Record what was seen."""
    found = access.get_volunteer(db(), current_account(), public_id)
    form = SeenForm(request.form)
    if not form.validate():
        return _page(found, form), 422
    return _record(found, form)


@desk.get("/<public_id>/dbs")
@allowed(Permission.COORDINATE)
def ask_dbs(public_id: str) -> ResponseReturnValue:
    """Ask five questions, and suggest a level once they are answered."""
    found = access.get_volunteer(db(), current_account(), public_id)
    form = QuestionsForm(request.args if request.args else None)
    if not request.args or not form.validate():
        return _dbs_page(found, form, None)
    suggested = dbs.suggest(form.given())
    decision = DecisionForm()
    decision.level.data, decision.seen_on.data = suggested.level.value, today()
    if form.given().present is dbs.Present.CHILDREN:
        decision.role.data = BuddyRole.FAMILY.value
    return _dbs_page(found, form, decision, suggested)


@desk.post("/<public_id>/dbs")
@allowed(Permission.COORDINATE)
def decide_dbs(public_id: str) -> ResponseReturnValue:
    """Record what was decided about DBS for a role."""
    found = access.get_volunteer(db(), current_account(), public_id)
    form = DecisionForm(request.form)
    if not form.validate():
        return _dbs_page(found, QuestionsForm(), form), 422
    return _record(found, form)


@desk.post("/<public_id>/status")
@allowed(Permission.COORDINATE)
def record_no_change(public_id: str) -> ResponseReturnValue:
    """Record that the Update Service told of nothing new."""
    found = access.get_volunteer(db(), current_account(), public_id)
    form = StatusForm(request.form)
    form.offer_roles(update_service.list_roles(db(), found))
    if not form.validate():
        return _page(found, SeenForm(), form), 422
    update_service.record_no_change(
        db(), found, form.looked(), actor=current_account(), today=today(),
        now=clock.now(),
    )  # fmt: skip
    db().commit()
    flash_done(_("Recorded."))
    return _back(found)


def _record(found: Volunteer, form: SeenForm | DecisionForm) -> ResponseReturnValue:
    clearing.record_clearance(
        db(), found, form.seen(), actor=current_account(), today=today(),
        now=clock.now(),
    )  # fmt: skip
    db().commit()
    flash_done(_("Recorded."))
    return _back(found)


def _page(found: Volunteer, form: SeenForm, status: StatusForm | None = None) -> str:
    if status is None:
        status = StatusForm()
        status.offer_roles(update_service.list_roles(db(), found))
    rows = clearing.list_clearances(db(), found)
    return render_template(
        "clearing/volunteer.html",
        volunteer=found,
        judgements=clearing.judge_volunteer(db(), found, today()),
        rows=list(reversed(rows)),
        names=names(db(), [each.seen_by_id for each in rows if each.seen_by_id]),
        referees=referees.list_referees(db(), found),
        form=form,
        status=status,
    )


def _dbs_page(
    found: Volunteer,
    form: QuestionsForm,
    decision: DecisionForm | None,
    suggested: dbs.Suggestion | None = None,
) -> str:
    return render_template(
        "clearing/dbs.html",
        volunteer=found,
        form=form,
        decision=decision,
        suggested=suggested,
        sources=dbs.SOURCES,
    )


def _back(found: Volunteer) -> ResponseReturnValue:
    return redirect(url_for("clearing.volunteer", public_id=found.public_id))
