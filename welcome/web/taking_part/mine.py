"""Behind a newcomer's own link or slip: where the request stands, change, withdraw."""

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from welcome import clock
from welcome.buddies.errors import LinkOver, MoveRefused
from welcome.buddies.lifecycle.new_contact import Contact
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.models.people import Channel
from welcome.buddies.models.requests import REQUEST_MOVES, RequestState
from welcome.buddies.people import own_steps
from welcome.phrases.catalogues import mark
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.taking_part import pieces
from welcome.web.taking_part.fields import OwnForm, offered
from welcome.web.taking_part.links import REGISTRY, Behind, Shown
from welcome.web.taking_part.newcomer_form import CHANNELS
from welcome.web.taking_part.volunteer_form import ask_for_way

KNOWS = mark("Your coordinator knows now, and will speak to you about it.")


class ContactForm(OwnForm):
    """How to be reached from now on; what is known is never shown."""

    channel = RadioField(_l("How is it safe to reach you?"))
    email = pieces.email_field()
    phone = pieces.phone_field()
    shares_phone = BooleanField(_l("Other people use this phone too"))

    def offer(self) -> None:
        """Offer what may be chosen."""
        self.channel.choices = offered(CHANNELS)

    def check(self) -> bool:
        """Ask for what the chosen way needs."""
        return ask_for_way(self)

    def contact(self) -> Contact:
        """Give what was written."""
        return Contact(
            Channel(self.channel.data),
            self.email.data,
            self.phone.data,
            self.shares_phone.data,
        )


def find_tag(link: Link) -> str:
    """Give the locale of whoever asked; raises NotFound."""
    return own_steps.get_request(db(), link)[1].tag


def ask(_link: Link) -> Shown:
    """Ask whether to show where the request stands; nothing is told yet."""
    return Shown("taking_part/mine_ask.html")


def act(link: Link) -> Shown:
    """Do what the pressed button says."""
    wanted = request.form.get("go", "")
    if wanted == "change":
        return Shown("taking_part/mine_contact.html", {"form": ContactForm()})
    if wanted == "leave":
        return Shown("taking_part/mine_leave.html")
    if wanted in ACTS:
        return ACTS[wanted](link)
    found, _newcomer = own_steps.get_request(db(), link)
    return Shown(
        "taking_part/mine.html",
        {
            "state": found.state,
            "may_withdraw": RequestState.WITHDRAWN in REQUEST_MOVES[found.state],
            "may_ask": own_steps.may_ask_for_another(db(), found),
        },
    )


def _change(link: Link) -> Shown:
    form = ContactForm(request.form)
    if not form.validate():
        return Shown("taking_part/mine_contact.html", {"form": form}, 422)
    found, newcomer = own_steps.get_request(db(), link)
    code = own_steps.change_contact(
        db(), found, newcomer, form.contact(), scheme(), now=clock.now()
    )
    db().commit()
    sentence = _("Saved. From now on we use this. Your old slip or link has ended.")
    return Shown("taking_part/done.html", {"sentence": sentence, "code": code})


def _ask_for_another(link: Link) -> Shown:
    """Tell a coordinator; the answer is the same however often it is pressed."""
    found, newcomer = own_steps.get_request(db(), link)
    own_steps.ask_for_another(db(), found, newcomer, now=clock.now())
    db().commit()
    return Shown("taking_part/done.html", {"sentence": _(KNOWS), "code": ""})


def _withdraw(link: Link) -> Shown:
    found, newcomer = own_steps.get_request(db(), link)
    try:
        is_over = own_steps.withdraw(db(), found, newcomer, scheme(), now=clock.now())
    except MoveRefused:
        # Of two presses at once the second finds it done.
        raise LinkOver from None
    db().commit()
    sentence = (
        _("Your request is withdrawn. Nobody will contact you about it any more.")
        if is_over
        else _(KNOWS)
    )
    return Shown("taking_part/done.html", {"sentence": sentence, "code": ""})


# What is done at once by the button that names it.
ACTS = {"contact": _change, "withdraw": _withdraw, "another": _ask_for_another}
REGISTRY[LinkPurpose.MY_REQUEST] = Behind(find_tag, ask, act)
