"""A volunteer's own small home: where they stand, what is missing, pause, leave."""

from datetime import timedelta

from flask import (
    Blueprint,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from welcome import clock
from welcome.buddies.lifecycle import glimpses
from welcome.buddies.lifecycle.glimpses import Contact
from welcome.buddies.models.pairings import Pairing, Side
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.people import own_pairs, own_steps
from welcome.buddies.people.own_steps import OWN_PAUSES
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.taking_part.desk import keep_private, place
from welcome.web.taking_part.fields import OwnForm
from welcome.web.taking_part.sign_in import COOKIE, as_volunteer
from welcome.web.taking_part.signed_in import about_oneself
from welcome.web.words import interface_tag

desk = Blueprint("volunteering", __name__, url_prefix="/-/take-part/home")
desk.after_request(keep_private)
desk.context_processor(place)

WEEKS = (2, 4, 8, 12)
STILL_CLEARING = frozenset({VolunteerState.APPLIED, VolunteerState.CLEARING})


class PauseForm(OwnForm):
    """For how long nothing new is asked."""

    weeks = SelectField(_l("For how long?"))

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.weeks.choices = [
            SelectChoice(str(each), ngettext("%(num)s week", "%(num)s weeks", each))
            for each in WEEKS
        ]


@desk.get("/")
@as_volunteer
def home(volunteer: Volunteer) -> ResponseReturnValue:
    """Show where a volunteer stands, and what they may do."""
    is_clearing = volunteer.state in STILL_CLEARING
    is_paused = volunteer.state is VolunteerState.PAUSED
    return render_template(
        "taking_part/volunteer_home.html",
        volunteer=volunteer,
        needed=own_steps.list_needed(db(), volunteer, scheme().today(clock.now()))
        if is_clearing
        else [],
        may_pause=volunteer.state is VolunteerState.CLEARED,
        may_return=is_paused and volunteer.paused_by in OWN_PAUSES,
        form=PauseForm(),
        own_pairs=own_pairs,
        pairs=_list_pairs(volunteer),
        token=about_oneself(volunteer),
    )


def _list_pairs(volunteer: Volunteer) -> list[tuple[Pairing, Contact | None]]:
    """List the pairs they know of, each with whom they meet once they may know."""
    known = own_pairs.list_known(db(), volunteer)
    return [
        (each, glimpses.tell_each(db(), each).get(Side.VOLUNTEER)) for each in known
    ]


@desk.post("/pause")
@as_volunteer
def pause(volunteer: Volunteer) -> ResponseReturnValue:
    """Ask nothing new for some weeks."""
    form = PauseForm(request.form)
    if form.validate():
        today = scheme().today(clock.now())
        back_on = today + timedelta(weeks=int(form.weeks.data))
        own_steps.pause(db(), volunteer, back_on, scheme(), now=clock.now())
        db().commit()
        flash_done(_("You are paused. Come back whenever you like."))
    return redirect(url_for("volunteering.home"))


@desk.post("/return")
@as_volunteer
def come_back(volunteer: Volunteer) -> ResponseReturnValue:
    """End a pause."""
    own_steps.come_back(db(), volunteer, scheme(), now=clock.now())
    db().commit()
    flash_done(_("Welcome back."))
    return redirect(url_for("volunteering.home"))


@desk.route("/leave", methods=["GET", "POST"])
@as_volunteer
def leave(volunteer: Volunteer) -> ResponseReturnValue:
    """Ask once more, then leave the scheme."""
    if request.method != "POST":
        return render_template(
            "taking_part/volunteer_leave.html", token=about_oneself(volunteer)
        )
    has_left = own_steps.leave(db(), volunteer, scheme(), now=clock.now())
    db().commit()
    if not has_left:
        flash_done(_("Your coordinator knows now, and will speak to you about it."))
        return redirect(url_for("volunteering.home"))
    session.pop(COOKIE, None)
    sentence = _("You have left the buddy scheme. Thank you for all you did.")
    return render_template("taking_part/done.html", sentence=sentence, code="")


@desk.post("/sign-out")
@as_volunteer
def sign_out(_volunteer: Volunteer) -> ResponseReturnValue:
    """Sign out."""
    session.pop(COOKIE, None)
    return redirect(url_for("taking_part.start", tag=interface_tag()))
