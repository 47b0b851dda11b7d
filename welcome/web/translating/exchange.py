"""Word tables: out to people without our tools, and back with every row accounted for."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.packs import access
from welcome.translation import progress
from welcome.translation.errors import TableRefused
from welcome.translation.exchange import word_table as tables
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.translating.desk import desk, get_pack
from welcome.web.translating.forms import StatementForm, TableForm
from welcome.web.translating.statements import list_waiting
from welcome.web.words import word

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk.get("/<slug>/<tag>/word-table.docx")
@allowed(Permission.TRANSLATE, tag_arg="tag")
def word_table(slug: str, tag: str) -> ResponseReturnValue:
    """Write the table of everything open in a locale, or of one page."""
    pack = get_pack(slug, tag)
    name = request.args.get("page", "")
    page = access.get_page(db(), pack, name) if name else None
    table = tables.write(db(), pack, tag, page=page)
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
    pack = get_pack(slug, tag)
    form = TableForm()
    if not form.validate():
        return _exchange_page(slug, tag, form), 422
    try:
        rows = tables.read(form.file.data.read())
        outcome = tables.apply(
            db(), pack, tag, rows, actor=current_account(), now=clock.now()
        )
    except TableRefused as refused:
        db().rollback()
        form.file.errors = [word(refused.code, **refused.params)]
        return _exchange_page(slug, tag, form), 422
    db().commit()
    return render_template(
        "translating/outcome.html",
        pack=pack,
        tag=tag,
        outcome=outcome,
        form=StatementForm(formdata=None),
        waiting=list_waiting(pack, tag),
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
    )
