"""Volunteers sign in by a one-time link; what is said is the same for everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate

from flask import Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.buddies import links, noting
from welcome.buddies.errors import FormTooOld
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.models.pairings import Side
from welcome.buddies.models.people import Volunteer
from welcome.buddies.people import door, own_steps
from welcome.errors import NotFound
from welcome.phrases.catalogues import mark
from welcome.web.allowed import P, SignedOut, public_form
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.taking_part import carrying, pieces
from welcome.web.taking_part.desk import TAGGED, desk
from welcome.web.taking_part.fields import OwnForm, needed
from welcome.web.taking_part.links import REGISTRY, Behind, Shown
from welcome.web.words import interface_tag, speak

FORM = "sign-in"
# In the cookie: the volunteer's public id, and when they signed in.
COOKIE = "volunteer"
LASTS = timedelta(minutes=30)


class AddressForm(OwnForm):
    """The address that a volunteer gave."""

    email = pieces.email_field()

    def offer(self) -> None:
        """Ask for an answer, which other forms leave open."""
        sentence = mark("Write the e-mail address that we should use.")
        self.email.validators = [needed(sentence), *self.email.validators]


@desk.route(f"{TAGGED}/sign-in/", methods=["GET", "POST"])
@public_form
def sign_in(tag: str) -> ResponseReturnValue:
    """Send a link to a volunteer's address; say the same where nobody has it."""
    speak(tag)
    now = clock.now()
    if request.method != "POST":
        return _page(AddressForm())
    form = AddressForm(request.form)
    try:
        carrying.read(db(), request.form.get(carrying.FIELD, ""), FORM, now=now)
    except FormTooOld:
        return _page(form, 400)
    if not form.validate():
        return _page(form, 422)
    door.send_link(db(), form.email.data, scheme(), now=now)
    db().commit()
    return render_template("taking_part/link_sent.html")


def _page(form: AddressForm, code: int = 200) -> ResponseReturnValue:
    carried = carrying.begin(FORM, now=clock.now())
    shown = render_template(
        "taking_part/sign_in.html", form=form, token=carrying.seal(db(), carried)
    )
    return shown, code


def _find_tag(link: Link) -> str:
    return own_steps.get_linked_volunteer(db(), link).tag


def _ask(_link: Link) -> Shown:
    return Shown("taking_part/sign_in_ask.html")


def _act(link: Link) -> Response:
    """Use the link up, and remember the volunteer for a while."""
    volunteer = own_steps.get_linked_volunteer(db(), link)
    links.use_up(db(), link, now=clock.now())
    noting.hear(db(), volunteer, Side.VOLUNTEER, now=clock.now())
    db().commit()
    session[COOKIE] = [volunteer.public_id, int(clock.now().timestamp())]
    # It ends with the browser: the phone may be shared.
    session.permanent = False
    answer = redirect(url_for("volunteering.home"))
    answer.headers["Referrer-Policy"] = "no-referrer"
    if not isinstance(answer, Response):
        raise TypeError(type(answer))
    return answer


REGISTRY[LinkPurpose.SIGN_IN] = Behind(_find_tag, _ask, _act)


def as_volunteer(
    view: Callable[Concatenate[Volunteer, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Let in a volunteer who signed in a while ago, and hand them to the view."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        volunteer = _find_signed_in(clock.now())
        if volunteer is None:
            session.pop(COOKIE, None)
            if request.method == "POST":
                raise SignedOut
            return redirect(url_for("taking_part.sign_in", tag=interface_tag()))
        speak(volunteer.tag)
        return view(volunteer, *args, **kwargs)

    guarded.__dict__["access"] = "volunteer"
    return guarded


def _find_signed_in(now: datetime) -> Volunteer | None:
    try:
        public_id, since = session[COOKIE]
        age = timedelta(seconds=now.timestamp() - int(since))
    except (KeyError, TypeError, ValueError):
        return None
    if not timedelta(0) <= age + timedelta(seconds=1) or age > LASTS:
        return None
    try:
        return own_steps.get_volunteer(db(), str(public_id))
    except NotFound:
        return None
