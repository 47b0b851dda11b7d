"""Referring a newcomer who agreed to it, and what becomes of those referred."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.errors import FormTooOld
from welcome.buddies.models.people import Channel
from welcome.buddies.people import intake
from welcome.buddies.privacy import notices
from welcome.buddies.privacy.notices import Audience, Notice
from welcome.errors import RuleBroken
from welcome.phrases.catalogues import mark
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.installed import settings
from welcome.web.taking_part import carrying, own_slip
from welcome.web.taking_part.carrying import Carried, Late
from welcome.web.taking_part.fields import OwnForm, needed
from welcome.web.taking_part.newcomer_form import (
    CHANNELS,
    HowToReach,
    WhatYouSpeak,
    WhoMeets,
    Wishes,
    asking,
)
from welcome.web.taking_part.pieces import WhenAndWhere
from welcome.web.words import INTERFACE_TAGS, interface_tag, word

desk = Blueprint("partnering", __name__, url_prefix="/-/partnering")

FORM = "referral"
AGREED = mark("Tick this once the newcomer has heard what we keep, and agrees.")


class ReachThroughPartner(HowToReach):
    """As newcomers are asked themselves; a partner may stand between."""

    ways = (*CHANNELS, Channel.REFERRER)


class Agreed(OwnForm):
    """Nobody is referred who did not agree."""

    agreed = BooleanField(
        _l("The newcomer knows what we keep, and agrees to be referred"),
        validators=[needed(AGREED)],
    )


PARTS: Mapping[str, type[OwnForm]] = {
    "reach": ReachThroughPartner,
    "languages": WhatYouSpeak,
    "when": WhenAndWhere,
    "wishes": Wishes,
    "home": WhoMeets,
    "agreed": Agreed,
}
Forms = Mapping[str, OwnForm]


@desk.get("/")
@allowed(Permission.REFER)
def home() -> ResponseReturnValue:
    """List whom one's own organisations referred: a name, a day and one word."""
    found = access.list_referrals(db(), current_account())
    return render_template("partnering/home.html", referrals=found)


@desk.route("/refer", methods=["GET", "POST"])
@allowed(Permission.REFER)
def refer() -> ResponseReturnValue:
    """Take in a newcomer whom a partner refers, once for each form."""
    if request.method != "POST":
        intake.get_receiving(db())
        carried = carrying.begin(FORM, now=clock.now())
        return _page({name: part() for name, part in PARTS.items()}, carried)
    forms = {name: part(request.form) for name, part in PARTS.items()}
    sealed = request.form.get(carrying.FIELD, "")
    try:
        carried = carrying.read(db(), sealed, FORM, now=clock.now())
    except Late as late:
        return _page(forms, late.carried, [word(late.code)], 400)
    except FormTooOld as problem:
        carried = carrying.begin(FORM, now=clock.now())
        return _page(forms, carried, [word(problem.code)], 400)
    # Each is asked, so that everything that is wrong is told at once.
    right = [form.validate() for form in forms.values()]
    if not all(right):
        return _page(forms, carried, code=422)
    return _refer(forms, carried)


def _refer(forms: Forms, carried: Carried) -> ResponseReturnValue:
    told = asking(forms, carried.key, _notice(interface_tag()))
    try:
        taken = intake.refer(db(), told, actor=current_account(), now=clock.now())
    except RuleBroken as problem:
        db().rollback()
        sentence = word(problem.code, **problem.params)
        return _page(forms, carried, [sentence], 409)
    db().commit()
    # Also for whoever is known already: it tells nobody so.
    own_slip.keep_referred(told, taken)
    return redirect(url_for("partnering.referred"))


@desk.get("/referred")
@allowed(Permission.REFER)
def referred() -> ResponseReturnValue:
    """Show the slip of whoever was referred, once."""
    slip = own_slip.show_referred()
    if not slip:
        return redirect(url_for("partnering.home"))
    return render_template("partnering/referred.html", slip=slip)


def _page(
    forms: Forms, carried: Carried, told: Sequence[str] = (), code: int = 200
) -> ResponseReturnValue:
    own_first = sorted(INTERFACE_TAGS, key=lambda tag: tag != interface_tag())
    shown = render_template(
        "partnering/refer.html",
        forms=forms,
        problems=[(each.id, each.errors[0]) for each in _wrong(forms)],
        told=told,
        token=carrying.seal(db(), carried),
        notices=[(tag, _notice(tag)) for tag in own_first],
    )
    return shown, code


def _wrong(forms: Forms) -> list[OwnForm]:
    """List the fields that are not right, from the top of the page."""
    return [each for form in forms.values() for each in form if each.errors]


def _notice(tag: str) -> Notice:
    place = settings().place_name
    return notices.read(db(), Audience.NEWCOMER, tag, place=place)
