"""Forms of several steps: one address, what was answered goes along in the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from welcome import clock
from welcome.buddies.errors import FormTooOld
from welcome.buddies.people import intake
from welcome.buddies.people.applications import Taken
from welcome.buddies.privacy import notices
from welcome.buddies.privacy.notices import Audience, Notice
from welcome.errors import NotNow, RuleBroken
from welcome.phrases.catalogues import mark
from welcome.web.database import db
from welcome.web.installed import settings
from welcome.web.taking_part import carrying, own_slip
from welcome.web.taking_part.carrying import Carried, Late
from welcome.web.taking_part.fields import OwnForm
from welcome.web.words import interface_tag, speak, word

NEXT, BACK, STAY = "next", "back", "stay"
LATE = mark(
    "This page was open for a long time, so nothing was sent yet. Your answers are still"
    " here. Please go on."
)
LOST = mark(
    "This page could not be read any more, so nothing was sent. Please start again."
)


@dataclass(frozen=True)
class Step:
    """One page of a form."""

    name: str
    title: str
    form: type[OwnForm]
    template: str


@dataclass(frozen=True)
class Flow:
    """A form of several steps, and what happens once it is sent."""

    name: str
    audience: Audience
    steps: tuple[Step, ...]
    take: Callable[[Mapping[str, OwnForm], str, Notice], Taken]

    def place_of(self, name: str) -> int:
        """Give the place of a step; the first one for a name that is none."""
        names = [each.name for each in self.steps]
        return names.index(name) if name in names else 0


@dataclass
class _Page:
    """A step as it is about to be shown."""

    flow: Flow
    at: int
    carried: Carried
    form: OwnForm
    told: str = ""


def run(flow: Flow, tag: str) -> ResponseReturnValue:
    """Show a form's first step, or take what was sent and show what follows.

    Raises SchemeNotOpen before anybody fills anything in.
    """
    speak(tag)
    if request.method != "POST":
        intake.get_receiving(db())
        carried = carrying.begin(flow.name, now=clock.now())
        return _show(_Page(flow, 0, carried, flow.steps[0].form()))
    at = flow.place_of(request.form.get("step", ""))
    step = flow.steps[at]
    form = step.form(request.form)
    try:
        carried = _read(flow)
    except Late as late:
        return _show(_Page(flow, at, late.carried, form, _(LATE)), 400)
    except FormTooOld:
        carried = carrying.begin(flow.name, now=clock.now())
        shown = form if at == 0 else flow.steps[0].form()
        return _show(_Page(flow, 0, carried, shown, _(LOST)), 400)
    return _go(_Page(flow, at, carried, form))


def _go(page: _Page) -> ResponseReturnValue:
    """Go where the button leads that was pressed."""
    wanted = request.form.get("go", NEXT)
    step = page.flow.steps[page.at]
    if wanted in {BACK, STAY}:
        page.carried.keep(step.name, page.form.answers())
        before = max(page.at - 1, 0) if wanted == BACK else page.at
        return _show(_again(page, before))
    if not page.form.validate():
        return _show(page, 422)
    page.carried.keep(step.name, page.form.answers())
    if page.at + 1 < len(page.flow.steps):
        return _show(_again(page, page.at + 1))
    return _send(page)


def _send(page: _Page) -> ResponseReturnValue:
    """Hand over what all steps say; the first that is not right is shown again."""
    flow, carried = page.flow, page.carried
    forms: dict[str, OwnForm] = {}
    for at, step in enumerate(flow.steps):
        form = step.form(MultiDict(carried.answers.get(step.name, {})))
        if not form.validate():
            return _show(_Page(flow, at, carried, form), 422)
        forms[step.name] = form
    try:
        taken = flow.take(forms, carried.key, _notice(flow))
    except (RuleBroken, NotNow) as problem:
        db().rollback()
        page.told = word(problem.code, **problem.params)
        return _show(page, 503 if isinstance(problem, NotNow) else 409)
    db().commit()
    return render_template(
        "taking_part/sent.html",
        code=taken.code,
        audience=flow.audience,
        address=_absolute("taking_part.type_code"),
        until=own_slip.last_day() if flow.audience is Audience.VOLUNTEER else "",
    )


def _again(page: _Page, at: int) -> _Page:
    """Give a step as it was answered before, or as it is at first."""
    step = page.flow.steps[at]
    answers = page.carried.answers.get(step.name)
    form = step.form() if answers is None else step.form(MultiDict(answers))
    return _Page(page.flow, at, page.carried, form, page.told)


def _show(page: _Page, code: int = 200) -> ResponseReturnValue:
    step = page.flow.steps[page.at]
    shown = render_template(
        step.template,
        flow=page.flow,
        step=step,
        at=page.at,
        form=page.form,
        told=page.told,
        token=carrying.seal(db(), page.carried),
        notice=_notice(page.flow),
    )
    return shown, code


def _read(flow: Flow) -> Carried:
    sealed = request.form.get(carrying.FIELD, "")
    return carrying.read(db(), sealed, flow.name, now=clock.now())


def _notice(flow: Flow) -> Notice:
    place = settings().place_name
    return notices.read(db(), flow.audience, interface_tag(), place=place)


def _absolute(endpoint: str) -> str:
    """Give an address as it stands on paper: from the settings, never the request."""
    path = current_app.url_map.bind("localhost").build(endpoint)
    return settings().site_url.rstrip("/") + path


def step_address(flow: Flow, tag: str) -> str:
    """Give a form's address in a language."""
    return url_for(f"taking_part.{flow.name}", tag=tag)
