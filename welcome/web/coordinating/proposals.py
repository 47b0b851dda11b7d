"""Looking for the best pairs, and the drafts a coordinator goes through."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access, scoring_policy
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.finding import names_of
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.partners.agreements import list_shared_with
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import swapping
from welcome.web.coordinating.desk import desk, own
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done

__all__ = ["swapping"]


@desk.get("/proposals/")
@allowed(Permission.COORDINATE)
def list_proposals() -> ResponseReturnValue:
    """Show the drafts that wait to be sent, and the last runs."""
    scope = own()
    asked = (
        select(Pairing)
        .where(col(Pairing.lead_id).in_(scope), Pairing.state == PairingState.DRAFT)
        .order_by(col(Pairing.score).desc(), col(Pairing.id))
    )
    found = list(db().exec(asked))
    return render_template(
        "coordinating/proposals.html",
        drafts=found,
        runs=runs.list_runs(db(), scope, limit=5),
        newcomers=names_of(db(), Newcomer, [p.newcomer_id for p in found], scope),
        volunteers=names_of(db(), Volunteer, [p.volunteer_id for p in found], scope),
    )


@desk.post("/proposals/run")
@allowed(Permission.COORDINATE)
def run() -> ResponseReturnValue:
    """Look for the best pairs among one's own newcomers; nobody is told anything."""
    scope = own()
    reachable = {each for one in scope for each in list_shared_with(db(), one)}
    outcome = runs.run(
        db(), Scope(scope, frozenset(reachable)), scheme(),
        actor=current_account(), now=clock.now(),
    )  # fmt: skip
    waiting = len(outcome.posed.problem.seats)
    db().commit()
    flash_done(
        _(
            "%(matched)s of %(waiting)s who wait have somebody now; the proof is kept.",
            matched=outcome.result.matched,
            waiting=waiting,
        )
    )
    return redirect(url_for("coordinating.list_proposals"))


@desk.get("/runs/<public_id>/")
@allowed(Permission.COORDINATE)
def show_run(public_id: str) -> ResponseReturnValue:
    """Show what a run found, and prove it once more."""
    kept = access.get_run(db(), current_account(), public_id)
    runs.verify_run(kept)
    policy = scoring_policy.from_settings(kept.policy)
    return render_template("coordinating/run.html", run=kept, policy=policy)
