"""One page in one locale: seeing it whole, saving unit by unit, handing it in."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.errors import NotFound
from welcome.packs import access, versions
from welcome.packs.models import Pack, Page, Unit
from welcome.translation import drafting, handing_in
from welcome.translation.errors import SaveConflict, TooLong
from welcome.translation.handing_in import HandedIn
from welcome.translation.models import Origin
from welcome.web.allowed import allowed, current_account, may, signed_in
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.translating import blocks, pairs
from welcome.web.translating.blocks import Block
from welcome.web.translating.desk import desk, get_pack, refuse_strangers
from welcome.web.words import word


@desk.get("/<slug>/<tag>/pages/<name>/")
@signed_in
def page(slug: str, tag: str, name: str) -> ResponseReturnValue:
    """Show a page whole, source and target lined up; or lead to the first of a kind."""
    refuse_strangers()
    pack = get_pack(slug, tag)
    its_page = access.get_page(db(), pack, name)
    kind = request.args.get("first")
    if kind in blocks.KINDS:
        return redirect(_place_of_first(pack, its_page, tag, kind))
    return _whole_page(pack, its_page, tag)


@desk.post("/<slug>/<tag>/units/<int:unit_id>/")
@allowed(Permission.TRANSLATE, tag_arg="tag")
def save_unit(slug: str, tag: str, unit_id: int) -> ResponseReturnValue:
    """Save one unit; what cannot be saved stays in its box, and a late save shows both."""
    pack = get_pack(slug, tag)
    unit, its_page = _find_unit(pack, unit_id)
    draft = _draft()
    try:
        saved = drafting.save(
            db(), unit, tag, draft, actor=current_account(), now=clock.now()
        )
    except (SaveConflict, TooLong) as refused:
        db().rollback()
        return _refused(slug, tag, (its_page.name, unit_id), draft, refused)
    db().commit()
    if not blocks.is_in(db(), versions.head(db(), its_page), unit_id):
        return _overtaken(pack, its_page, tag)
    if request.headers.get("HX-Request"):
        return _one_unit(pack, its_page, tag, unit_id)
    goes_on = request.form.get("act") == "next" and not saved.is_blocked
    return redirect(_place_after(pack, its_page, tag, unit_id, goes_on=goes_on))


@desk.post("/<slug>/<tag>/pages/<name>/submit/")
@allowed(Permission.TRANSLATE, tag_arg="tag")
def submit_page(slug: str, tag: str, name: str) -> ResponseReturnValue:
    """Hand in every unit of the page that is saved and that somebody here has read."""
    pack = get_pack(slug, tag)
    its_page = access.get_page(db(), pack, name)
    seen = dict(pairs.read_seen(each) for each in request.form.getlist("seen"))
    handed = handing_in.submit_page(
        db(), its_page, tag, seen, actor=current_account(), now=clock.now()
    )
    db().commit()
    _tell_handed_in(handed)
    _tell_blocked(handed.blocked)
    if handed.changed:
        return redirect(url_for("translating.page", slug=slug, tag=tag, name=name))
    return redirect(url_for("translating.queue", slug=slug, tag=tag))


def _tell_handed_in(handed: HandedIn) -> None:
    if handed.submitted:
        flash_done(
            ngettext(
                "%(num)s unit is handed in for review.",
                "%(num)s units are handed in for review.",
                handed.submitted,
            )
        )
    if handed.unread:
        flash_problem(
            ngettext(
                "%(num)s machine draft stays: nobody here has read it. Read it, mend it"
                " where it is wrong, and save it.",
                "%(num)s machine drafts stay: nobody here has read them. Read them, mend"
                " them where they are wrong, and save them.",
                handed.unread,
            )
        )
    if handed.changed:
        flash_problem(
            ngettext(
                "%(num)s unit stays: somebody saved another text after you opened the"
                " page. Look at it, then submit again.",
                "%(num)s units stay: somebody saved other texts after you opened the"
                " page. Look at them, then submit again.",
                handed.changed,
            )
        )
    if handed == HandedIn(0, 0, 0, 0):
        flash_problem(_("Nothing is saved here that is not handed in already."))


def _tell_blocked(number: int) -> None:
    if number:
        flash_problem(
            ngettext(
                "%(num)s of them must be mended before anybody can accept it: something"
                " in it is certainly wrong.",
                "%(num)s of them must be mended before anybody can accept them:"
                " something in them is certainly wrong.",
                number,
            )
        )


def _find_unit(pack: Pack, unit_id: int) -> tuple[Unit, Page]:
    unit = db().get(Unit, unit_id)
    its_page = db().get(Page, unit.page_id) if unit else None
    if unit is None or its_page is None or its_page.pack_id != pack.id:
        raise NotFound
    return unit, its_page


def _draft() -> drafting.Draft:
    revision = request.form.get("revision", 0, type=int)
    origin = request.form.get("origin", "")
    # A form without its text is broken; taken for empty, it would wipe the target.
    text = request.form["text"].replace("\r\n", "\n")
    known = Origin(origin) if origin in list(Origin) else Origin.HUMAN
    return drafting.Draft(text=text, revision=revision, origin=known)


def _whole_page(
    pack: Pack, its_page: Page, tag: str, replaced: Block | None = None
) -> str:
    version = versions.head(db(), its_page)
    lined_up = [
        replaced if replaced and replaced.unit.id == each.unit.id else each
        for each in blocks.list_blocks(db(), pack, version, tag)
    ]
    return render_template(
        "translating/page.html",
        pack=pack,
        page=its_page,
        version=version,
        tag=tag,
        blocks=lined_up,
        left=blocks.left_of(lined_up),
        may_translate=may(Permission.TRANSLATE, tag),
        may_review=may(Permission.REVIEW, tag),
    )


def _one_unit(
    pack: Pack, its_page: Page, tag: str, unit_id: int, block: Block | None = None
) -> str:
    version = versions.head(db(), its_page)
    block = block or blocks.get_block(db(), pack, version, tag, unit_id)
    return render_template(
        "translating/_saved_unit.html",
        pack=pack,
        page=its_page,
        tag=tag,
        block=block,
        left=blocks.count_left(db(), version, tag),
        may_translate=True,
    )


def _place_of_first(pack: Pack, its_page: Page, tag: str, kind: str) -> str:
    """Name the first unit of a kind, or the page where it has none."""
    lined_up = blocks.list_blocks(db(), pack, versions.head(db(), its_page), tag)
    found = next((each.unit.id for each in lined_up if each.is_of(kind)), None)
    return url_for(
        "translating.page",
        slug=pack.slug,
        tag=tag,
        name=its_page.name,
        _anchor=f"unit-{found}" if found else None,
    )


def _overtaken(pack: Pack, its_page: Page, tag: str) -> ResponseReturnValue:
    """Lead to the page anew: its source has changed under the translator's hands."""
    flash_problem(
        _(
            "The source of that text was changed while you wrote. What you wrote is"
            " kept, and is offered below the new text."
        )
    )
    there = url_for("translating.page", slug=pack.slug, tag=tag, name=its_page.name)
    if request.headers.get("HX-Request"):
        return "", 200, {"HX-Redirect": there}
    return redirect(there)


