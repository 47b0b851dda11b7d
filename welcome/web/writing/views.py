"""The writing desk: packs, and each pack's pages by locale; its other views join here."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from welcome import clock, locales
from welcome.packs import access
from welcome.packs.place import today_in
from welcome.web.allowed import signed_in
from welcome.web.database import db
from welcome.web.writing import facts, history, overview, pages, publishing
from welcome.web.writing.desk import desk, refuse_strangers

__all__ = ["desk", "facts", "history", "pages", "publishing"]


@desk.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """List the packs; lead on where there is one."""
    refuse_strangers()
    packs = access.list_packs(db())
    if len(packs) == 1:
        return redirect(url_for("writing.pack", slug=packs[0].slug))
    return render_template("writing/home.html", packs=packs)


@desk.get("/<slug>/")
@signed_in
def pack(slug: str) -> ResponseReturnValue:
    """Show what is due, and how every page stands in every locale."""
    refuse_strangers()
    shown = access.get_pack(db(), slug)
    matrix, due = overview.read(db(), shown, today_in(shown.place, clock.now()))
    asked = request.args.get("tag")
    # One address for each locale, into which the template puts each page's name:
    # building hundreds of them costs more than all the rest.
    at = {
        tag: url_for("translating.page", slug=slug, tag=tag, name="~")
        for tag in matrix.tags
    }
    return render_template(
        "writing/pack.html",
        pack=shown,
        matrix=matrix,
        tags=[tag for tag in matrix.tags if tag == asked] or matrix.tags,
        due=due,
        at=at,
        autonyms={tag: locales.get(tag).autonym for tag in matrix.tags},
        retired=access.list_retired(db(), shown),
        standing=overview.standing,
    )
