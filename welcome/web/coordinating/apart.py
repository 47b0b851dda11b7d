"""Never this volunteer: found by name, kept apart from a newcomer, and let meet again."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BlockReason
from welcome.buddies.people import finding
from welcome.buddies.proposing import keeping_apart
from welcome.buddies.proposing.keeping_apart import CHOSEN, Apart
from welcome.partners.access import list_organisations
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.desk import desk, own
from welcome.web.coordinating.forms import CHOOSE
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.taking_part.fields import (
    LONGEST_NOTE,
    OwnForm,
    at_most,
    offered,
    tidy,
    tidy_lines,
)

# More than these have to be looked for by more of their name.
MOST_FOUND = 20
LONGEST_WORDS = 100


class ApartForm(OwnForm):
    """Which volunteer, and why."""

    words = HiddenField(filters=[tidy])
    volunteer = RadioField(_l("Which volunteer?"), validators=[InputRequired(CHOOSE)])
    reason = RadioField(_l("Why?"), validators=[InputRequired(CHOOSE)])
    note = TextAreaField(
        _l("Note for your colleagues"),
        filters=[tidy_lines],
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 2, "autocomplete": "off"},
    )

    def offer(self) -> None:
        """Offer what may be chosen; whom, says `let_choose`."""
        self.volunteer.choices = []
        self.reason.choices = offered(CHOSEN)

    def let_choose(self, found: Mapping[str, Volunteer]) -> None:
        """Offer whoever was found, with the organisation they belong to."""
        homes = {each.id: each.name for each in list_organisations(db())}
        self.volunteer.choices = [
            SelectChoice(key, f"{each.name} · {homes.get(each.organisation_id, '–')}")
            for key, each in found.items()
        ]


@desk.get("/requests/<public_id>/apart/")
@allowed(Permission.COORDINATE)
def look_for_apart(public_id: str) -> ResponseReturnValue:
    """Ask which volunteer it is, and show who is found by that name."""
    _asking, newcomer = access.get_request(db(), current_account(), public_id)
    words = tidy(request.args.get("words", "")[:LONGEST_WORDS])
    form = ApartForm()
    form.words.data = words
    form.reason.data = BlockReason.NEVER_TOLD.value
    form.let_choose(_find(newcomer, words))
    return _page(public_id, newcomer, form)


@desk.post("/requests/<public_id>/apart/")
@allowed(Permission.COORDINATE)
def keep_apart(public_id: str) -> ResponseReturnValue:
    """Never bring the two together."""
    asking, newcomer = access.get_request(db(), current_account(), public_id)
    form = ApartForm(request.form)
    found = _find(newcomer, form.words.data[:LONGEST_WORDS])
    form.let_choose(found)
    if not form.validate():
        return _page(public_id, newcomer, form), 422
    reason = BlockReason(form.reason.data)
    apart = Apart(found[form.volunteer.data], reason, form.note.data)
    keeping_apart.keep_apart(
        db(), asking, apart, scheme(), actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(_("These two are never brought together. Nobody is told why."))
    return redirect(url_for("coordinating.show_request", public_id=public_id))


@desk.post("/requests/<public_id>/let-meet")
@allowed(Permission.COORDINATE)
def let_meet(public_id: str) -> ResponseReturnValue:
    """Keep two apart no more."""
    asking, _newcomer = access.get_request(db(), current_account(), public_id)
    volunteer = request.form.get("volunteer", "")
    keeping_apart.let_meet(
        db(), asking, volunteer, actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(_("These two may be brought together again."))
    return redirect(url_for("coordinating.show_request", public_id=public_id))


def _find(newcomer: Newcomer, words: str) -> dict[str, Volunteer]:
    """Find volunteers by name: own ones, and by all of it whose organisation shares."""
    others = keeping_apart.list_reach(db(), newcomer, own()) - own()
    found = finding.find_named(db(), own(), others, words, limit=MOST_FOUND + 1)
    return {each.public_id: each for each in found}


def _page(public_id: str, newcomer: Newcomer, form: ApartForm) -> str:
    choices = form.volunteer.choices or []
    are_too_many = len(choices) > MOST_FOUND
    form.volunteer.choices = choices[:MOST_FOUND]
    return render_template(
        "coordinating/apart.html",
        form=form,
        newcomer=newcomer,
        back=url_for("coordinating.show_request", public_id=public_id),
        are_too_many=are_too_many,
    )
