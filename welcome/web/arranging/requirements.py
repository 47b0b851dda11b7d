"""What each role asks of volunteers; who would lose a role is said before it counts."""

from collections.abc import Sequence
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from flask_babel import gettext as _

from welcome import clock
from welcome.buddies import policies
from welcome.buddies.clearances import changing, required
from welcome.buddies.clearances.changing import Effect
from welcome.buddies.errors import PolicyChanged
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.rules.dbs import SOURCES
from welcome.buddies.rules.requirements import ClearanceKind
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.web.allowed import current_account
from welcome.web.arranging.desk import desk, overseen
from welcome.web.arranging.looked_at import mark_of
from welcome.web.arranging.requirement_form import RequirementForm
from welcome.web.arranging.versions import listed
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.words import word

AT_ONCE = 50
ROLES = ", ".join(BuddyRole)


@desk.get("/requirements/")
@overseen
def list_clearances() -> ResponseReturnValue:
    """Show what each role asks for."""
    return render_template(
        "arranging/requirements.html",
        sets=required.get_sets(db()),
        kinds=ClearanceKind,
        versions=listed(PolicyKind.CLEARANCES),
    )


@desk.route(f"/requirements/<any({ROLES}):name>/", methods=["GET", "POST"])
@overseen
def requirement(name: str) -> ResponseReturnValue:
    """Ask a role for something else; what that does is looked at first."""
    role, form = (
        BuddyRole(name),
        RequirementForm(request.form if request.method == "POST" else None),
    )
    if request.method != "POST":
        version = policies.count_versions(db(), PolicyKind.CLEARANCES)
        form.show(version, required.get_sets(db())[role])
        return _page(form, role)
    if not form.validate():
        return _page(form, role), 422
    sets = {**required.get_sets(db()), role: form.asked(role)}
    effect = changing.foresee(db(), sets, _today())
    seen = mark_of(required.write_settings(sets), effect.changed)
    is_seen, form.seen.data = form.seen.data == seen, seen
    if request.form.get("go") != "save" or not is_seen:
        return _page(form, role, effect)
    try:
        changed = changing.change(
            db(), sets, based_on=form.based_on(), actor=current_account(),
            today=_today(), now=clock.now(),
        )  # fmt: skip
    except PolicyChanged as problem:
        db().rollback()
        form.form_errors = [word(problem.code, **problem.params)]
        form.version.data = str(problem.params["version"])
        return _page(form, role, effect), 409
    db().commit()
    _settle(changed)
    flash_done(_("Saved. It counts for everybody from now on."))
    return redirect(url_for("arranging.list_clearances"))


def _settle(ids: Sequence[int]) -> None:
    """Settle some at a time, so that nobody else waits for all of them."""
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        changing.settle_all(db(), some, today=_today(), now=clock.now())
        db().commit()


def _today() -> date:
    return clock.now().astimezone(get_timezone()).date()


def _page(form: RequirementForm, role: BuddyRole, effect: Effect | None = None) -> str:
    return render_template(
        "arranging/requirement.html",
        form=form,
        role=role,
        effect=effect,
        kinds=ClearanceKind,
        sources=SOURCES,
    )
