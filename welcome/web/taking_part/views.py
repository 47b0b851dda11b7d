"""The start page, and the two forms."""

from collections.abc import Mapping

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.buddies.people import intake
from welcome.buddies.people.applications import Taken
from welcome.buddies.privacy.notices import Audience, Notice
from welcome.phrases.catalogues import mark
from welcome.web.allowed import public, public_form
from welcome.web.database import db
from welcome.web.taking_part import (
    answering,
    mine,
    own_offer,
    own_pairs,
    sign_in,
    still_free,
)
from welcome.web.taking_part.desk import TAGGED, desk
from welcome.web.taking_part.fields import OwnForm
from welcome.web.taking_part.newcomer_form import (
    HowToReach,
    WhatYouSpeak,
    WhoMeets,
    Wishes,
    asking,
)
from welcome.web.taking_part.pieces import LanguagesForm, WhenAndWhere
from welcome.web.taking_part.steps import Flow, Step, run, step_address
from welcome.web.taking_part.volunteer_form import (
    AboutYou,
    Referees,
    RoleAndInterests,
    Sending,
    application,
)
from welcome.web.words import interface_tag

__all__ = [
    "answering", "desk", "mine", "own_offer", "own_pairs", "sign_in", "still_free",
]  # fmt: skip

SEND = mark("What we keep")


def _apply(forms: Mapping[str, OwnForm], key: str, notice: Notice) -> Taken:
    return intake.apply(db(), application(forms, key, notice), now=clock.now())


def _ask(forms: Mapping[str, OwnForm], key: str, notice: Notice) -> Taken:
    return intake.ask(db(), asking(forms, key, notice), now=clock.now())


VOLUNTEER = Flow(
    "volunteer",
    Audience.VOLUNTEER,
    (
        Step("you", mark("About you"), AboutYou, "taking_part/you.html"),
        Step(
            "languages", mark("Which languages do you speak?"), LanguagesForm,
            "taking_part/speaking.html",
        ),
        Step(
            "when", mark("When and where can you meet?"), WhenAndWhere,
            "taking_part/when.html",
        ),
        Step(
            "role", mark("What would you like to do?"), RoleAndInterests,
            "taking_part/role.html",
        ),
        Step(
            "referees", mark("Who can speak for you?"), Referees,
            "taking_part/referees.html",
        ),
        Step("send", SEND, Sending, "taking_part/sending.html"),
    ),
    _apply,
)  # fmt: skip
NEWCOMER = Flow(
    "newcomer",
    Audience.NEWCOMER,
    (
        Step(
            "reach", mark("How can we reach you safely?"), HowToReach,
            "taking_part/reach.html",
        ),
        Step(
            "languages", mark("Which languages do you speak?"), WhatYouSpeak,
            "taking_part/speaking.html",
        ),
        Step(
            "when", mark("When and where can you meet?"), WhenAndWhere,
            "taking_part/when.html",
        ),
        Step(
            "wishes", mark("Whom would you like to meet?"), Wishes,
            "taking_part/wishes.html",
        ),
        Step(
            "home", mark("Who would meet a buddy?"), WhoMeets, "taking_part/home.html",
        ),
        Step("send", SEND, Sending, "taking_part/sending.html"),
    ),
    _ask,
)  # fmt: skip


@desk.get("/")
@public
def begin() -> ResponseReturnValue:
    """Lead to the start page in a language that the browser likes."""
    return redirect(url_for("taking_part.start", tag=interface_tag()))


@desk.get(f"{TAGGED}/")
@public
def start(tag: str) -> ResponseReturnValue:
    """Say what a buddy is, and lead to the two forms."""
    home = intake.get_receiving(db())
    return render_template("taking_part/start.html", tag=tag, home=home)


@desk.route(f"{TAGGED}/volunteer/", methods=["GET", "POST"])
@public_form
def volunteer(tag: str) -> ResponseReturnValue:
    """Take in somebody who would like to be a buddy."""
    return run(VOLUNTEER, tag)


@desk.route(f"{TAGGED}/newcomer/", methods=["GET", "POST"])
@public_form
def newcomer(tag: str) -> ResponseReturnValue:
    """Take in a newcomer who would like a buddy."""
    return run(NEWCOMER, tag)


@desk.context_processor
def addresses() -> dict[str, object]:
    """Let the pages of a form name its address in another language."""
    return {"step_address": step_address}
