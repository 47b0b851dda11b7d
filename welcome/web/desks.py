"""The rail of desks, and the home page that leads to the first one."""

from dataclasses import dataclass

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome.accounts.permissions import Permission
from welcome.web.allowed import may_somewhere, owes_second_step, signed_in

desks = Blueprint("desks", __name__, url_prefix="/-")


@dataclass(frozen=True)
class Entry:
    """A desk in the rail."""

    name: str
    label: str
    icon: str
    address: str


def install(app: Flask) -> None:
    """Let every page draw the rail."""
    app.jinja_env.globals.update(rail=rail)


def rail() -> list[Entry]:
    """List the desks that the one who is signed in may enter."""
    if owes_second_step():
        return []
    known = (
        ("writing", _("Writing"), "book-open", (Permission.WRITE, Permission.PUBLISH)),
        (
            "translating",
            _("Translating"),
            "languages",
            # Who writes or publishes may look on.
            tuple(each for each in Permission if each is not Permission.KEEP),
        ),
        ("keeping", _("Keeping"), "shield", (Permission.KEEP,)),
    )
    return [
        Entry(name, label, icon, url_for(f"{name}.home"))
        for name, label, icon, permissions in known
        if any(may_somewhere(permission) for permission in permissions)
    ]


@desks.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Lead to the first desk, or say that there is none yet."""
    entries = rail()
    if len(entries) == 1:
        return redirect(entries[0].address)
    return render_template("desks.html", entries=entries)
