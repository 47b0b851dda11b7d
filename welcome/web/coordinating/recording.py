"""Writing somebody down who calls, comes by, or speaks through an interpreter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.errors import FormTooOld
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people import recording
from welcome.buddies.people.applications import Taken
from welcome.buddies.people.recording import Record
from welcome.buddies.privacy import notices
from welcome.buddies.privacy.notices import Audience, Notice
from welcome.errors import RuleBroken
from welcome.partners.models import Organisation
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import recording_forms
from welcome.web.coordinating.desk import desk, homes, moment
from welcome.web.coordinating.recording_forms import Forms, WhoAgreed
from welcome.web.database import db
from welcome.web.installed import settings
from welcome.web.taking_part import carrying, own_slip
from welcome.web.taking_part.carrying import Carried, Late
from welcome.web.taking_part.fields import OwnForm
from welcome.web.taking_part.newcomer_form import asking
from welcome.web.words import INTERFACE_TAGS, interface_tag, word


@dataclass(frozen=True)
class Sheet:
    """A page on which somebody is written down, and what it leads to."""

    audience: Audience
    parts: Mapping[str, type[OwnForm]]
    take: Callable[[Forms, str, Record], Taken]

    @property
    def form(self) -> str:
        """Name the form that it carries on."""
        return f"record {self.audience}"


def _take_newcomer(forms: Forms, key: str, record: Record) -> Taken:
    told = asking(forms, key, _notice(Audience.NEWCOMER, interface_tag()))
    return recording.record_newcomer(
        db(), told, record, actor=current_account(), now=clock.now()
    )


def _take_volunteer(forms: Forms, key: str, record: Record) -> Taken:
    notice = _notice(Audience.VOLUNTEER, interface_tag())
    told = recording_forms.application(forms, key, notice)
    return recording.record_volunteer(
        db(), told, record, actor=current_account(), now=clock.now()
    )


NEWCOMER = Sheet(Audience.NEWCOMER, recording_forms.NEWCOMER, _take_newcomer)
VOLUNTEER = Sheet(Audience.VOLUNTEER, recording_forms.VOLUNTEER, _take_volunteer)


@desk.route("/new/newcomer/", methods=["GET", "POST"])
@allowed(Permission.COORDINATE)
def record_newcomer() -> ResponseReturnValue:
    """Write a newcomer down."""
    return _run(NEWCOMER)


@desk.route("/new/volunteer/", methods=["GET", "POST"])
@allowed(Permission.COORDINATE)
def record_volunteer() -> ResponseReturnValue:
    """Write a volunteer down."""
    return _run(VOLUNTEER)


@desk.get("/recorded/newcomers/<public_id>/")
@allowed(Permission.COORDINATE)
def recorded_newcomer(public_id: str) -> ResponseReturnValue:
    """Show the code of a newcomer's slip, once."""
    newcomer = access.get_newcomer(db(), current_account(), public_id)
    asked = access.get_newest_request(db(), current_account(), newcomer)
    onwards = url_for("coordinating.show_request", public_id=asked.public_id)
    return _show_slip(newcomer, onwards)


@desk.get("/recorded/volunteers/<public_id>/")
@allowed(Permission.COORDINATE)
def recorded_volunteer(public_id: str) -> ResponseReturnValue:
    """Show a volunteer's code, once."""
    volunteer = access.get_volunteer(db(), current_account(), public_id)
    onwards = url_for("clearing.volunteer", public_id=volunteer.public_id)
    return _show_slip(volunteer, onwards)


def _run(sheet: Sheet) -> ResponseReturnValue:
    known = homes()
    if request.method != "POST":
        carried = carrying.begin(sheet.form, now=clock.now())
        return _page(sheet, _fill(sheet, known), carried)
    forms = _fill(sheet, known, sent=True)
    sealed = request.form.get(carrying.FIELD, "")
    try:
        carried = carrying.read(db(), sealed, sheet.form, now=clock.now())
    except Late as late:
        return _page(sheet, forms, late.carried, [word(late.code)], 400)
    except FormTooOld as problem:
        carried = carrying.begin(sheet.form, now=clock.now())
        return _page(sheet, forms, carried, [word(problem.code)], 400)
    # Each is asked, so that everything that is wrong is told at once.
    right = [form.validate() for form in forms.values()]
    if not all(right):
        return _page(sheet, forms, carried, code=422)
    return _take(sheet, forms, carried, known)


def _take(
    sheet: Sheet, forms: Forms, carried: Carried, known: Sequence[Organisation]
) -> ResponseReturnValue:
    agreed: WhoAgreed = forms["agreed"]
    chosen = agreed.home.data if "home" in agreed else known[0].public_id
    home = next(each for each in known if each.public_id == chosen)
    record = Record(home, agreed.told(), moment().today)
    try:
        taken = sheet.take(forms, carried.key, record)
    except RuleBroken as problem:
        db().rollback()
        sentence = word(problem.code, **problem.params)
        return _page(sheet, forms, carried, [sentence], 409)
    db().commit()
    person = taken.person
    if person is None:
        return redirect(url_for("coordinating.home"))
    own_slip.keep(taken)
    kind = "newcomer" if isinstance(person, Newcomer) else "volunteer"
    return redirect(
        url_for(f"coordinating.recorded_{kind}", public_id=person.public_id)
    )


def _fill(
    sheet: Sheet, known: Sequence[Organisation], *, sent: bool = False
) -> dict[str, OwnForm]:
    given = request.form if sent else None
    forms = {name: part(given) for name, part in sheet.parts.items()}
    agreed: WhoAgreed = forms["agreed"]
    agreed.offer_homes(known)
    if not sent:
        agreed.agreed_on.data = moment().today
    return forms


def _page(
    sheet: Sheet,
    forms: Forms,
    carried: Carried,
    told: Sequence[str] = (),
    code: int = 200,
) -> ResponseReturnValue:
    wrong = [each for form in forms.values() for each in form if each.errors]
    own_first = sorted(INTERFACE_TAGS, key=lambda tag: tag != interface_tag())
    shown = render_template(
        "coordinating/record.html",
        audience=sheet.audience,
        forms=forms,
        problems=[(each.id, each.errors[0]) for each in wrong],
        told=told,
        token=carrying.seal(db(), carried),
        notices=[(tag, _notice(sheet.audience, tag)) for tag in own_first],
    )
    return shown, code


def _show_slip(person: Newcomer | Volunteer, onwards: str) -> ResponseReturnValue:
    """Show the code that waits for this page, which is then gone."""
    return render_template(
        "coordinating/recorded.html",
        person=person,
        slip=own_slip.show(person),
        onwards=onwards,
    )


def _notice(audience: Audience, tag: str) -> Notice:
    return notices.read(db(), audience, tag, place=settings().place_name)
