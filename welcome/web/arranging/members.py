"""Who works for an organisation, and at which desk."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.errors import NotFound
from welcome.partners import access, organisations
from welcome.partners.errors import NoSuchAccount, OwnMembership
from welcome.web.allowed import current_account
from welcome.web.arranging.desk import desk, get_seen, overseen
from welcome.web.arranging.forms import MemberForm
from welcome.web.arranging.organisations import page
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.words import word


@desk.post("/organisations/<public_id>/members")
@overseen
def bring_in(public_id: str) -> ResponseReturnValue:
    """Have somebody work there, by the address they sign in with."""
    found, form = get_seen(public_id), MemberForm(request.form)
    if not form.validate():
        return page(found, form), 422
    try:
        account = organisations.bring_in(
            db(), found, form.email.data, form.wanted(),
            actor=current_account(), now=clock.now(),
        )  # fmt: skip
    except (NoSuchAccount, OwnMembership) as problem:
        db().rollback()
        form.email.errors = [word(problem.code, **problem.params)]
        return page(found, form), 409
    db().commit()
    flash_done(
        _("%(name)s works for %(organisation)s now.",
          name=account.name, organisation=found.name)
    )  # fmt: skip
    return redirect(url_for("arranging.show", public_id=public_id))


@desk.post("/organisations/<public_id>/members/<member_id>/end")
@overseen
def let_go(public_id: str, member_id: str) -> ResponseReturnValue:
    """Have somebody work there no more."""
    found = get_seen(public_id)
    for account, _roles in access.list_working(db(), found.id):
        if account.public_id == member_id:
            break
    else:
        raise NotFound
    organisations.let_go(db(), found, account, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(
        _("%(name)s works for %(organisation)s no more.",
          name=account.name, organisation=found.name)
    )  # fmt: skip
    return redirect(url_for("arranging.show", public_id=public_id))
