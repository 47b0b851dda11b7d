"""Organisations: which there are, what is said of them, and closing them."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies.people import belonging
from welcome.buddies.people.belonging import Open
from welcome.partners import access, organisations, sharing
from welcome.partners.errors import CouncilStays, NameTaken, PhoneNeeded
from welcome.partners.models import Organisation
from welcome.web.allowed import current_account
from welcome.web.arranging.desk import (
    arranged,
    desk,
    get_seen,
    is_lead,
    overseen,
    own_ids,
)
from welcome.web.arranging.forms import MemberForm, OrganisationForm
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.words import word

NOTHING = Open()


@desk.get("/")
@arranged
def home() -> ResponseReturnValue:
    """List the organisations: all for the lead, one's own for coordinators."""
    sees_all, own = is_lead(), own_ids()
    found = [
        each
        for each in access.list_organisations(db(), also_inactive=sees_all)
        if sees_all or each.id in own
    ]
    counted = belonging.count_open(db())
    return render_template(
        "arranging/home.html",
        rows=[(each, counted.get(each.id, NOTHING)) for each in found],
        unallowed=sharing.count_unallowed(db()) if sees_all else 0,
    )


@desk.route("/organisations/add", methods=["GET", "POST"])
@overseen
def add() -> ResponseReturnValue:
    """Let an organisation take part."""
    form = OrganisationForm(request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(form)
    return _save(
        form,
        lambda: organisations.add(
            db(), form.described(), actor=current_account(), now=clock.now()
        ),
    )


@desk.get("/organisations/<public_id>/")
@arranged
def show(public_id: str) -> ResponseReturnValue:
    """Show an organisation, who works for it, and with whom it shares."""
    return page(get_seen(public_id), MemberForm())


def page(organisation: Organisation, form: MemberForm) -> str:
    """Draw the page of an organisation."""
    standing = [
        each
        for each in sharing.list_standing(db(), current_account())
        if organisation.id in each.pair
    ]
    return render_template(
        "arranging/organisation.html",
        organisation=organisation,
        open=belonging.count_open(db()).get(organisation.id, NOTHING),
        working=access.list_working(db(), organisation.id),
        coordinates=_works_at(organisation, Permission.COORDINATE),
        safeguards=_works_at(organisation, Permission.SAFEGUARD),
        standing=standing,
        form=form,
    )


@desk.route("/organisations/<public_id>/change", methods=["GET", "POST"])
@overseen
def change(public_id: str) -> ResponseReturnValue:
    """Say something else of an organisation."""
    found = get_seen(public_id)
    form = OrganisationForm(request.form if request.method == "POST" else None)
    if request.method != "POST":
        form.show(found)
        return _form_page(form, found)

    def save() -> Organisation:
        organisations.change(
            db(), found, form.described(), actor=current_account(), now=clock.now()
        )
        return found

    return _save(form, save, found)


@desk.get("/organisations/<public_id>/close")
@overseen
def confirm_close(public_id: str) -> ResponseReturnValue:
    """Say what closing an organisation means, and what stands against it."""
    found = get_seen(public_id)
    return render_template(
        "arranging/close.html",
        organisation=found,
        open=belonging.count_open(db()).get(found.id, NOTHING),
    )


@desk.post("/organisations/<public_id>/close")
@overseen
def close(public_id: str) -> ResponseReturnValue:
    """Let an organisation take part no more, once nothing of it is open."""
    found = get_seen(public_id)
    belonging.close_organisation(db(), found, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("%(name)s takes part no more.", name=found.name))
    return redirect(url_for("arranging.show", public_id=public_id))


@desk.post("/organisations/<public_id>/open-again")
@overseen
def open_again(public_id: str) -> ResponseReturnValue:
    """Let an organisation take part again."""
    found = get_seen(public_id)
    organisations.open_again(db(), found, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("%(name)s takes part again.", name=found.name))
    return redirect(url_for("arranging.show", public_id=public_id))


def _works_at(organisation: Organisation, permission: Permission) -> bool:
    return bool(access.list_members(db(), organisation.id, permission))


def _save(
    form: OrganisationForm,
    act: Callable[[], Organisation],
    organisation: Organisation | None = None,
) -> ResponseReturnValue:
    if not form.validate():
        return _form_page(form, organisation), 422
    try:
        saved = act()
    except NameTaken as problem:
        db().rollback()
        form.name.errors = [word(problem.code, **problem.params)]
    except CouncilStays as problem:
        db().rollback()
        form.kind.errors = [word(problem.code)]
    except PhoneNeeded as problem:
        db().rollback()
        form.phone.errors = [word(problem.code)]
    else:
        db().commit()
        flash_done(_("%(name)s was saved.", name=saved.name))
        return redirect(url_for("arranging.show", public_id=saved.public_id))
    return _form_page(form, organisation), 409


def _form_page(form: OrganisationForm, organisation: Organisation | None = None) -> str:
    return render_template(
        "arranging/describe.html", form=form, organisation=organisation
    )
