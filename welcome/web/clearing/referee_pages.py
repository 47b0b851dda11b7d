"""Referees: naming them, asking, reading what they say, deciding."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.clearances import referees, references, replies
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.people import Volunteer
from welcome.errors import RuleBroken
from welcome.web.allowed import allowed, current_account
from welcome.web.clearing.desk import desk, today
from welcome.web.clearing.forms import RefereeForm, ReplyForm
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.words import word


@desk.route("/<public_id>/referees", methods=["GET", "POST"])
@allowed(Permission.COORDINATE)
def name_referee(public_id: str) -> ResponseReturnValue:
    """Note whom a volunteer names."""
    volunteer = access.get_volunteer(db(), current_account(), public_id)
    form = RefereeForm(request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _naming(volunteer, form)
    if not form.validate():
        return _naming(volunteer, form), 422
    try:
        made = referees.name_referee(
            db(), volunteer, form.named(), actor=current_account(), now=clock.now()
        )
    except RuleBroken as problem:
        db().rollback()
        form.email.errors = [word(problem.code, **problem.params)]
        return _naming(volunteer, form), 409
    db().commit()
    flash_done(_("Noted. Nobody was written to yet."))
    return _show(made)


@desk.get("/referees/<public_id>/")
@allowed(Permission.COORDINATE)
def referee(public_id: str) -> ResponseReturnValue:
    """Show a referee, and what they say."""
    found, volunteer = access.get_referee(db(), current_account(), public_id)
    return _page(found, volunteer, ReplyForm())


@desk.post("/referees/<public_id>/ask")
@allowed(Permission.COORDINATE)
def ask_referee(public_id: str) -> ResponseReturnValue:
    """Ask by letter."""
    found, _volunteer = access.get_referee(db(), current_account(), public_id)
    references.ask(db(), found, scheme(), actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("A letter with a link is on its way."))
    return _show(found)


@desk.post("/referees/<public_id>/write-down")
@allowed(Permission.COORDINATE)
def write_down(public_id: str) -> ResponseReturnValue:
    """Write down what a referee said on the phone."""
    found, volunteer = access.get_referee(db(), current_account(), public_id)
    form = ReplyForm(request.form)
    if not form.validate():
        return _page(found, volunteer, form), 422
    references.write_down(
        db(), found, form.reply(), actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(_("Written down."))
    return _show(found)


@desk.post("/referees/<public_id>/accept")
@allowed(Permission.COORDINATE)
def accept_reference(public_id: str) -> ResponseReturnValue:
    """Let a reference count."""
    found, volunteer = access.get_referee(db(), current_account(), public_id)
    references.accept(
        db(), found, actor=current_account(), today=today(), now=clock.now()
    )
    db().commit()
    flash_done(_("The reference counts now."))
    return redirect(url_for("clearing.volunteer", public_id=volunteer.public_id))


@desk.post("/referees/<public_id>/refuse")
@allowed(Permission.COORDINATE)
def refuse_reference(public_id: str) -> ResponseReturnValue:
    """Let a reference not count."""
    found, volunteer = access.get_referee(db(), current_account(), public_id)
    references.refuse(db(), found, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("The reference does not count. Ask for another one."))
    return redirect(url_for("clearing.volunteer", public_id=volunteer.public_id))


def _naming(volunteer: Volunteer, form: RefereeForm) -> str:
    return render_template("clearing/name_referee.html", volunteer=volunteer, form=form)


def _page(found: Referee, volunteer: Volunteer, form: ReplyForm) -> str:
    return render_template(
        "clearing/referee.html",
        referee=found,
        volunteer=volunteer,
        reply=replies.unpack(found.answer),
        form=form,
    )


def _show(found: Referee) -> ResponseReturnValue:
    return redirect(url_for("clearing.referee", public_id=found.public_id))
