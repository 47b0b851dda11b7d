"""One pairing: where it stands, what was said, and what may be done next."""

from collections.abc import Callable, Mapping
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import col, select

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access, telling
from welcome.buddies.errors import NotPossible, PairHeld
from welcome.buddies.lifecycle import (
    answers,
    checkins,
    exits,
    glimpses,
    possible,
    proposals,
)
from welcome.buddies.lifecycle import pairings as life
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.models.pairings import CheckIn, Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.people.finding import names_of
from welcome.buddies.printed import sheets
from welcome.buddies.proposing import drafts
from welcome.buddies.rules.vetoes import VetoCode
from welcome.errors import RuleBroken
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.acts import Act, carry_out, tell_broken
from welcome.web.coordinating.desk import desk, moment, own
from welcome.web.coordinating.forms import (
    AnswerForm,
    CheckInForm,
    EndingForm,
    NoticeForm,
    SaidForm,
)
from welcome.web.coordinating.told import told_steps
from welcome.web.coordinating.told_forms import ToldForm, list_people
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done, flash_problem
from welcome.web.words import word


@desk.get("/pairings/<public_id>/")
@allowed(Permission.COORDINATE)
def show_pairing(public_id: str) -> ResponseReturnValue:
    """Show a pairing."""
    return _page(access.get_pairing(db(), current_account(), public_id))


# Which form stands where on the page.
FORMS: Mapping[str, type[ToldForm]] = {
    "record_answer": AnswerForm,
    "note_meeting": SaidForm,
    "carry_on": SaidForm,
    "end": EndingForm,
    "give_notice": NoticeForm,
}


def _page(pairing: Pairing, where: str = "", refused: ToldForm | None = None) -> str:
    check_ins = _list_check_ins(pairing)
    forms = _make_forms(pairing, check_ins)
    if refused:
        forms[where] = _prepare(refused, where, pairing)
    is_led = pairing.lead_id in own()
    return render_template(
        "coordinating/pairing.html",
        pairing=pairing,
        asking=db().get_one(BuddyRequest, pairing.request_id),
        is_led=is_led,
        meets=glimpses.tell_each(db(), pairing) if is_led else {},
        side=ASKED.get(pairing.state),
        has_sheets=bool(sheets.list_dates(pairing, scheme(), now=clock.now())),
        check_ins=check_ins,
        **told_steps(telling.list_of_pairing(db(), current_account(), pairing)),
        newcomers=names_of(db(), Newcomer, [pairing.newcomer_id], own()),
        volunteers=names_of(db(), Volunteer, [pairing.volunteer_id], own()),
        forms=forms,
        against=_list_against(pairing),
        never_told=_find_named(pairing) if is_led else None,
        request_page=_find_request_page(pairing),
        volunteer_page=_find_volunteer_page(pairing),
        refused=refused,
        where=where,
    )


def _make_forms(pairing: Pairing, check_ins: list[CheckIn]) -> dict[str, ToldForm]:
    """Make the forms of the page, by their places on it."""
    forms = {name: _prepare(form(), name, pairing) for name, form in FORMS.items()}
    for each in check_ins:
        place = _place_of(each)
        form = CheckInForm()
        form.ask_for(each.kind)
        forms[place] = _prepare(form, place, pairing)
        forms[place].suggest(list_people(pairing, each.side))
    return forms


def _place_of(check_in: CheckIn) -> str:
    return f"check-in-{check_in.id}"


def _prepare(form: ToldForm, place: str, pairing: Pairing) -> ToldForm:
    """Let a form stand beside others, and offer who interpreted before."""
    form.set_apart(place.replace("_", "-"))
    form.let_choose(pairing)
    return form


def _list_against(pairing: Pairing) -> list[VetoCode]:
    """List what forbids a pair by now, where it is not introduced; people may change."""
    if pairing.state is PairingState.DRAFT:
        return possible.list_against(db(), pairing, moment())
    if pairing.state is PairingState.AGREED:
        among = possible.FIRM
        return possible.list_against(db(), pairing, moment(), among=among)
    return []


def _find_named(pairing: Pairing) -> str | None:
    """Give whom the newcomer named, where the volunteer of a draft may be one of them."""
    is_draft = pairing.state is PairingState.DRAFT
    if not is_draft or not possible.is_perhaps_named(db(), pairing):
        return None
    return db().get_one(Newcomer, pairing.newcomer_id).never_told


