"""Writing a page: editing, looking ahead, saving, adding, retiring."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.packs import about, access, retiring, versions
from welcome.packs.errors import (
    EditConflict,
    NameTaken,
    NoSuchVersion,
    StartTaken,
)
from welcome.packs.models import Group, Pack, Page, Risk
from welcome.packs.versions import PageDraft
from welcome.translation import progress
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.words import word
from welcome.web.writing import differences, drafts, merging
from welcome.web.writing.desk import desk
from welcome.web.writing.forms import NewPageForm, PageForm

GAP = 1


@desk.get("/<slug>/pages/<name>/")
@allowed(Permission.WRITE)
def edit_page(slug: str, name: str) -> ResponseReturnValue:
    """Show a page's newest version in the editor."""
    pack, page = _find(slug, name)
    version = versions.head(db(), page)
    form = PageForm(obj=version, based_on=str(version.number), note="")
    return _editor(pack, page, form)


@desk.post("/<slug>/pages/<name>/")
@allowed(Permission.WRITE)
def save_page(slug: str, name: str) -> ResponseReturnValue:
    """Save the next version of a page, or show what stands against it."""
    pack, page = _find(slug, name)
    form = PageForm()
    if request.form.get("act") == "preview" or not form.validate():
        return _editor(pack, page, form, code=422 if form.errors else 200)
    draft, seen = form.draft(), form.seen()
    if versions.find_problems(db(), pack.id, draft):
        return _editor(pack, page, form, code=422)
    try:
        version = versions.save(
            db(), page, draft, based_on=seen, actor=current_account(), now=clock.now()
        )
    except EditConflict:
        db().rollback()
        return _conflict(slug, name, form)
    except (NameTaken, StartTaken) as taken:
        db().rollback()
        _say_taken(form, taken)
        return _editor(*_find(slug, name), form, code=422)
    db().commit()
    flash_done(_("Version %(number)s is saved.", number=version.number))
    saved = version.number if version.number != seen else None
    return redirect(url_for("writing.edit_page", slug=slug, name=name, saved=saved))


@desk.post("/<slug>/preview/")
@allowed(Permission.WRITE)
def preview_page(slug: str) -> ResponseReturnValue:
    """Show what the text would be: a part of the editor, for live looking ahead."""
    pack = access.get_pack(db(), slug)
    page = access.find_page(db(), pack, request.args.get("name", ""))
    form = PageForm()
    ahead = drafts.foresee(db(), pack, page, form.draft())
    return render_template("writing/_ahead.html", ahead=ahead, form=form, pack=pack)


@desk.get("/<slug>/pages/new/")
@allowed(Permission.WRITE)
def new_page(slug: str) -> ResponseReturnValue:
    """Show an empty page in the editor."""
    pack = access.get_pack(db(), slug)
    heads = access.list_heads(db(), pack)
    last = max((version.position for page, version in heads), default=0)
    name = request.args.get("name", "")
    group = Group.ABOUT if name in about.NAMES else Group.LIVING_HERE
    empty = {"name": name, "slug": name, "group": group, "risk": Risk.NORMAL}
    return _editor(pack, None, NewPageForm(position=last + GAP, **empty))


@desk.post("/<slug>/pages/new/")
@allowed(Permission.WRITE)
def add_page(slug: str) -> ResponseReturnValue:
    """Add a page with its first version."""
    pack = access.get_pack(db(), slug)
    form = NewPageForm()
    if request.form.get("act") == "preview" or not form.validate():
        return _editor(pack, None, form, code=422 if form.errors else 200)
    name, draft = form.name.data, form.draft()
    if versions.find_problems(db(), pack.id, draft):
        return _editor(pack, None, form, code=422)
    try:
        versions.add_page(
            db(), pack, name, draft, actor=current_account(), now=clock.now()
        )
    except (NameTaken, StartTaken) as taken:
        db().rollback()
        _say_taken(form, taken)
        return _editor(access.get_pack(db(), slug), None, form, code=422)
    db().commit()
    flash_done(_("The page “%(title)s” is there.", title=draft.title))
    return redirect(url_for("writing.edit_page", slug=slug, name=name))


