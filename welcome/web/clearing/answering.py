"""The page behind a referee's link: four questions, answered once."""

from flask import Response, render_template, request

from welcome import clock
from welcome.buddies.clearances import references
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.privacy import notices
from welcome.buddies.privacy.notices import Audience
from welcome.web.clearing.forms import ReplyForm
from welcome.web.database import db
from welcome.web.installed import settings
from welcome.web.taking_part.links import REGISTRY, Behind, Shown, private
from welcome.web.words import interface_tag

PAGE = "clearing/answer.html"


def _find_tag(_link: Link) -> str:
    """Speak the browser's language: nobody knows which one a referee reads."""
    return interface_tag()


def _ask(link: Link) -> Shown:
    referee, volunteer = references.get_asked(db(), link)
    return Shown(PAGE, _words(ReplyForm(), referee.name, volunteer.name))


def _act(link: Link) -> Shown | Response:
    referee, volunteer = references.get_asked(db(), link)
    form = ReplyForm(request.form)
    if not form.validate():
        return Shown(PAGE, _words(form, referee.name, volunteer.name), 422)
    references.answer(db(), link, form.reply(), now=clock.now())
    db().commit()
    return private(render_template("clearing/answered.html"))


def _words(
    form: ReplyForm, referee: str | None, volunteer: str | None
) -> dict[str, object]:
    place, tag = settings().place_name, interface_tag()
    return {
        "form": form,
        "referee": referee,
        "volunteer": volunteer,
        "notice": notices.read(db(), Audience.REFEREE, tag, place=place),
    }


REGISTRY[LinkPurpose.REFERENCE] = Behind(_find_tag, _ask, _act)
