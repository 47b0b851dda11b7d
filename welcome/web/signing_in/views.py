"""One's own account, and the door of an invitation."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from welcome import clock, locales
from welcome.accounts import membership
from welcome.web.allowed import (
    current_account,
    current_grants,
    half_signed_in,
    owes_second_step,
    public,
    signed_in,
)
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.signing_in.forms import OwnAccountForm
from welcome.web.signing_in.letters import find_invited, reset_token
from welcome.web.words import INTERFACE_TAGS

account = Blueprint("signing_in", __name__, url_prefix="/-/account")

# The library's pages on which people change how they sign in.
OWN_SAFETY = frozenset(
    {
        "security.change_password",
        "security.mf_recovery_codes",
        "security.two_factor_setup",
        "security.two_factor_setup_validate",
        "security.wan_delete",
        "security.wan_register",
        "security.wan_register_response",
    }
)


@account.route("/", methods=["GET", "POST"])
@signed_in
def own() -> ResponseReturnValue:
    """Show what people may set about themselves, and save it."""
    person = current_account()
    form = OwnAccountForm(obj=person)
    form.interface_tag.choices = [
        SelectChoice(tag, locales.get(tag).autonym) for tag in INTERFACE_TAGS
    ]
    if form.validate_on_submit():
        membership.describe(db(), person, form.said(), actor=person, now=clock.now())
        db().commit()
        flash_done(_("Saved."))
        return redirect(url_for("signing_in.own"))
    return render_template(
        "signing_in/own.html", form=form, person=person, grants=current_grants()
    )


@account.get("/first/")
@half_signed_in
def first() -> ResponseReturnValue:
    """Lead to a second step whoever owes one, and everybody else to their desks."""
    if not owes_second_step():
        return redirect(url_for("desks.home"))
    has_passkey = bool(current_account().webauthn)
    return render_template("signing_in/first.html", has_passkey=has_passkey)


@account.before_app_request
def guard_second_step() -> ResponseReturnValue | None:
    """Let a password alone change nothing where a passkey stands beside it."""
    if request.endpoint not in OWN_SAFETY or not owes_second_step():
        return None
    has_passkey = bool(current_account().webauthn)
    return redirect(url_for("signing_in.first")) if has_passkey else None


@account.get("/invitation/<token>")
@public
def accept_invitation(token: str) -> ResponseReturnValue:
    """Lead an invited person to their first password; opening it uses nothing up."""
    invited = find_invited(db(), token)
    if invited is None:
        flash_problem(
            _(
                "This invitation was used already, or is older than a week. Sign in, or"
                " ask your administrator to invite you again."
            )
        )
        return redirect(url_for("security.login"))
    return redirect(url_for("security.reset_password", token=reset_token(invited)))
