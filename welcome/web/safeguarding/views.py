"""The safeguarding desk: the concerns that one handles, each reading noted."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.access import names
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission
from welcome.buddies.concerns import concern_access, handling, stopping
from welcome.buddies.models.concerns import Concern
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.partners.access import get_organisation
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.safeguarding import staff_pages
from welcome.web.safeguarding.desk import desk
from welcome.web.safeguarding.forms import DecisionForm, NoteForm

__all__ = ["desk", "staff_pages"]

Step = Callable[[Concern, Account, datetime], None]
# What one button does.
STEPS: dict[str, Step] = {
    "take-up": lambda found, actor, now: handling.take_up(
        db(), found, actor=actor, now=now
    ),
    "close": lambda found, actor, now: handling.close(
        db(), found, actor=actor, now=now
    ),
    "open-again": lambda found, actor, now: handling.open_again(
        db(), found, actor=actor, now=now
    ),
    "keep": lambda found, actor, now: handling.keep_for_law(
        db(), found, actor=actor, now=now
    ),
    "keep-no-longer": lambda found, actor, now: handling.keep_no_longer(
        db(), found, actor=actor, now=now
    ),
    "suspend": lambda found, actor, now: stopping.suspend(
        db(), found, scheme(), actor=actor, now=now
    ),
    "lift": lambda found, actor, now: stopping.lift(
        db(), found, scheme(), actor=actor, now=now
    ),
}


@desk.get("/")
@allowed(Permission.SAFEGUARD)
def home() -> ResponseReturnValue:
    """List the concerns that one handles; what they say stands on their own pages."""
    account = current_account()
    return render_template(
        "safeguarding/home.html",
        concerns=concern_access.list_concerns(db(), account),
        closed=concern_access.list_concerns(db(), account, closed=True),
    )


@desk.get("/<public_id>/")
@allowed(Permission.SAFEGUARD)
def concern(public_id: str) -> ResponseReturnValue:
    """Show one concern, and note that it was read."""
    return _shown(_get(public_id), NoteForm(), DecisionForm())


@desk.post(f"/<public_id>/<any({', '.join(map(repr, STEPS))}):step>")
@allowed(Permission.SAFEGUARD)
def take_step(public_id: str, step: str) -> ResponseReturnValue:
    """Do what one button says."""
    STEPS[step](_get(public_id), current_account(), clock.now())
    return _done(public_id)


@desk.post("/<public_id>/note")
@allowed(Permission.SAFEGUARD)
def add_note(public_id: str) -> ResponseReturnValue:
    """Add a note, which stays."""
    found, form = _get(public_id), NoteForm(request.form)
    if not form.validate():
        return _shown(found, form, DecisionForm()), 422
    handling.note(db(), found, form.note.data, actor=current_account(), now=clock.now())
    return _done(public_id)


@desk.post("/<public_id>/decide")
@allowed(Permission.SAFEGUARD)
def decide(public_id: str) -> ResponseReturnValue:
    """Write down what was decided, and to whom it was passed on."""
    found, form = _get(public_id), DecisionForm(request.form)
    if not form.validate():
        return _shown(found, NoteForm(), form), 422
    handling.decide(
        db(), found, form.decision(), actor=current_account(), now=clock.now()
    )
    return _done(public_id)


@desk.post("/<public_id>/pairs/<pair_id>/<any(hold, 'go-on', end):step>")
@allowed(Permission.SAFEGUARD)
def stop_pair(public_id: str, pair_id: str, step: str) -> ResponseReturnValue:
    """Hold a pair, let it go on, or end it."""
    pair = stopping.get_pair(db(), _get(public_id), pair_id)
    actor, now, place = current_account(), clock.now(), scheme()
    if step == "hold":
        stopping.hold_pair(db(), pair, actor=actor, now=now)
    elif step == "go-on":
        stopping.let_pair_go_on(db(), pair, place, actor=actor, now=now)
    else:
        wants_another = "wants_another" in request.form
        stopping.end_pair(
            db(), pair, place, wants_another=wants_another, actor=actor, now=now
        )
    return _done(public_id)


def _get(public_id: str) -> Concern:
    return concern_access.get_concern(
        db(), current_account(), public_id, now=clock.now()
    )


def _shown(found: Concern, note: NoteForm, decision: DecisionForm) -> str:
    """Show a concern that was got; that it was read is kept, whatever was sent."""
    shown = _page(found, note, decision)
    db().commit()
    return shown


def _page(found: Concern, note: NoteForm, decision: DecisionForm) -> str:
    notes = concern_access.list_notes(db(), found)
    pairs = handling.list_pairs(db(), found)
    readings = concern_access.list_readings(db(), found)
    known = {each.written_by_id for each in notes} | {
        each.read_by_id for each in readings
    }
    known |= {found.raised_by_id, found.about_account_id}
    newcomer = db().get(Newcomer, found.newcomer_id) if found.newcomer_id else None
    return render_template(
        "safeguarding/concern.html",
        concern=found,
        organisation=get_organisation(db(), found.raised_with_id),
        newcomer=newcomer,
        volunteer=stopping.find_volunteer(db(), found),
        pairs=pairs,
        paired={each.id: _who(each) for each in pairs},
        notes=notes,
        readings=readings,
        names=names(db(), [each for each in known if each is not None]),
        note_form=note,
        decision_form=decision,
    )


def _who(pair: Pairing) -> tuple[str | None, str | None]:
    """Name the two of a pair."""
    newcomer = db().get_one(Newcomer, pair.newcomer_id)
    return newcomer.name, db().get_one(Volunteer, pair.volunteer_id).name


def _done(public_id: str) -> ResponseReturnValue:
    db().commit()
    flash_done(_("Done, and noted."))
    return redirect(url_for("safeguarding.concern", public_id=public_id))
