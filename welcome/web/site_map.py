"""Every desk and where it stands."""

from flask import Blueprint, Flask

from welcome.web.arranging.views import desk as arranging
from welcome.web.clearing.views import desk as clearing
from welcome.web.coordinating.views import desk as coordinating
from welcome.web.desks import desks
from welcome.web.health import desk as health
from welcome.web.keeping.views import desk as keeping
from welcome.web.overseeing.views import desk as overseeing
from welcome.web.partnering.views import desk as partnering
from welcome.web.personal_data.views import desk as personal_data
from welcome.web.reading.views import desk as reading
from welcome.web.safeguarding.raising import concern, open_form
from welcome.web.safeguarding.views import desk as safeguarding
from welcome.web.taking_part import opening, views
from welcome.web.taking_part.home import desk as volunteering
from welcome.web.translating.views import desk as translating
from welcome.web.writing.views import desk as writing

DESKS: tuple[Blueprint, ...] = (
    desks,
    reading,
    writing,
    translating,
    coordinating,
    keeping,
    health,
    partnering,
    clearing,
    safeguarding,
    overseeing,
    personal_data,
    concern,
    arranging,
    views.desk,
    volunteering,
)


def install(app: Flask) -> None:
    """Open every desk."""
    for desk in DESKS:
        app.register_blueprint(desk)
    opening.install(app)
    open_form(app)
