"""Reviewing: what waits, in pairs; accepting, giving back, letting a finding pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.errors import RuleBroken
from welcome.packs import access, versions
from welcome.packs.models import Pack, Page, Unit
from welcome.translation import progress, review, targets
from welcome.translation.checks import Severity
from welcome.translation.errors import (
    ChangedMeanwhile,
    CommentRequired,
    ReasonTooShort,
)
from welcome.translation.models import Target
from welcome.translation.progress import QueuedPage
from welcome.web.allowed import allowed, current_account, may, signed_in
from welcome.web.database import db
from welcome.web.messages import flash_done
from welcome.web.translating import pairs
from welcome.web.translating.desk import desk, get_pack, refuse_strangers
from welcome.web.translating.pairs import Pair
from welcome.web.words import word

# The room itself refuses others.
OVERRIDING = (Permission.REVIEW, Permission.ACCEPT_ON_STATEMENT)
# What is wrong with the words themselves, and not with what they are about.
TOO_LITTLE = (CommentRequired, ReasonTooShort)


@dataclass(frozen=True)
class Refused:
    """Why words were not taken, the words, and the box they were typed into."""

    box: str
    typed: str
    sentence: str


@desk.get("/<slug>/<tag>/review/")
@signed_in
def review_queue(slug: str, tag: str) -> ResponseReturnValue:
    """List the pages on which something waits for review."""
    refuse_strangers()
    pack = get_pack(slug, tag)
    waiting = [e for e in progress.queue(db(), pack, tag) if e.counts.submitted]
    return render_template("translating/review.html", pack=pack, tag=tag, pages=waiting)


@desk.get("/<slug>/<tag>/review/<name>/")
@signed_in
def review_page(slug: str, tag: str, name: str) -> ResponseReturnValue:
    """Show what waits on a page, in pairs, with what changed in both."""
    refuse_strangers()
    pack = get_pack(slug, tag)
    return _review_page(pack, tag, access.get_page(db(), pack, name))


@desk.post("/<slug>/<tag>/targets/<int:target_id>/accept/")
@allowed(Permission.REVIEW, tag_arg="tag")
def accept(slug: str, tag: str, target_id: int) -> ResponseReturnValue:
    """Accept one target as it was looked at."""
    pack = get_pack(slug, tag)
    target = _get_target(pack, tag, target_id)
    review.accept(
        db(),
        target,
        actor=current_account(),
        now=clock.now(),
        revision=_seen(),
    )
    db().commit()
    flash_done(_("Accepted."))
    return redirect(_page_of(pack, target))


@desk.post("/<slug>/<tag>/targets/<int:target_id>/return/")
@allowed(Permission.REVIEW, tag_arg="tag")
def give_back(slug: str, tag: str, target_id: int) -> ResponseReturnValue:
    """Give one target back with a comment."""
    pack = get_pack(slug, tag)
    target = _get_target(pack, tag, target_id)
    comment, seen = request.form.get("comment", ""), _seen()
    actor, now = current_account(), clock.now()
    try:
        review.give_back(db(), target, comment, actor=actor, now=now, revision=seen)
    except RuleBroken as problem:
        return _refused(target, f"comment-{target_id}", comment, problem)
    db().commit()
    flash_done(_("Returned to the translator with your comment."))
    return redirect(_page_of(pack, target))


@desk.post("/<slug>/<tag>/targets/<int:target_id>/override/")
@signed_in
def override(slug: str, tag: str, target_id: int) -> ResponseReturnValue:
    """Let a blocking finding pass, with the reason in writing."""
    pack = get_pack(slug, tag)
    target = _get_target(pack, tag, target_id)
    code, reason = request.form.get("code", ""), request.form.get("reason", "")
    try:
        _refuse_unseen(target)
        review.override(
            db(), target, code, reason, actor=current_account(), now=clock.now()
        )
    except RuleBroken as problem:
        return _refused(target, f"reason-{target_id}-{code}", reason, problem)
    db().commit()
    flash_done(_("The finding is let pass; your reason is in the journal."))
    return redirect(_page_of(pack, target))


@desk.post("/<slug>/<tag>/review/<name>/accept/")
@allowed(Permission.REVIEW, tag_arg="tag")
def accept_clean(slug: str, tag: str, name: str) -> ResponseReturnValue:
    """Accept all targets that were shown without findings; all or none."""
    pack = get_pack(slug, tag)
    seen = dict(pairs.read_seen(each) for each in request.form.getlist("targets"))
    shown = targets.get_targets(db(), pack, tag, list(seen))
    review.accept_all(db(), shown, seen, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(ngettext("%(num)s accepted.", "%(num)s accepted.", len(seen)))
    return redirect(url_for("translating.review_page", slug=slug, tag=tag, name=name))


def _review_page(
    pack: Pack, tag: str, page: Page, refused: Refused | None = None
) -> str:
    version = versions.head(db(), page)
    placed = versions.list_units(db(), version)
    waiting = pairs.list_submitted(db(), placed, tag, reader=current_account())
    may_review = may(Permission.REVIEW, tag)
    may_override = any(may(each, tag) for each in OVERRIDING)
    boxes = _boxes(waiting, may_review=may_review, may_override=may_override)
    return render_template(
        "translating/review_page.html",
        pack=pack,
        tag=tag,
        page=page,
        version=version,
        pairs=waiting,
        units=len(placed),
        may_review=may_review,
        may_override=may_override,
        refused=refused,
        box=refused.box if refused and refused.box in boxes else "",
        onward=None if waiting else _find_next_waiting(pack, tag),
    )


def _find_next_waiting(pack: Pack, tag: str) -> QueuedPage | None:
    """Find a page on which something waits for review."""
    queued = progress.queue(db(), pack, tag)
    return next((each for each in queued if each.counts.submitted), None)


def _boxes(
    waiting: Sequence[Pair], *, may_review: bool, may_override: bool
) -> Iterator[str]:
    """Name the boxes that the page has, as the template does."""
    for pair in waiting:
        if may_review and not pair.is_own:
            yield f"comment-{pair.target.id}"
        for finding in pair.findings if may_override else ():
            if finding.severity is Severity.BLOCKING:
                yield f"reason-{pair.target.id}-{finding.code}"


def _refused(
    target: Target, box: str, typed: str, problem: RuleBroken
) -> ResponseReturnValue:
    """Show the page again, with why it is refused and what was typed."""
    db().rollback()
    page = _its_page(target)
    pack = db().get_one(Pack, page.pack_id)
    refused = Refused(box, typed.strip(), word(problem.code, **problem.params))
    code = 422 if isinstance(problem, TOO_LITTLE) else 409
    return _review_page(pack, target.tag, page, refused), code


def _refuse_unseen(target: Target) -> None:
    """Raise ChangedMeanwhile where the text is not the one that was looked at."""
    if target.revision != _seen():
        raise ChangedMeanwhile(revision=target.revision)


def _seen() -> int:
    return request.form.get("revision", 0, type=int)


def _get_target(pack: Pack, tag: str, target_id: int) -> Target:
    """Return a target of this pack and locale; raises NotFound."""
    (target,) = targets.get_targets(db(), pack, tag, [target_id])
    return target


def _its_page(target: Target) -> Page:
    unit = db().get_one(Unit, target.unit_id)
    return db().get_one(Page, unit.page_id)


def _page_of(pack: Pack, target: Target) -> str:
    return url_for(
        "translating.review_page",
        slug=pack.slug,
        tag=target.tag,
        name=_its_page(target).name,
    )
