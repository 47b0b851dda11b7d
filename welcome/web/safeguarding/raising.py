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
from welcome.buddies.concerns import linked, safeguarding
from welcome.buddies.concerns.linked import Linked
from welcome.buddies.errors import FormTooOld
from welcome.buddies.privacy import notices
from welcome.buddies.privacy.notices import Audience
from welcome.partners import access
from welcome.partners.models import Organisation
from welcome.web.allowed import behind_link, public, public_form
from welcome.web.database import db
from welcome.web.installed import scheme, settings
from welcome.web.safeguarding.forms import ConcernForm
from welcome.web.signing_in import limits
from welcome.web.taking_part import carrying
from welcome.web.taking_part.carrying import Carried, Late
from welcome.web.taking_part.desk import TAGGED, keep_private, place
from welcome.web.taking_part.links import BEHIND
from welcome.web.taking_part.signed_in import SIGNED_IN
from welcome.web.words import interface_tag, speak, word

FORM = "concern"
# The pages that lead to the form, and what their tokens tell.
WAYS = {BEHIND: "link", SIGNED_IN: "volunteer"}
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
    limits.hold(app, {"concern.form": RAISING, "concern.about": RAISING})


@concern.get("/")
@public
def begin() -> ResponseReturnValue:
    """Lead to the form in a language that the browser likes."""
    return redirect(url_for("concern.form", tag=interface_tag()))


@concern.post(f"{TAGGED}/about")
@behind_link
def about(tag: str) -> ResponseReturnValue:
    """Open the form from the page behind somebody's link, and keep whom it is about."""
    speak(tag)
    now = clock.now()
    sealed = request.form.get(carrying.FIELD, "")
    for before, kept in WAYS.items():
        try:
            behind = carrying.read(db(), sealed, before, now=now)
            begun = carrying.begin(FORM, now=now)
            begun.keep(before, behind.answers[kept])
            return _page(ConcernForm(), begun)
        except (FormTooOld, KeyError):
            continue
    # It can be said all the same, by whoever comes from wherever.
    return redirect(url_for("concern.form", tag=tag))


@concern.route(f"{TAGGED}/", methods=["GET", "POST"])
@public_form
def form(tag: str) -> ResponseReturnValue:
    """Take in what worries somebody, once for each form."""
    speak(tag)
    now = clock.now()
    if request.method != "POST":
        return _page(ConcernForm(), carrying.begin(FORM, now=now))
    filled = ConcernForm(request.form)
    sealed = request.form.get(carrying.FIELD, "")
    try:
        carried = carrying.read(db(), sealed, FORM, now=now)
    except Late as late:
        return _page(filled, late.carried, word(late.code), 400)
    except FormTooOld as problem:
        return _page(filled, carrying.begin(FORM, now=now), word(problem.code), 400)
    known = _find_linked(carried)
    offered = _offer(filled, known)
    if not filled.validate():
        return _page(filled, carried, code=422)
    home = known.organisation if known else offered[filled.organisation.data]
    if known and "pair" in filled:
        known = known.choose(db(), filled.pair.data)
    worry = filled.worry(carried.key, known)
    made = safeguarding.raise_concern(
        db(), known.about if known else safeguarding.whom(home), worry, scheme(),
        actor=None, now=now,
    )  # fmt: skip
    db().commit()
    return render_template(
        "safeguarding/raised.html",
        phone=home.safeguarding_phone,
        is_not_held=worry.holds_pairing and not made.holds_pairing,
    )


def _find_linked(carried: Carried) -> Linked | None:
    """Find whom the form is about, where a link or one's own page led to it."""
    finders = {BEHIND: linked.find, SIGNED_IN: linked.find_of_volunteer}
    for before, find in finders.items():
        ids = carried.answers.get(before, {}).get("id", [])
        if ids:
            return find(db(), int(ids[0]))
    return None


def _offer(filled: ConcernForm, known: Linked | None) -> dict[str, Organisation]:
    """Offer the organisations, unless it is known which one it concerns."""
    found = access.list_organisations(db())
    if "organisation" in filled:
        filled.offer_organisations(found, access.find_council(db()))
        filled.fit(known)
    return {each.public_id: each for each in found}


def _page(
    filled: ConcernForm, begun: Carried, told: str = "", code: int = 200
) -> ResponseReturnValue:
    organisations = _offer(filled, _find_linked(begun))
    carried = carrying.begin(FORM, now=clock.now())
    carried.key, carried.answers = begun.key, begun.answers
    shown = render_template(
        "safeguarding/form.html",
        form=filled,
        told=told,
        phones=[each for each in organisations.values() if each.safeguarding_phone],
        token=carrying.seal(db(), carried),
        notice=notices.read(
            db(), Audience.CONCERN, interface_tag(), place=settings().place_name
        ),
    )
    return shown, code
