"""The form on which anybody says what worries them, without a session."""

from flask import (
    Blueprint,
    Flask,
    Response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.buddies import days
from welcome.buddies.concerns import safeguarding
from welcome.buddies.errors import FormTooOld
from welcome.partners import access
from welcome.partners.models import Organisation
from welcome.web.allowed import public, public_form
from welcome.web.database import db
from welcome.web.safeguarding.forms import ConcernForm
from welcome.web.signing_in import limits
from welcome.web.taking_part import carrying
from welcome.web.taking_part.carrying import Late
from welcome.web.taking_part.desk import TAGGED, keep_private, place, settings
from welcome.web.words import interface_tag, speak, word

FORM = "concern"
RAISING = "20 per minute; 120 per hour"

concern = Blueprint("concern", __name__, url_prefix="/-/concern")
concern.context_processor(place)


@concern.after_request
def keep_to_oneself(response: Response) -> Response:
    """Keep pages out of caches and searches."""
    return keep_private(response)


def open_form(app: Flask) -> None:
    """Let the form in without a session, so many times from one address."""
    app.extensions["csrf"].exempt(concern)
    limits.hold(app, {"concern.form": RAISING})


@concern.get("/")
@public
def begin() -> ResponseReturnValue:
    """Lead to the form in a language that the browser likes."""
    return redirect(url_for("concern.form", tag=interface_tag()))


@concern.route(f"{TAGGED}/", methods=["GET", "POST"])
@public_form
def form(tag: str) -> ResponseReturnValue:
    """Take in what worries somebody, once for each form."""
    speak(tag)
    now = clock.now()
    if request.method != "POST":
        return _page(ConcernForm(), carrying.begin(FORM, now=now).key)
    filled = ConcernForm(request.form)
    offered = _offer(filled)
    sealed = request.form.get(carrying.FIELD, "")
    try:
        carried = carrying.read(db(), sealed, FORM, now=now)
    except Late as late:
        return _page(filled, late.carried.key, word(late.code), 400)
    except FormTooOld as problem:
        key = carrying.begin(FORM, now=now).key
        return _page(filled, key, word(problem.code), 400)
    if not filled.validate():
        return _page(filled, carried.key, code=422)
    about = offered[filled.organisation.data]
    safeguarding.raise_concern(
        db(), safeguarding.whom(about), filled.worry(carried.key),
        days.standing(db(), settings()), actor=None, now=now,
    )  # fmt: skip
    db().commit()
    return render_template("safeguarding/raised.html", phone=about.safeguarding_phone)


def _offer(filled: ConcernForm) -> dict[str, Organisation]:
    found = access.list_organisations(db())
    filled.offer_organisations(found, access.find_council(db()))
    return {each.public_id: each for each in found}


def _page(
    filled: ConcernForm, key: str, told: str = "", code: int = 200
) -> ResponseReturnValue:
    organisations = _offer(filled)
    carried = carrying.begin(FORM, now=clock.now())
    carried.key = key
    shown = render_template(
        "safeguarding/form.html",
        form=filled,
        told=told,
        phones=[each for each in organisations.values() if each.safeguarding_phone],
        token=carrying.seal(db(), carried),
    )
    return shown, code