def _refused(
    slug: str,
    tag: str,
    place: tuple[str, int],
    draft: drafting.Draft,
    refused: SaveConflict | TooLong,
) -> ResponseReturnValue:
    """Show the box again with what was typed, and why it is not saved."""
    pack = get_pack(slug, tag)
    its_page = access.get_page(db(), pack, place[0])
    version = versions.head(db(), its_page)
    block = blocks.get_block(db(), pack, version, tag, place[1])
    if isinstance(refused, SaveConflict):
        block, code = blocks.in_conflict(block, refused, draft.text), 409
    else:
        problem = word(refused.code, **refused.params)
        block, code = blocks.refused(block, problem, draft.text), 422
    if request.headers.get("HX-Request"):
        return _one_unit(pack, its_page, tag, place[1], block), code
    return _whole_page(pack, its_page, tag, block), code


def _place_after(
    pack: Pack, its_page: Page, tag: str, unit_id: int, *, goes_on: bool
) -> str:
    """Name where to go on: the unit itself, or the next open one."""
    at = unit_id
    if goes_on:
        version = versions.head(db(), its_page)
        at = blocks.find_next_open(db(), version, tag, unit_id) or unit_id
    return url_for(
        "translating.page",
        slug=pack.slug,
        tag=tag,
        name=its_page.name,
        _anchor=f"unit-{at}",
    )
