"""Word tables: out to people without our tools, and back with every row accounted for."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.packs import access
from welcome.packs.models import Pack
from welcome.translation import progress
from welcome.translation.errors import TableRefused
from welcome.translation.exchange import word_table as tables
from welcome.translation.exchange.word_reading import Refusal
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.translating.desk import desk, get_pack
from welcome.web.translating.forms import StatementForm, TableForm
from welcome.web.translating.statements import (
    has_second_reader,
    list_waiting,
    page_names,
)
from welcome.web.words import interface_tag, word

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk.get("/<slug>/<tag>/word-table.docx")
@allowed(Permission.TRANSLATE, tag_arg="tag")
def word_table(slug: str, tag: str) -> ResponseReturnValue:
    """Write the table of everything open in a locale, or of one page."""
    pack = get_pack(slug, tag)
    name = request.args.get("page", "")
    page = access.get_page(db(), pack, name) if name else None
    table = tables.write(
        tables.list_lines(
            db(),
            pack,
            tag,
            page=page,
            only_changed=request.args.get("what") == "changed",
        ),
        source_tag=pack.source_tag,
        tag=tag,
        interface_tag=interface_tag(),
    )
    file = f"{slug}-{name}-{tag}.docx" if name else f"{slug}-{tag}.docx"
    disposition = f'attachment; filename="{file}"'
    return Response(table, mimetype=DOCX, headers={"Content-Disposition": disposition})


@desk.get("/<slug>/<tag>/word-table/")
@allowed(Permission.TRANSLATE, tag_arg="tag")
def exchange(slug: str, tag: str) -> ResponseReturnValue:
    """Show both ways: sending a table out, taking one back."""
    return _exchange_page(slug, tag, TableForm())


@desk.post("/<slug>/<tag>/word-table/")
@allowed(Permission.TRANSLATE, tag_arg="tag")
def take_back(slug: str, tag: str) -> ResponseReturnValue:
    """Save what a table brings, and tell what came of every row."""
    form = TableForm()
    if not form.validate():
        return _exchange_page(slug, tag, form), 422
    # Looking the account up began a transaction: nobody else waits while we read.
    db().rollback()
    try:
        rows = tables.read(form.file.data.read())
        pack = get_pack(slug, tag)
        table = tables.Returned(rows, all_read=form.all_read.data)
        outcome = tables.apply(
            db(), pack, tag, table, actor=current_account(), now=clock.now()
        )
    except TableRefused as refused:
        db().rollback()
        reason = Refusal(str(refused.params["reason"]))
        form.file.errors = [word(reason, **refused.params)]
        return _exchange_page(slug, tag, form), 422
    db().commit()
    return _outcome_page(pack, tag, outcome)


def _outcome_page(pack: Pack, tag: str, outcome: tables.Outcome) -> str:
    """Show every row's fate, and offer the statement for what was saved."""
    brought = {each.target.id for each in outcome.saved}
    waiting = [e for e in list_waiting(pack, tag) if e.target.id in brought]
    return render_template(
        "translating/outcome.html",
        pack=pack,
        tag=tag,
        outcome=outcome,
        form=StatementForm(formdata=None),
        waiting=waiting,
        ticked={str(pair.target.id) for pair in waiting},
        names=page_names(pack),
        second_reader=has_second_reader(waiting),
    )


def _exchange_page(slug: str, tag: str, form: TableForm) -> str:
    pack = get_pack(slug, tag)
    queued = progress.queue(db(), pack, tag)
    return render_template(
        "translating/exchange.html",
        pack=pack,
        tag=tag,
        form=form,
        pages=queued,
        left=sum(each.counts.open for each in queued),
        changed=sum(each.counts.stale for each in queued),
    )
