"""What a person sees when something is refused, missing or broken."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from flask import (
    Flask,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from welcome.errors import NotAllowed, NotFound, NotNow, RuleBroken, WelcomeError
from welcome.web import apologies
from welcome.web.allowed import SignedOut, find_account, is_from_here
from welcome.web.database import db, give_up
from welcome.web.messages import flash_problem
from welcome.web.words import (
    interface_tag,
    is_read,
    is_taking_part,
    speak_without_account,
    word,
)

log = logging.getLogger(__name__)

# Fields that hold a person's own words.
TYPED = (
    "text", "comment", "reason", "title", "summary", "body", "note",
    "value", "owner", "source", "agency", "reference",
)  # fmt: skip
# The same of who takes part; what they only chose says nothing by itself.
TYPED_THERE = (
    "text", "note", "about", "never_told", "safe_note", "comment", "name", "email",
    "phone", "interpreter", "language_other", "area", "name_1", "email_1", "phone_1",
    "name_2", "email_2", "phone_2",
)  # fmt: skip
# What each locale says of a fact.
TYPED_PER_LOCALE = "value_"


def install(app: Flask) -> None:
    """Answer each family of errors in one way."""
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(404, lambda _problem: _page(404, apologies.missing()))
    app.register_error_handler(NotAllowed, _refused)
    app.register_error_handler(SignedOut, _signed_out)
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(NotNow, _rule_broken)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(IntegrityError, _collided)
    app.register_error_handler(DataError, _unfit)
    app.register_error_handler(OverflowError, _unfit)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _not_found(_problem: NotFound) -> ResponseReturnValue:
    return _page(404, apologies.missing(), typed=_typed())


def _refused(problem: NotAllowed) -> ResponseReturnValue:
    return _page(403, word(problem.code), typed=_typed())


def _signed_out(_problem: SignedOut | CSRFError) -> ResponseReturnValue:
    sentence = _("You are signed out, so nothing was saved.")
    return _page(401, sentence, typed=_typed(), sign_in=_way_in())


def _rule_broken(problem: WelcomeError) -> ResponseReturnValue:
    """Tell the rule; what the person typed is shown to be copied, never lost."""
    sentence = word(problem.code, **problem.params)
    typed, back = _typed(), _referrer()
    if request.method == "POST" and back and not typed and not _is_part():
        flash_problem(sentence)
        return redirect(back)
    code = 503 if isinstance(problem, NotNow) else 409
    return _page(code, sentence, typed=typed, home=back)


def _expired(problem: CSRFError) -> ResponseReturnValue:
    if find_account() is None and not _is_signing_in():
        return _signed_out(problem)
    sentence = _(
        "This form was open too long, or you have signed in anew since, so nothing was"
        " saved. Load the page again and send it once more."
    )
    if _is_part():
        sentence = _(
            "This page was open too long, so nothing was saved. It is ready again now:"
            " save once more."
        )
    return _page(400, sentence, typed=_typed(), home=_referrer())


def _busy(problem: OperationalError) -> ResponseReturnValue:
    # A disk that is full is mended otherwise than a server that is down.
    log.error("database unavailable: %s", str(problem.orig).partition("\n")[0])
    give_up()
    speak_without_account()
    return _page(503, apologies.busy(), typed=_typed())


def _collided(problem: IntegrityError) -> ResponseReturnValue:
    """Tell that somebody was quicker; a rule that no room foresaw reads alike."""
    log.warning("refused by the database: %s", type(problem.orig).__name__)
    db().rollback()
    sentence = _(
        "Somebody changed the same thing in the same moment, so nothing was saved."
        " Look at it again, then try once more."
    )
    return _page(409, sentence, typed=_typed())


def _unfit(problem: Exception) -> ResponseReturnValue:
    """Refuse what no database can hold: numbers without end, texts with NUL."""
    log.warning("unfit for the database: %s", type(problem).__name__)
    return _page(400, apologies.failed(), typed=_typed(), home=_referrer())


def _http(problem: HTTPException) -> ResponseReturnValue:
    if problem.code in {301, 302, 303, 307, 308}:
        return current_app.make_response(problem)
    code = problem.code or 500
    sentences = {
        413: _("That is more than can be taken in at once. Nothing was saved."),
        429: _("That was tried too often from here. Wait a few minutes and try again."),
    }
    return _page(code, sentences.get(code) or apologies.failed(), typed=_typed())


def _broken(problem: Exception) -> ResponseReturnValue:
    log.error("unexpected error", exc_info=problem)
    return _page(500, apologies.broken(), typed=_typed())


def _typed() -> list[str]:
    """List what a person typed into the form, where it could be read at all.

    What another site has a browser send is not shown as if somebody had typed it.
    """
    if request.method != "POST" or _is_foreign():
        return []
    try:
        form = request.form
    except HTTPException:
        return []
    if is_taking_part():
        return _texts_of(form, TYPED_THERE)
    return _texts_of(
        form, [*TYPED, *(each for each in form if each.startswith(TYPED_PER_LOCALE))]
    )


def _is_foreign() -> bool:
    """Tell whether a browser says that another site's page sent this."""
    told = {"Sec-Fetch-Site", "Origin"} & {name for name, _value in request.headers}
    return bool(told) and not is_from_here(may_hide=is_taking_part())


def _texts_of(form: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return [text for name in names if (text := form.get(name, "").strip())]


def _is_part() -> bool:
    """Tell whether only a part of an open page is asked for."""
    return "HX-Request" in request.headers


def _is_signing_in() -> bool:
    return request.path.startswith("/-/account/")


def _referrer() -> str:
    """Give the page of ours that the form stood on; empty where it is not known."""
    back = request.referrer or ""
    return back if back.startswith(request.host_url) else ""


def _way_in() -> str:
    """Give the address that signs in and leads back to where one was."""
    if is_taking_part():
        return url_for("taking_part.sign_in", tag=interface_tag())
    back = urlsplit(_referrer())
    there = f"{back.path}?{back.query}" if back.query else back.path
    return url_for("security.login", next=there or "/-/")


def _page(
    code: int,
    sentence: str,
    *,
    typed: Sequence[str] = (),
    home: str = "",
    sign_in: str = "",
) -> ResponseReturnValue:
    if _is_part():
        return _part(code, sentence, sign_in)
    if is_read():
        return _readers_page(sentence, typed, sign_in), code
    home = home or url_for("desks.home")
    shown = render_template(
        "error.html", sentence=sentence, home=home, typed=typed, sign_in=sign_in
    )
    return shown, code


def _readers_page(sentence: str, typed: Sequence[str], sign_in: str) -> str:
    """Tell readers in their own pages' manner, from what is known without a database."""
    files = current_app.extensions["welcome.editions"]
    home = files.home_near(request.path)
    return render_template(
        "reading/trouble.html",
        sentence=sentence, home=home, place=files.place, typed=typed, sign_in=sign_in,
    )  # fmt: skip


def _part(code: int, sentence: str, sign_in: str) -> ResponseReturnValue:
    """Say it beside the form: nothing is put over what a person types there."""
    shown = render_template("_parts/trouble.html", sentence=sentence, sign_in=sign_in)
    answer = make_response(shown, code)
    answer.headers["HX-Reswap"] = "innerHTML"
    unit_id = (request.view_args or {}).get("unit_id")
    if unit_id is not None:
        answer.headers["HX-Retarget"] = f"#trouble-{unit_id}"
    return answer