@desk.get("/<slug>/pages/<name>/retire/")
@allowed(Permission.WRITE)
def confirm_retire(slug: str, name: str) -> ResponseReturnValue:
    """Tell what retiring a page does, before it is done."""
    pack, page = _find(slug, name)
    version = versions.head(db(), page)
    return render_template("writing/retire.html", pack=pack, page=page, version=version)


@desk.post("/<slug>/pages/<name>/retire/")
@allowed(Permission.WRITE)
def retire_page(slug: str, name: str) -> ResponseReturnValue:
    """Take a page out of use."""
    pack, page = _find(slug, name)
    title = versions.head(db(), page).title
    retiring.retire(db(), page, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("“%(title)s” is out of use from the next edition on.", title=title))
    return redirect(url_for("writing.pack", slug=pack.slug))


@desk.post("/<slug>/pages/<name>/bring-back/")
@allowed(Permission.WRITE)
def bring_back(slug: str, name: str) -> ResponseReturnValue:
    """Bring a page back into use."""
    _pack, page = _find(slug, name)
    try:
        retiring.bring_back(db(), page, actor=current_account(), now=clock.now())
    except (NameTaken, StartTaken) as taken:
        db().rollback()
        flash_problem(word(taken.code, **taken.params))
    else:
        db().commit()
        flash_done(_("The page is back in use from the next edition on."))
    return redirect(url_for("writing.edit_page", slug=slug, name=name))


def _say_taken(form: PageForm, taken: NameTaken | StartTaken) -> None:
    """Say at its field what another page has already."""
    form[taken.params["field"]].errors = [word(taken.code, **taken.params)]


def _find(slug: str, name: str) -> tuple[Pack, Page]:
    pack = access.get_pack(db(), slug)
    return pack, access.get_page(db(), pack, name)


def _editor(
    pack: Pack, page: Page | None, form: PageForm, *, code: int = 200
) -> ResponseReturnValue:
    # An empty page has nothing to look ahead at.
    is_begun = page is not None or request.method == "POST"
    ahead = drafts.foresee(db(), pack, page, form.draft()) if is_begun else None
    page_shown = render_template(
        "writing/page.html",
        pack=pack,
        page=page,
        form=form,
        ahead=ahead,
        opened=_count_opened(page) if page else 0,
    )
    return page_shown, code


def _count_opened(page: Page) -> int:
    """Count the units that the version saved a moment ago has opened."""
    saved = request.args.get("saved", 0, type=int)
    if saved < 2 or saved != page.head:
        return 0
    new, old = (versions.get_version(db(), page, each) for each in (saved, saved - 1))
    both = versions.draft_of(old), versions.draft_of(new)
    return progress.count_opened(*both)


def _conflict(slug: str, name: str, form: PageForm) -> ResponseReturnValue:
    """Show both states; what only the other changed is taken, saving puts mine over it."""
    pack, page = _find(slug, name)
    theirs, mine = versions.head(db(), page), form.draft()
    before = _began_with(page, form.seen())
    now = versions.draft_of(theirs)
    differing = merging.bring_together(*(_merged(each) for each in (before, now, mine)))
    form.take(merging.taken(differing))
    form.based_on.data = str(theirs.number)
    shown = render_template(
        "writing/conflict.html",
        pack=pack,
        page=page,
        form=form,
        theirs=theirs,
        differing=differing,
        rows=differences.compare(now, form.draft()),
    )
    return shown, 409


def _began_with(page: Page, number: int) -> PageDraft | None:
    try:
        return versions.draft_of(versions.get_version(db(), page, number))
    except NoSuchVersion:
        return None


def _merged(draft: PageDraft | None) -> dict[str, object]:
    """Give what two writers of a page may both have changed."""
    told = dict(vars(draft)) if draft else {}
    told.pop("note", None)
    return told
