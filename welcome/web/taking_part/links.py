"""Links from letters and the codes of slips: opening one changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from welcome import clock
from welcome.buddies import links
from welcome.buddies.errors import FormTooOld, LinkOver
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.errors import NotFound
from welcome.phrases.catalogues import mark
from welcome.web.allowed import behind_link
from welcome.web.database import db
from welcome.web.taking_part import carrying
from welcome.web.taking_part.desk import desk
from welcome.web.taking_part.fields import OwnForm, at_most, needed, tidy
from welcome.web.words import speak

PATHS = {
    "answer": LinkPurpose.ANSWER,
    "check-in": LinkPurpose.CHECK_IN,
    "mine": LinkPurpose.MY_REQUEST,
    "reference": LinkPurpose.REFERENCE,
    "sign-in": LinkPurpose.SIGN_IN,
    "still-free": LinkPurpose.STILL_FREE,
}
QUOTED = ", ".join(f'"{path}"' for path in PATHS)
# The forms that carry a link from a page to the next, and a code that is typed.
BEHIND, CODE = "behind-link", "code"
LONGEST_CODE = 40
WRONG_CODE = mark(
    "This code cannot be used. It may be mistyped, old, or used already. Look at your"
    " slip again, or ask whoever gave it to you for a new one."
)


@dataclass(frozen=True)
class Shown:
    """A page to show; the template finds `token` beside its values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    code: int = 200


@dataclass(frozen=True)
class Behind:
    """What stands behind links of one purpose.

    `find_tag` gives the locale of whoever got it. `ask` gives a page with one question
    and must change nothing. `act` does what the pressed button says (`request.form`),
    uses the link up where it is used, commits, and gives a page or an answer.
    """

    find_tag: Callable[[Link], str]
    ask: Callable[[Link], Shown]
    act: Callable[[Link], Shown | Response]


# Filled by whoever knows the purpose; a link without an entry is answered as too old.
REGISTRY: dict[LinkPurpose, Behind] = {}


class CodeForm(OwnForm):
    """The code of a slip."""

    code = StringField(
        _l("Code on your slip"),
        filters=[tidy],
        validators=[
            needed(mark("Write the code that stands on your slip.")),
            at_most(LONGEST_CODE),
        ],
        render_kw={
            "autocomplete": "one-time-code", "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )  # fmt: skip


@desk.route(f"/<any({QUOTED}):what>/<token>", methods=["GET", "POST"])
@behind_link
def behind(what: str, token: str) -> ResponseReturnValue:
    """Ask what stands behind a link; act when a button is pressed."""
    try:
        link = links.get(db(), token, PATHS[what], now=clock.now())
        return _answer(link, presses=request.method == "POST")
    except (LinkOver, NotFound):
        return over()


@desk.route("/code", methods=["GET", "POST"])
@behind_link
def type_code() -> ResponseReturnValue:
    """Take the code of a slip, and go on as behind its link."""
    form = CodeForm(request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _code_page(form)
    if "code" not in request.form:
        return _press()
    if not _is_our_form() or not form.validate():
        return _code_page(form, 422)
    try:
        link = links.get_by_code(db(), form.code.data, now=clock.now())
        return _answer(link, presses=False)
    except (LinkOver, NotFound):
        form.code.errors = [_(WRONG_CODE)]
        return _code_page(form, 422)


def over() -> ResponseReturnValue:
    """Answer every link that cannot be used in one way."""
    db().rollback()
    return private(render_template("taking_part/over.html"), 410)


def private(page: str, code: int = 200) -> Response:
    """Give a page that tells no other site from where somebody came."""
    return Response(
        page, code, {"Referrer-Policy": "no-referrer"}, mimetype="text/html"
    )


def _answer(link: Link, *, presses: bool) -> ResponseReturnValue:
    if link.purpose not in REGISTRY:
        raise LinkOver
    entry = REGISTRY[link.purpose]
    speak(entry.find_tag(link))
    act = entry.act if presses and _is_our_form(link) else entry.ask
    answer = act(link)
    if isinstance(answer, Response):
        return answer
    carried = carrying.begin(BEHIND, now=clock.now())
    carried.keep("link", {"id": [str(link.id)]})
    page = render_template(
        answer.template, token=carrying.seal(db(), carried), **answer.values
    )
    return private(page, answer.code)


def _press() -> ResponseReturnValue:
    """Act behind a code that was typed on the page before."""
    try:
        sealed = request.form.get(carrying.FIELD, "")
        carried = carrying.read(db(), sealed, BEHIND, now=clock.now())
        link = db().get(Link, int(carried.answers["link"]["id"][0]))
        if link is None:
            return over()
        links.refuse_over(link, now=clock.now())
        return _answer(link, presses=True)
    except (LinkOver, NotFound, FormTooOld):
        return over()


def _is_our_form(link: Link | None = None) -> bool:
    """Tell whether a page of ours was shown before, for this link or for a code."""
    sealed = request.form.get(carrying.FIELD, "")
    try:
        carried = carrying.read(db(), sealed, BEHIND if link else CODE, now=clock.now())
    except FormTooOld:
        return False
    return link is None or carried.answers["link"]["id"] == [str(link.id)]


def _code_page(form: CodeForm, code: int = 200) -> Response:
    carried = carrying.begin(CODE, now=clock.now())
    page = render_template(
        "taking_part/code.html", form=form, token=carrying.seal(db(), carried)
    )
    return private(page, code)
