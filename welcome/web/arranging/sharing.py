"""Sharing: newcomers of one organisation may meet volunteers of another."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies.people import belonging
from welcome.buddies.people.belonging import Across
from welcome.errors import RuleBroken
from welcome.partners import access, sharing
from welcome.partners.models import Organisation, Sharing
from welcome.partners.sharing import Between
from welcome.web.allowed import allowed, current_account
from welcome.web.arranging.desk import arranged, desk, overseen, own_ids
from welcome.web.arranging.forms import SharingForm
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.words import word

NONE = Across()


@desk.get("/sharing/")
@arranged
def list_sharing() -> ResponseReturnValue:
    """List who shares with whom: all for the lead, one's own for coordinators."""
    form = SharingForm()
    _offer(form)
    return _page(form)


@desk.post("/sharing/propose")
@allowed(Permission.COORDINATE)
def propose() -> ResponseReturnValue:
    """Propose to share, for one's own organisation."""
    form = SharingForm(request.form)
    known = _offer(form)
    if not form.validate():
        return _page(form), 422
    other = known[form.other.data]
    try:
        found = sharing.propose(
            db(), known[form.own.data], other, actor=current_account(), now=clock.now()
        )
    except RuleBroken as problem:
        db().rollback()
        form.other.errors = [word(problem.code, **problem.params)]
        return _page(form), 409
    db().commit()
    flash_done(
        _said(found)
        if found.agreed_at
        else _("Proposed. It counts once %(name)s agrees.", name=other.name)
    )
    return redirect(url_for("arranging.list_sharing"))


@desk.post("/sharing/<int:sharing_id>/agree")
@allowed(Permission.COORDINATE)
def agree(sharing_id: int) -> ResponseReturnValue:
    """Agree for the side that was asked."""
    found = _get(sharing_id)
    sharing.agree(db(), found, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_said(found.sharing))
    return redirect(url_for("arranging.list_sharing"))


@desk.post("/sharing/<int:sharing_id>/allow")
@overseen
def allow(sharing_id: int) -> ResponseReturnValue:
    """Allow it for the whole scheme."""
    found = _get(sharing_id)
    sharing.allow(db(), found, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(
        _("They share now.")
        if found.sharing.holds
        else _("Allowed. It counts once both agree.")
    )
    return redirect(url_for("arranging.list_sharing"))


@desk.get("/sharing/<int:sharing_id>/end")
@arranged
def confirm_end(sharing_id: int) -> ResponseReturnValue:
    """Say what becomes of the pairs there are."""
    found = _get(sharing_id)
    across = belonging.count_across(db()).get(found.pair, NONE)
    return render_template("arranging/end_sharing.html", between=found, across=across)


@desk.post("/sharing/<int:sharing_id>/end")
@arranged
def end(sharing_id: int) -> ResponseReturnValue:
    """End it, or take a proposal back."""
    sharing.end(db(), _get(sharing_id), actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Ended. Pairs who were introduced go on."))
    return redirect(url_for("arranging.list_sharing"))


def _said(found: Sharing) -> str:
    """Say to one of the two what became of it."""
    if found.holds:
        return str(_("You share now."))
    return str(_("Agreed. It counts once the lead of the scheme allows it."))


def _get(sharing_id: int) -> Between:
    return sharing.get_standing(db(), current_account(), sharing_id)


def _offer(form: SharingForm) -> dict[str, Organisation]:
    """Offer one's own sides and all others; give them by what names them."""
    there, own = access.list_organisations(db()), own_ids()
    form.choose_from([each for each in there if each.id in own], there)
    return {each.public_id: each for each in there}


def _page(form: SharingForm) -> str:
    across = belonging.count_across(db())
    standing = sharing.list_standing(db(), current_account())
    return render_template(
        "arranging/sharing.html",
        rows=[(each, across.get(each.pair, NONE)) for each in standing],
        form=form,
    )
