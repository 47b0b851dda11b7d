"""The notices of the public forms: one's own words for each language, looked at first."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock, locales
from welcome.buddies.errors import PolicyChanged
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.privacy import notices, wording
from welcome.buddies.privacy.notices import Audience, Notice
from welcome.web.allowed import current_account
from welcome.web.arranging.desk import desk, overseen
from welcome.web.arranging.notice_form import NoticeForm
from welcome.web.arranging.versions import listed
from welcome.web.database import db
from welcome.web.installed import settings
from welcome.web.messages import flash_done
from welcome.web.taking_part.desk import TAGGED
from welcome.web.words import INTERFACE_TAGS, word

Told = dict[Audience, Notice]


@desk.get("/notices/")
@overseen
def list_notices() -> ResponseReturnValue:
    """List the languages, and how much is said in one's own words."""
    return render_template(
        "arranging/notices.html",
        own=wording.count_own(db()),
        tags=INTERFACE_TAGS,
        parts=len(wording.EDITABLE),
        versions=listed(PolicyKind.NOTICES),
    )


@desk.route(f"/notices{TAGGED}/", methods=["GET", "POST"])
@overseen
def notice(tag: str) -> ResponseReturnValue:
    """Say it in one's own words in a language; looked at before it counts."""
    form = NoticeForm(request.form if request.method == "POST" else None)
    if request.method != "POST":
        form.show(*wording.read_wording(db(), tag))
        return _page(form, tag)
    if not form.validate():
        return _page(form, tag), 422
    if request.form.get("go") != "save":
        return _page(form, tag, _preview(form, tag))
    try:
        wording.set_wording(
            db(), tag, form.wording(), based_on=form.based_on(),
            actor=current_account(), now=clock.now(),
        )  # fmt: skip
    except PolicyChanged as problem:
        db().rollback()
        form.form_errors = [word(problem.code, **problem.params)]
        form.version.data = str(problem.params["version"])
        return _page(form, tag, _preview(form, tag)), 409
    db().commit()
    flash_done(_("Saved. The forms say it so from now on."))
    return redirect(url_for("arranging.list_notices"))


def _preview(form: NoticeForm, tag: str) -> Told:
    """Say it to each audience as it would be said."""
    place = settings().place_name
    told = wording.settings_with(db(), tag, form.wording())
    return {each: notices.say(db(), told, each, tag, place=place) for each in Audience}


def _page(form: NoticeForm, tag: str, preview: Told | None = None) -> str:
    return render_template(
        "arranging/notice.html",
        form=form,
        within=locales.get(tag),
        usual={part: notices.usual(tag, part) for part in wording.EDITABLE},
        preview=preview,
    )
