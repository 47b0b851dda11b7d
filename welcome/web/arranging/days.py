"""After how many days what happens in a pairing, and when volunteers are asked again."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.buddies import days, policies
from welcome.buddies.days import RANGES
from welcome.buddies.errors import BadDays, PolicyChanged
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.scheme import Days
from welcome.web.allowed import current_account
from welcome.web.arranging.days_form import DaysForm, told
from welcome.web.arranging.desk import desk, overseen
from welcome.web.arranging.versions import listed
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.words import word


@desk.route("/days/", methods=["GET", "POST"])
@overseen
def list_days() -> ResponseReturnValue:
    """Show the days that count, and let others count."""
    form = DaysForm(request.form if request.method == "POST" else None)
    if request.method != "POST":
        form.show(policies.count_versions(db(), PolicyKind.DAYS), days.read(db()))
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        days.write(
            db(), form.days(), actor=current_account(), now=clock.now(),
            based_on=form.based_on(),
        )  # fmt: skip
    except BadDays:
        # The numbers were looked at one by one: it is the reminders that do not rise.
        form.reminders.errors = [_rises(form)]
        return _page(form), 422
    except PolicyChanged as problem:
        db().rollback()
        form.form_errors = [word(problem.code, **problem.params)]
        form.version.data = str(problem.params["version"])
        return _page(form), 409
    db().commit()
    flash_done(_("Saved. Who was asked before still has as long as they were told."))
    return redirect(url_for("arranging.list_days"))


def _rises(form: DaysForm) -> str:
    sentence: str = _(
        "Write at most %(most)s days that rise, each before day %(answer)s.",
        most=days.MOST_REMINDERS,
        answer=form.days().answer,
    )
    return sentence


def _page(form: DaysForm) -> str:
    return render_template(
        "arranging/days.html",
        form=form,
        ranges=RANGES,
        usual=Days(),
        usual_reminders=told(Days.reminders),
        versions=listed(PolicyKind.DAYS),
    )