def _list_check_ins(pairing: Pairing) -> list[CheckIn]:
    """List what was asked of the sides for whom one speaks."""
    sides = access.list_sides(db(), current_account(), pairing)
    asked = select(CheckIn).where(
        CheckIn.pairing_id == pairing.id, col(CheckIn.side).in_(sides)
    )
    return list(db().exec(asked.order_by(col(CheckIn.due_on), col(CheckIn.side))))


def _find_request_page(pairing: Pairing) -> str | None:
    """Find the page of a request of one's own; others have none here."""
    newcomer = db().get_one(Newcomer, pairing.newcomer_id)
    if newcomer.organisation_id not in own():
        return None
    asking = db().get_one(BuddyRequest, pairing.request_id)
    return url_for("coordinating.show_request", public_id=asking.public_id)


def _find_volunteer_page(pairing: Pairing) -> str | None:
    """Find the page of a volunteer of one's own; others have none here."""
    volunteer = db().get_one(Volunteer, pairing.volunteer_id)
    if volunteer.organisation_id not in own():
        return None
    return url_for("coordinating.show_volunteer", public_id=volunteer.public_id)


ACTS: Mapping[str, Act[Pairing]] = {
    "pin": Act(drafts.pin, _l("This draft stays."), needs_scheme=False),
    "unpin": Act(drafts.unpin, _l("This draft may change."), needs_scheme=False),
    "forbid": Act(drafts.forbid, _l("These two are kept apart.")),
    "send": Act(
        proposals.ask_volunteer, _l("The volunteer is asked, and their place is kept.")
    ),
    "send_anyway": Act(
        partial(proposals.ask_volunteer, is_somebody_else=True),
        _l("The volunteer is asked, and their place is kept."),
    ),
    "withdraw": Act(
        exits.withdraw, _l("Withdrawn. The place is free, and the newcomer waits on.")
    ),
    "record_answer": Act(answers.record_answer, _l("Written down."), AnswerForm),
    "ask_newcomer": Act(
        proposals.ask_newcomer,
        _l("The newcomer is asked anew, and has all the days again."),
    ),
    "introduce": Act(life.introduce, _l("They are introduced.")),
    "note_meeting": Act(
        life.note_first_meeting, _l("Noted."), SaidForm, needs_scheme=False
    ),
    "give_notice": Act(
        life.begin_ending, _l("Both are told the last day."), NoticeForm
    ),
    "carry_on": Act(
        life.carry_on,
        _l("They go on meeting. Tell both: they know of a last day."),
        SaidForm,
        needs_scheme=False,
    ),
    "end": Act(exits.end, _l("Ended. The place is free."), EndingForm),
}


def _make_view(name: str, act: Act[Pairing]) -> Callable[[str], ResponseReturnValue]:
    @allowed(Permission.COORDINATE)
    def view(public_id: str) -> ResponseReturnValue:
        pairing = access.get_led_pairing(db(), current_account(), public_id)
        form = act.form(request.form) if act.form else None
        if form and not form.validate():
            return _page(pairing, name, form), 422
        # Only the safeguarding lead says when it goes on, or that it ends.
        if pairing.state is PairingState.HELD:
            raise PairHeld
        try:
            carry_out(act, pairing, form)
        except NotPossible as problem:
            # The page says which rule it is, and lets the draft be dropped.
            db().rollback()
            flash_problem(word(problem.code, **problem.params))
        except RuleBroken as problem:
            if form is None:
                raise
            tell_broken(form, problem)
            return _page(pairing, name, form), 409
        return redirect(url_for("coordinating.show_pairing", public_id=public_id))

    return view


for _name, _each in ACTS.items():
    _path = f"/pairings/<public_id>/{_name.replace('_', '-')}"
    desk.add_url_rule(_path, _name, _make_view(_name, _each), methods=["POST"])


@desk.post("/check-ins/<public_id>")
@allowed(Permission.COORDINATE)
def record_check_in(public_id: str) -> ResponseReturnValue:
    """Write down what one side said about how it goes."""
    check_in = access.get_check_in(db(), current_account(), public_id)
    pairing = db().get_one(Pairing, check_in.pairing_id)
    form = CheckInForm(request.form)
    form.ask_for(check_in.kind)
    if not form.validate():
        return _page(pairing, _place_of(check_in), form), 422
    said = form.said(check_in.side)
    checkins.answer(db(), check_in, said, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("Written down."))
    return redirect(url_for("coordinating.show_pairing", public_id=pairing.public_id))
