"""The rail of desks, and the home page that leads to the first one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.permissions import Permission, tags_with
from welcome.packs import access
from welcome.packs.models import Pack
from welcome.packs.place import today_in
from welcome.web.allowed import (
    current_grants,
    may_somewhere,
    owes_second_step,
    signed_in,
)
from welcome.web.database import db
from welcome.web.writing import overview
from welcome.web.writing.overview import Due

TRANSLATING = (
    Permission.TRANSLATE,
    Permission.REVIEW,
    Permission.ACCEPT_ON_STATEMENT,
)

desks = Blueprint("desks", __name__, url_prefix="/-")


@dataclass(frozen=True)
class Entry:
    """A desk in the rail."""

    name: str
    label: str
    icon: str
    address: str
    # One works there, and does not only look on.
    is_own: bool = True


def install(app: Flask) -> None:
    """Let every page draw the rail."""
    app.jinja_env.globals.update(rail=rail)


def rail() -> list[Entry]:
    """List the desks that the one who is signed in may enter."""
    if owes_second_step():
        return []
    writing = (Permission.WRITE, Permission.PUBLISH)
    keeping = (Permission.KEEP,)
    coordinating = (Permission.COORDINATE,)
    referring = (Permission.REFER,)
    overseeing = (Permission.OVERSEE,)
    safeguarding = (Permission.SAFEGUARD,)
    looking = coordinating + safeguarding
    known = (
        ("writing", _("Writing"), "book-open", writing, ()),
        ("translating", _("Translating"), "languages", TRANSLATING, writing),
        ("coordinating", _("Buddies"), "users", coordinating, ()),
        ("clearing", _("Clearances"), "id-card", coordinating, ()),
        ("partnering", _("Referring"), "message-circle", referring, ()),
        ("safeguarding", _("Safeguarding"), "heart-pulse", safeguarding, ()),
        ("overseeing", _("Overseeing"), "scale", overseeing, ()),
        ("arranging", _("Arranging"), "landmark", overseeing, coordinating),
        ("personal_data", _("Personal data"), "list", (), looking),
        ("keeping", _("Keeping"), "shield", keeping, ()),
    )
    return [
        Entry(name, label, icon, url_for(f"{name}.home"), is_own=_may_any(working))
        for name, label, icon, working, looking_on in known
        if _may_any(working + looking_on)
    ]


@desks.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Lead to the only desk one works at, or show what is due and the ways on."""
    entries = rail()
    own = [entry for entry in entries if entry.is_own]
    if len(own) == 1:
        return redirect(own[0].address)
    return render_template(
        "desks.html",
        entries=entries,
        waiting=list(_list_due()) if own else [],
        may_write=may_somewhere(Permission.WRITE),
        may_publish=may_somewhere(Permission.PUBLISH),
    )


def _list_due() -> Iterator[tuple[Pack, Due]]:
    """List what waits in each pack for whoever writes or publishes."""
    if not _may_any((Permission.WRITE, Permission.PUBLISH)):
        return
    for pack in access.list_packs(db()):
        today = today_in(pack.place, clock.now())
        _matrix, due = overview.read(db(), pack, today)
        tags = tags_with(current_grants(), Permission.PUBLISH, pack.locales)
        unpublished = overview.count_unpublished(db(), pack, tags) if tags else 0
        yield pack, replace(due, unpublished=unpublished)


def _may_any(permissions: Iterable[Permission]) -> bool:
    return any(may_somewhere(each) for each in permissions)
