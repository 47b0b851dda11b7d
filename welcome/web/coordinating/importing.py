"""Taking people in from a spreadsheet: every row is shown before anything is written."""

from dataclasses import replace

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies.people import importing
from welcome.buddies.people.importing import COLUMNS, MOST_ROWS, Import, Plan
from welcome.buddies.people.sheet_rows import NEEDED, SheetRow
from welcome.buddies.privacy.notices import Audience
from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem
from welcome.buddies.spreadsheets.writing import write_table
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import import_file
from welcome.web.coordinating.desk import desk, homes, moment
from welcome.web.coordinating.import_file import KINDS, ImportForm
from welcome.web.database import db
from welcome.web.messages import flash_done, flash_problem
from welcome.web.words import word

CSV = "text/csv; charset=utf-8"
# So many rows of each list are shown; the file of those left out holds them all.
SHOWN = 50
WHY = "problem"


@desk.get("/import/")
@allowed(Permission.COORDINATE)
def import_people() -> ResponseReturnValue:
    """Ask for a file."""
    form = ImportForm(formdata=None)
    form.kind.data = Audience.NEWCOMER.value
    return _form_page(form)


@desk.get("/import/<any(newcomer, volunteer):kind>.csv")
@allowed(Permission.COORDINATE)
def import_example(kind: str) -> ResponseReturnValue:
    """Give an empty sheet with one example in it."""
    columns = COLUMNS[KINDS[kind]]
    header = [each.name for each in columns]
    return _file(f"{kind}s.csv", header, [[each.example for each in columns]])


@desk.post("/import/")
@allowed(Permission.COORDINATE)
def look_at_import() -> ResponseReturnValue:
    """Show what would become of every row; nothing is written."""
    form, known = ImportForm(), homes()
    form.offer(known)
    if not form.validate():
        return _form_page(form), 422
    home = next(each for each in known if each.public_id == form.home.data)
    content = import_file.read_upload(form)
    wanted = Import(KINDS[form.kind.data], home, content, moment().today)
    planned = importing.plan(db(), wanted, actor=current_account())
    token = import_file.seal(wanted, now=clock.now()) if not planned.problems else ""
    if not token and not planned.problems:
        planned.problems = [SheetProblem(0, "", SheetCode.TOO_BIG, {"most": 1})]
    if planned.problems:
        form.file.errors = [_say(each) for each in planned.problems[:SHOWN]]
        return _form_page(form), 422
    return _plan_page(wanted, planned, token)


@desk.post("/import/take")
@allowed(Permission.COORDINATE)
def take_import() -> ResponseReturnValue:
    """Take in the rows that are right, all of them or none."""
    wanted = _carried()
    taken, left = importing.take_in(
        db(), wanted, actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(
        ngettext("%(num)d person was taken in.", "%(num)d people were taken in.", taken)
    )
    rest = len(left.known) + len(left.wrong)
    if rest:
        flash_problem(
            ngettext("%(num)d row was left out.", "%(num)d rows were left out.", rest)
        )
    where = "requests" if wanted.kind is KINDS[Audience.NEWCOMER] else "volunteers"
    return redirect(url_for(f"coordinating.list_{where}"))


@desk.post("/import/left-out.csv")
@allowed(Permission.COORDINATE)
def give_left_out() -> ResponseReturnValue:
    """Give the rows that are not taken in, each with what is wrong."""
    planned = importing.plan(db(), _carried(), actor=current_account())
    rows = sorted([*planned.wrong, *planned.known], key=lambda each: each.row.line)
    return _file(
        "left-out.csv",
        [*planned.columns, "line", WHY],
        [_left_out(planned, each) for each in rows],
    )


def _carried() -> Import:
    wanted = import_file.read(homes(), now=clock.now())
    return replace(wanted, today=moment().today)


def _left_out(planned: Plan, each: SheetRow) -> list[object]:
    """Give a row as it came; of a damaged one, all its text in the first cell."""
    cells: list[object] = [each.row.cells.get(name, "") for name in planned.columns]
    if each.row.damaged:
        cells[0] = each.row.damaged
    return [*cells, each.row.line, " ".join(_say(one) for one in each.problems)]


def _say(problem: SheetProblem) -> str:
    """Say a problem with its column."""
    sentence = word(problem.code, **problem.params)
    return f"{problem.column}: {sentence}" if problem.column else sentence


def _file(name: str, header: list[str], rows: list[list[object]]) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(
        write_table(header, rows),
        mimetype=CSV,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


def _form_page(form: ImportForm) -> str:
    form.offer(homes())
    return render_template(
        "coordinating/import.html",
        form=form,
        columns={Audience(kind): COLUMNS[table] for kind, table in KINDS.items()},
        needed=NEEDED,
        most=MOST_ROWS,
    )


def _plan_page(wanted: Import, planned: Plan, token: str) -> str:
    lists = (
        (_("Cannot be read"), planned.wrong),
        (_("Here already"), planned.known),
        (_("Will be taken in"), planned.right),
    )
    return render_template(
        "coordinating/import_plan.html",
        home=wanted.home,
        planned=planned,
        lists=lists,
        shown=SHOWN,
        say=lambda each: word(each.code, **each.params),
        notes=[
            _("Line %(line)s", line=e.line) + f" – {_say(e)}" for e in planned.notes
        ],
        token=token,
        left_out=len(planned.wrong) + len(planned.known),
    )
