"""The rules and weights that count: tried out first, then saved as a new version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.access import names
from welcome.accounts.permissions import Permission
from welcome.buddies import scoring_policy
from welcome.buddies.overseeing import trying
from welcome.buddies.rules.policy import PartCode, Policy
from welcome.errors import NotAllowed
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.desk import moment
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.overseeing.desk import decides, desk, overseen
from welcome.web.overseeing.forms import KM, RulesForm
from welcome.web.words import word

TRIED = "reach_km"


@dataclass(frozen=True)
class Difference:
    """Something that would be other than it is."""

    what: str
    before: str
    after: str


@desk.get("/rules/")
@allowed(Permission.OVERSEE)
def show_rules() -> ResponseReturnValue:
    """Show the rules that count, and what others in the address would come to."""
    _refuse_others()
    if TRIED in request.args:
        form = RulesForm(request.args)
        return _page(form) if form.check() else (_page(form), 422)
    form = RulesForm()
    form.show(_current()[1])
    return _page(form)


@desk.post("/rules/")
@allowed(Permission.OVERSEE)
def set_rules() -> ResponseReturnValue:
    """Let rules that were tried out count from now on."""
    _refuse_others()
    form = RulesForm(request.form)
    if not form.check():
        return _page(form), 422
    version, before = _current()
    after = form.policy()
    if after == before:
        flash_done(_("These rules count already. Nothing was changed."))
    elif form.based_on.data != str(version):
        flash_problem(
            _(
                "Somebody set other rules meanwhile, so nothing was saved. What you"
                " typed is here, and what it would change now."
            )
        )
        return _page(form), 409
    else:
        made = scoring_policy.write(
            db(), after, actor=current_account(), now=clock.now()
        )
        db().commit()
        flash_done(
            _("Version %(version)s counts from now on, for new runs.", version=made)
        )
    return redirect(url_for("overseeing.show_rules"))


def _refuse_others() -> None:
    """Let nobody in who does not decide for all; raises NotAllowed."""
    if not decides():
        raise NotAllowed


def _current() -> tuple[int, Policy]:
    version, policy = scoring_policy.read(db())
    return version, replace(policy, sharing=frozenset())


def _page(form: RulesForm) -> str:
    version, before = _current()
    differences: list[Difference] = []
    change = None
    if not form.errors:
        differences = list(_compare(before, form.policy()))
        if differences:
            change = trying.try_out(db(), overseen(), form.policy(), moment())
    versions = scoring_policy.list_versions(db())
    makers = [each.made_by_id for each in versions if each.made_by_id is not None]
    return render_template(
        "overseeing/rules.html",
        form=form,
        version=version,
        differences=differences,
        change=change,
        versions=versions,
        usual=Policy(),
        names=names(db(), makers),
        parts=list(PartCode),
        km=_km,
    )


def _compare(before: Policy, after: Policy) -> Iterator[Difference]:
    lines = [
        (_("Kilometres"), _km(before), _km(after)),
        (_("Language level"), word(before.minimum), word(after.minimum)),
        *(
            (word(code), str(before.weights.of(code)), str(after.weights.of(code)))
            for code in PartCode
        ),
    ]
    return (Difference(*line) for line in lines if line[1] != line[2])


def _km(policy: Policy) -> str:
    """Say how far without needless digits."""
    return f"{policy.reach_m / KM:g}"
