"""Behind the link that asks a volunteer whether they are still free: one tap."""

from datetime import timedelta

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from welcome import clock
from welcome.buddies import links
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.people import own_steps, still_free
from welcome.buddies.rules.times import read_times
from welcome.phrases.catalogues import mark
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.taking_part.home import PauseForm
from welcome.web.taking_part.links import REGISTRY, Behind, Shown
from welcome.web.taking_part.pieces import Week

UNTICKED = mark("Tick when you are free, or go back and pause.")


class TimesForm(Week):
    """When somebody is free from now on."""

    never = UNTICKED


def find_tag(link: Link) -> str:
    """Give the locale of whoever is asked; raises NotFound and LinkOver."""
    return still_free.get_asked(db(), link).tag


def ask(link: Link) -> Shown:
    """Ask; what is known of them stands nowhere."""
    volunteer = still_free.get_asked(db(), link)
    may_pause = volunteer.state is VolunteerState.CLEARED
    return Shown("taking_part/still_free.html", {"may_pause": may_pause})


def act(link: Link) -> Shown:
    """Do what was tapped, or ask what else it takes."""
    volunteer = still_free.get_asked(db(), link)
    pressed = request.form.get("go", "")
    if pressed == "times":
        return _times_page(_filled_in(volunteer))
    if pressed == "leave":
        return Shown("taking_part/still_free_leave.html")
    acts = {"yes": _yes, "keep": _keep, "pause": _pause, "leave-now": _leave}
    return acts[pressed](link, volunteer) if pressed in acts else ask(link)


def _yes(link: Link, volunteer: Volunteer) -> Shown:
    still_free.say_free(db(), link, volunteer, scheme(), now=clock.now())
    return _done(_("Thank you. Nothing else changes."))


def _keep(link: Link, volunteer: Volunteer) -> Shown:
    form = TimesForm(request.form)
    if not form.validate():
        return _times_page(form, 422)
    still_free.say_free(
        db(), link, volunteer, scheme(), times=form.free(), now=clock.now()
    )
    return _done(_("Thank you. From now on we use these times."))


def _pause(link: Link, volunteer: Volunteer) -> Shown:
    form = PauseForm(request.form)
    if not form.validate():
        return Shown("taking_part/still_free_pause.html", {"form": PauseForm()})
    now = clock.now()
    back_on = scheme().today(now) + timedelta(weeks=int(form.weeks.data))
    links.use_up(db(), link, now=now)
    own_steps.pause(db(), volunteer, back_on, scheme(), now=now)
    return _done(_("You are paused. Come back whenever you like."))


def _leave(link: Link, volunteer: Volunteer) -> Shown:
    now = clock.now()
    links.use_up(db(), link, now=now)
    if own_steps.leave(db(), volunteer, scheme(), now=now):
        return _done(_("You have left the buddy scheme. Thank you for all you did."))
    return _done(_("Your coordinator knows now, and will speak to you about it."))


def _filled_in(volunteer: Volunteer) -> TimesForm:
    """Begin with the times that are known."""
    ticked = [("times", "-".join(slot)) for slot in read_times(volunteer.times)]
    return TimesForm(MultiDict(ticked))


def _times_page(form: TimesForm, code: int = 200) -> Shown:
    return Shown("taking_part/still_free_times.html", {"form": form}, code)


def _done(sentence: str) -> Shown:
    db().commit()
    return Shown("taking_part/done.html", {"sentence": sentence, "code": ""})


REGISTRY[LinkPurpose.STILL_FREE] = Behind(find_tag, ask, act)
