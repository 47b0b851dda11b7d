"""The translating desk: one's locales and their queues; its other views join here."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from welcome.accounts.permissions import Permission
from welcome.packs import access
from welcome.packs.models import Pack
from welcome.translation import progress
from welcome.translation.progress import Counts
from welcome.web.allowed import may, signed_in
from welcome.web.database import db
from welcome.web.translating import drafts, exchange, pages, reviewing, statements
from welcome.web.translating.blocks import KINDS, Left
from welcome.web.translating.desk import (
    desk,
    get_pack,
    list_work_tags,
    refuse_strangers,
)

__all__ = ["desk", "drafts", "exchange", "pages", "reviewing", "statements"]


@dataclass(frozen=True)
class PackWork:
    """What waits in a pack, in the locales one works in."""

    pack: Pack
    rows: list[tuple[str, Counts]]


@desk.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Show the locales one works in, and what waits in each."""
    refuse_strangers()
    work = [_work_in(db(), pack) for pack in access.list_packs(db())]
    return render_template(
        "translating/home.html", work=[each for each in work if each.rows]
    )


@desk.get("/<slug>/<tag>/")
@signed_in
def queue(slug: str, tag: str) -> ResponseReturnValue:
    """List a locale's pages, or those with something of a kind: first what changed."""
    refuse_strangers()
    pack = get_pack(slug, tag)
    queued = progress.queue(db(), pack, tag)
    queued.sort(key=lambda each: not each.counts.stale)
    only = request.args.get("kind", "")
    kind = only if only in KINDS else ""
    return render_template(
        "translating/queue.html",
        pack=pack,
        tag=tag,
        pages=[each for each in queued if not kind or getattr(each.counts, kind)],
        only=kind,
        left=Left(
            to_write=sum(e.counts.missing + e.counts.returned for e in queued),
            to_read=sum(e.counts.unread for e in queued),
        ),
        may_translate=may(Permission.TRANSLATE, tag),
    )


def _work_in(session: Session, pack: Pack) -> PackWork:
    tags = list_work_tags(pack)
    counted = progress.matrix(session, pack) if tags else None
    return PackWork(pack, [(tag, counted.total_of(tag)) for tag in tags if counted])
