"""What a coordinator prints for somebody: a slip with a code, sheets for check-ins."""

from flask import request
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.models.pairings import Side
from welcome.buddies.printed import sheets, slips
from welcome.buddies.printed.slips import Slip
from welcome.web import pressing
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.desk import desk
from welcome.web.database import db
from welcome.web.installed import scheme


@desk.post("/requests/<public_id>/slip")
@allowed(Permission.COORDINATE)
def print_slip(public_id: str) -> ResponseReturnValue:
    """Print the slip by which a newcomer sees and changes what they asked for."""
    asking, newcomer = access.get_request(db(), current_account(), public_id)
    is_lost = "is_lost" in request.form
    return _set(slips.for_request(
        db(), asking, newcomer, is_lost=is_lost, actor=current_account(),
        now=clock.now(),
    ))  # fmt: skip


@desk.post("/volunteers/<public_id>/slip")
@allowed(Permission.COORDINATE)
def print_volunteer_slip(public_id: str) -> ResponseReturnValue:
    """Print the slip by which a volunteer signs in."""
    volunteer = access.get_volunteer(db(), current_account(), public_id)
    is_lost = "is_lost" in request.form
    return _set(slips.for_volunteer(
        db(), volunteer, is_lost=is_lost, actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/pairings/<public_id>/slip")
@allowed(Permission.COORDINATE)
def print_answer_slip(public_id: str) -> ResponseReturnValue:
    """Print the slip by which whoever is asked answers."""
    pairing = access.get_led_pairing(db(), current_account(), public_id)
    return _set(slips.for_answer(
        db(), pairing, actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.post("/check-ins/<public_id>/slip")
@allowed(Permission.COORDINATE)
def print_check_in_slip(public_id: str) -> ResponseReturnValue:
    """Print the slip by which one side says how it goes."""
    check_in = access.get_check_in(db(), current_account(), public_id)
    return _set(slips.for_check_in(
        db(), check_in, actor=current_account(), now=clock.now()
    ))  # fmt: skip


@desk.get("/pairings/<public_id>/sheet")
@allowed(Permission.COORDINATE)
def print_sheet(public_id: str) -> ResponseReturnValue:
    """Print the strips on which one side ticks how it goes."""
    pairing = access.get_led_pairing(db(), current_account(), public_id)
    of_volunteer = request.args.get("side") == Side.VOLUNTEER.value
    side = Side.VOLUNTEER if of_volunteer else Side.NEWCOMER
    tag, page = sheets.render(db(), pairing, side, scheme(), now=clock.now())
    return pressing.answer(page, tag, "check-ins")


def _set(slip: Slip) -> ResponseReturnValue:
    """Keep the code, which stands nowhere else, and print it."""
    page = slips.render(slip, scheme())
    db().commit()
    return pressing.answer(page, slip.tag, "slip")
