"""How long things are kept; how much would go is said before other periods count."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.buddies import policies
from welcome.buddies.errors import PolicyChanged
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.privacy import retention
from welcome.buddies.rules.clocks import IN_DAYS, RANGES, USUAL, Clock, Clocks
from welcome.web.allowed import current_account
from welcome.web.arranging.desk import desk, overseen
from welcome.web.arranging.looked_at import mark_of
from welcome.web.arranging.retention_form import RetentionForm, name_of
from welcome.web.arranging.versions import listed
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.words import word


@dataclass(frozen=True)
class Row:
    """One clock: its numbers, and how much is due by what counts and would count."""

    clock: Clock
    number: int
    due: int
    # Where other periods are looked at.
    wanted: int | None = None
    would: int = 0


@desk.get("/retention/")
@overseen
def list_retention() -> ResponseReturnValue:
    """Show how long things are kept, and how much is due."""
    counted = retention.read_clocks(db())
    return render_template(
        "arranging/retention.html",
        rows=_rows(counted),
        usual=USUAL,
        ranges=RANGES,
        in_days=IN_DAYS,
        versions=listed(PolicyKind.RETENTION),
    )


@desk.route("/retention/change", methods=["GET", "POST"])
@overseen
def change_retention() -> ResponseReturnValue:
    """Let other periods count; how much would go is looked at first."""
    form = RetentionForm(request.form if request.method == "POST" else None)
    counted = retention.read_clocks(db())
    if request.method != "POST":
        form.show(policies.count_versions(db(), PolicyKind.RETENTION), counted)
        return _page(form)
    if not form.validate():
        return _page(form), 422
    wanted = form.clocks()
    rows = _rows(counted, wanted)
    seen = mark_of(wanted.settings(), [each.would for each in rows])
    is_seen, form.seen.data = form.seen.data == seen, seen
    if request.form.get("go") != "save" or not is_seen:
        return _page(form, rows)
    try:
        retention.set_clocks(
            db(), wanted.settings(), based_on=form.based_on(),
            actor=current_account(), now=clock.now(),
        )  # fmt: skip
    except PolicyChanged as problem:
        db().rollback()
        form.form_errors = [word(problem.code, **problem.params)]
        form.version.data = str(problem.params["version"])
        return _page(form, rows), 409
    db().commit()
    flash_done(_("Saved. What is due now goes by itself, within a day."))
    return redirect(url_for("arranging.list_retention"))


def _rows(counted: Clocks, wanted: Clocks | None = None) -> list[Row]:
    # The days of retention are those of Greenwich.
    today = clock.now().date()
    due = retention.count_due(db(), today, counted)
    would = retention.count_due(db(), today, wanted) if wanted else due
    return [
        Row(
            each,
            counted.numbers[each],
            due[each],
            wanted.numbers[each] if wanted else None,
            would[each],
        )
        for each in Clock
    ]


def _page(form: RetentionForm, rows: list[Row] | None = None) -> str:
    return render_template(
        "arranging/change_retention.html",
        form=form,
        rows=rows,
        changed=[each for each in rows or () if each.number != each.wanted],
        more=sum(max(0, each.would - each.due) for each in rows or ()),
        clocks=Clock,
        name_of=name_of,
        usual=USUAL,
        ranges=RANGES,
        in_days=IN_DAYS,
    )
