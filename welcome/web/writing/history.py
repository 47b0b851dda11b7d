"""A page's versions: the list, any two compared, an old one made new again."""

from itertools import pairwise

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts import access as accounts
from welcome.accounts.permissions import Permission
from welcome.packs import access, versions
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.writing import differences, drafts
from welcome.web.writing.desk import desk


@desk.get("/<slug>/pages/<name>/history/")
@allowed(Permission.WRITE)
def history(slug: str, name: str) -> ResponseReturnValue:
    """List a page's versions, the newest first."""
    pack = access.get_pack(db(), slug)
    page = access.get_page(db(), pack, name)
    listed = versions.list_versions(db(), page)
    authors = accounts.names(db(), [v.author_id for v in listed if v.author_id])
    changes = {
        newer.number: differences.compare_fields(
            versions.draft_of(older), versions.draft_of(newer)
        )
        for newer, older in pairwise(listed)
    }
    return render_template(
        "writing/history.html",
        pack=pack,
        page=page,
        versions=listed,
        authors=authors,
        changes=changes,
    )


@desk.get("/<slug>/pages/<name>/compare/")
@allowed(Permission.WRITE)
def compare(slug: str, name: str) -> ResponseReturnValue:
    """Compare two versions unit by unit, with the words that went and came."""
    pack = access.get_pack(db(), slug)
    page = access.get_page(db(), pack, name)
    new = versions.get_version(db(), page, request.args.get("new", page.head, type=int))
    before = max(new.number - 1, 1)
    old = versions.get_version(db(), page, request.args.get("old", before, type=int))
    both = versions.draft_of(old), versions.draft_of(new)
    return render_template(
        "writing/compare.html",
        pack=pack,
        page=page,
        old=old,
        new=new,
        rows=differences.compare(*both),
        fields=differences.compare_fields(*both),
    )


@desk.get("/<slug>/pages/<name>/versions/<int:number>/")
@allowed(Permission.WRITE)
def version(slug: str, name: str, number: int) -> ResponseReturnValue:
    """Show one version as readers would see it."""
    pack = access.get_pack(db(), slug)
    page = access.get_page(db(), pack, name)
    shown = versions.get_version(db(), page, number)
    html = drafts.render(db(), pack, shown)
    return render_template(
        "writing/version.html", pack=pack, page=page, version=shown, html=html
    )


@desk.post("/<slug>/pages/<name>/versions/<int:number>/restore/")
@allowed(Permission.WRITE)
def restore(slug: str, name: str, number: int) -> ResponseReturnValue:
    """Make an old version the newest again."""
    pack = access.get_pack(db(), slug)
    page = access.get_page(db(), pack, name)
    made = versions.restore(
        db(), page, number, actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(
        _(
            "Version %(old)s is back, as version %(number)s.",
            old=number,
            number=made.number,
        )
    )
    return redirect(url_for("writing.history", slug=slug, name=name))
