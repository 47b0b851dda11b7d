"""The form on which staff say what worries them, from the page of whom it is about."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies.concerns import by_staff, safeguarding
from welcome.buddies.concerns.linked import Linked
from welcome.buddies.errors import FormTooOld
from welcome.partners.access import find_council
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done, flash_problem
from welcome.web.safeguarding.desk import desk
from welcome.web.safeguarding.forms import StaffForm
from welcome.web.taking_part import carrying
from welcome.web.taking_part.carrying import Carried, Late
from welcome.web.words import word

FORM = "staff-concern"


@desk.route(
    "/raise/<any(pairing, request, volunteer):what>/<public_id>",
    methods=["GET", "POST"],
)
@allowed(Permission.COORDINATE)
def raise_about(what: str, public_id: str) -> ResponseReturnValue:
    """Take in what worries a coordinator about a pair, a newcomer or a volunteer."""
    found = by_staff.FINDERS[what](db(), current_account(), public_id)
    back = url_for(f"coordinating.show_{what}", public_id=public_id)
    return _take_in(found, back, names_staff=True)


@desk.route("/raise/referral/<public_id>", methods=["GET", "POST"])
@allowed(Permission.REFER)
def raise_about_referral(public_id: str) -> ResponseReturnValue:
    """Take in what worries a referrer about whom they referred."""
    found = by_staff.of_referral(db(), current_account(), public_id)
    return _take_in(found, url_for("partnering.home"), names_staff=False)


def _take_in(found: Linked, back: str, *, names_staff: bool) -> ResponseReturnValue:
    """Raise it once for each form; nothing of it is shown afterwards."""
    actor, now = current_account(), clock.now()
    form = StaffForm(request.form if request.method == "POST" else None)
    colleagues = by_staff.list_colleagues(db(), actor, found) if names_staff else []
    form.let_choose(colleagues)
    form.fit(found)
    if request.method != "POST":
        return _page(form, found, carrying.begin(FORM, now=now), back)
    try:
        sealed = request.form.get(carrying.FIELD, "")
        carried = carrying.read(db(), sealed, FORM, now=now)
    except FormTooOld as problem:
        begun = problem.carried if isinstance(problem, Late) else None
        begun = begun or carrying.begin(FORM, now=now)
        return _page(form, found, begun, back, word(problem.code)), 400
    if not form.validate():
        return _page(form, found, carried, back), 422
    worry = form.worry(carried.key, found)
    made = safeguarding.raise_concern(
        db(), found.about, worry, scheme(), actor=actor, now=now
    )
    db().commit()
    flash_done(_("Those who work on safeguarding were told."))
    if worry.holds_pairing and not made.holds_pairing:
        flash_problem(_("The meetings could not be stopped: the pair has ended."))
    return redirect(back)


def _page(
    form: StaffForm, found: Linked, carried: Carried, back: str, told: str = ""
) -> str:
    council = find_council(db())
    homes = {each.id: each for each in (found.organisation, council) if each}
    return render_template(
        "safeguarding/staff_form.html",
        form=form,
        back=back,
        told=told,
        phones=[each for each in homes.values() if each.safeguarding_phone],
        token=carrying.seal(db(), carried),
    )
