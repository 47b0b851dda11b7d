"""All that is kept of somebody, for them: gathered, looked through by another, given."""

import json

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.buddies.models.rights import ExportState, SubjectExport
from welcome.buddies.privacy import record_access, subject_access, subject_page
from welcome.buddies.privacy.traces import Person
from welcome.editions.print import pdf
from welcome.editions.print.pdf import Limits
from welcome.web.allowed import current_account
from welcome.web.database import db
from welcome.web.installed import settings
from welcome.web.messages import flash_done
from welcome.web.personal_data.desk import address, desk, get, who_looks
from welcome.web.personal_data.forms import PaperForm
from welcome.web.words import interface_tag, word


@desk.post("/people/<public_id>/export")
@who_looks
def prepare(public_id: str) -> ResponseReturnValue:
    """Gather all that is kept of somebody."""
    person = get(public_id)
    subject_access.prepare(db(), person, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Gathered. Somebody else has to look it through before it goes out."))
    return redirect(address(person))


@desk.get("/exports/<public_id>/")
@who_looks
def look_through(public_id: str) -> ResponseReturnValue:
    """Show what was gathered for somebody, as they will read it."""
    export, person = _get(public_id)
    told = subject_access.read(export)
    return render_template(
        "personal_data/export.html",
        export=export,
        person=person,
        sections=subject_page.list_sections(told, interface_tag()),
        withheld=[word(each) for each in told["withheld"]],
        is_prepared=export.state is ExportState.PREPARED,
        is_own=export.prepared_by_id == current_account().id,
    )


@desk.post("/exports/<public_id>/reviewed")
@who_looks
def review(public_id: str) -> ResponseReturnValue:
    """Say that it may go out as it is."""
    export, person = _get(public_id)
    subject_access.review(db(), export, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("It may be given out now."))
    return redirect(address(person))


@desk.post("/exports/<public_id>/remove")
@who_looks
def remove(public_id: str) -> ResponseReturnValue:
    """Empty what was gathered."""
    export, person = _get(public_id)
    subject_access.remove(db(), export, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Removed. It can be gathered anew."))
    return redirect(address(person))


@desk.post("/exports/<public_id>/record.json")
@who_looks
def give_json(public_id: str) -> ResponseReturnValue:
    """Give it out for machines."""
    told = _release(public_id)
    whole = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return _file(whole, "application/json", f"{told['public_id']}.json")


@desk.post("/exports/<public_id>/record.pdf")
@who_looks
def give_pdf(public_id: str) -> ResponseReturnValue:
    """Give it out on paper, in a language they read."""
    form = PaperForm()
    form.offer()
    tag = form.tag.data if form.validate() else interface_tag()
    told = _release(public_id)
    here = settings()
    page = subject_page.render(told, tag, place=here.place_name)
    limits = Limits(here.print_seconds, here.print_memory_mb)
    whole = pdf.press(page, here.site_url, limits)
    return _file(whole, "application/pdf", f"{told['public_id']}.pdf")


def _get(public_id: str) -> tuple[SubjectExport, Person]:
    return record_access.get_export(db(), current_account(), public_id)


def _release(public_id: str) -> dict[str, object]:
    export, _person = _get(public_id)
    told = subject_access.release(
        db(), export, actor=current_account(), now=clock.now()
    )
    db().commit()
    return told


def _file(content: bytes, mimetype: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(
        content, mimetype=mimetype, headers={"Content-Disposition": disposition}
    )
