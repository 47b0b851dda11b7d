"""Accounts: who is here, what they may do, and letting people in and out."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts import access, journal, membership
from welcome.accounts.errors import BadEmail, EmailTaken, RoleHasNoLocale
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, list_grants
from welcome.packs.access import list_packs
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.keeping.desk import desk
from welcome.web.keeping.forms import GrantForm, InvitationForm
from welcome.web.messages import flash_done
from welcome.web.signing_in.letters import write_invitation
from welcome.web.words import word


@desk.get("/accounts/")
@allowed(Permission.KEEP)
def list_accounts() -> ResponseReturnValue:
    """List everybody, with their roles and where their account stands."""
    now = clock.now()
    people = [
        (account, grants, access.account_state(account, now))
        for account, grants in access.list_accounts(db())
    ]
    return render_template("keeping/accounts.html", people=people)


@desk.route("/accounts/invite", methods=["GET", "POST"])
@allowed(Permission.KEEP)
def invite() -> ResponseReturnValue:
    """Invite somebody, with a first role; the letter goes out at once."""
    form = InvitationForm()
    form.offer(_tags())
    if form.validate_on_submit():
        try:
            account = membership.invite(
                db(), form.invitation(), actor=current_account(), now=clock.now()
            )
        except (BadEmail, EmailTaken) as problem:
            db().rollback()
            form.email.errors = [word(problem.code, **problem.params)]
        except RoleHasNoLocale as problem:
            db().rollback()
            form.tag.errors = [word(problem.code, **problem.params)]
        else:
            write_invitation(db(), account)
            db().commit()
            flash_done(
                _("Invited. A letter is on its way to %(to)s.", to=account.email)
            )
            return redirect(url_for("keeping.show_account", account_id=account.id))
    return render_template("keeping/invite.html", form=form)


@desk.get("/accounts/<int:account_id>/")
@allowed(Permission.KEEP)
def show_account(account_id: int) -> ResponseReturnValue:
    """Show one account, its roles, and what happened to it."""
    account = access.get_account(db(), account_id)
    form = GrantForm()
    form.offer(_tags())
    return _account_page(account, form)


def _account_page(account: Account, form: GrantForm) -> str:
    entries = journal.list_entries(db(), subject=("account", account.id), limit=20)
    return render_template(
        "keeping/account.html",
        person=account,
        grants=list_grants(db(), account),
        state=access.account_state(account, clock.now()),
        entries=entries,
        names=access.names(db(), [each.actor_id for each in entries if each.actor_id]),
        form=form,
    )


@desk.post("/accounts/<int:account_id>/grant")
@allowed(Permission.KEEP)
def grant(account_id: int) -> ResponseReturnValue:
    """Give a role."""
    account = access.get_account(db(), account_id)
    form = GrantForm()
    form.offer(_tags())
    if not form.validate():
        return _account_page(account, form), 422
    role, tag = form.wanted()
    try:
        membership.grant(
            db(), account, role, tag, actor=current_account(), now=clock.now()
        )
    except RoleHasNoLocale as problem:
        db().rollback()
        form.tag.errors = [word(problem.code, **problem.params)]
        return _account_page(account, form), 409
    db().commit()
    flash_done(_("%(name)s now is: %(role)s.", name=account.name, role=word(role)))
    return redirect(url_for("keeping.show_account", account_id=account.id))


@desk.post("/accounts/<int:account_id>/revoke/<int:grant_id>")
@allowed(Permission.KEEP)
def revoke(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role back; the last administrator keeps theirs."""
    account = access.get_account(db(), account_id)
    given = membership.get_grant(db(), account, grant_id)
    membership.revoke(db(), given, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("The role was taken back."))
    return redirect(url_for("keeping.show_account", account_id=account.id))


@desk.post("/accounts/<int:account_id>/invite-again")
@allowed(Permission.KEEP)
def invite_again(account_id: int) -> ResponseReturnValue:
    """Send the letter once more; the links sent before stop working."""
    account = access.get_account(db(), account_id)
    actor, now = current_account(), clock.now()
    if membership.invite_again(db(), account, actor=actor, now=now):
        write_invitation(db(), account)
        db().commit()
        flash_done(_("Invited. A letter is on its way to %(to)s.", to=account.email))
    return redirect(url_for("keeping.show_account", account_id=account.id))


@desk.post("/accounts/<int:account_id>/deactivate")
@allowed(Permission.KEEP)
def deactivate(account_id: int) -> ResponseReturnValue:
    """Let somebody go; the last administrator stays."""
    account = access.get_account(db(), account_id)
    membership.deactivate(db(), account, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("%(name)s cannot sign in any more.", name=account.name))
    return redirect(url_for("keeping.show_account", account_id=account.id))


@desk.post("/accounts/<int:account_id>/activate")
@allowed(Permission.KEEP)
def activate(account_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    account = access.get_account(db(), account_id)
    membership.activate(db(), account, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("%(name)s can sign in again.", name=account.name))
    return redirect(url_for("keeping.show_account", account_id=account.id))


def _tags() -> list[str]:
    """List the locales of all packs."""
    return list(dict.fromkeys(tag for pack in list_packs(db()) for tag in pack.locales))
