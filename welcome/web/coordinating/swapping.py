"""Another volunteer for a draft: what each would cost, before anything is saved."""

from collections.abc import Mapping, Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import col, select
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from welcome import clock
from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.errors import CostChanged, MoveRefused
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.finding import names_of
from welcome.buddies.proposing import swapping
from welcome.buddies.proposing.posing import Scope
from welcome.buddies.proposing.swapping import Cost, Option, Wanted
from welcome.partners.agreements import list_shared_with
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.desk import desk, moment, own
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.messages import flash_done
from welcome.web.taking_part.fields import OwnForm

# More are not looked through by anybody.
SHOWN = 30


class SwapForm(OwnForm):
    """What was chosen, and what it cost when it was shown."""

    volunteer = HiddenField(validators=[InputRequired()])
    other = HiddenField()
    people = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    score = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    pins = BooleanField(_l("Keep this pair, whatever the next run finds"))


@desk.get("/pairings/<public_id>/swap/")
@allowed(Permission.COORDINATE)
def choose_swap(public_id: str) -> ResponseReturnValue:
    """Show who else a draft could be with, or one of them with all that it costs."""
    pairing = _get(public_id)
    options = swapping.list_options(db(), pairing, own(), moment())
    public_ids = _name_volunteers(options)
    asked = (request.args.get("volunteer", ""), request.args.get("other", ""))
    if not asked[0]:
        return render_template(
            "coordinating/swap.html",
            options=options[:SHOWN], public_ids=public_ids, **_names(pairing, options),
        )  # fmt: skip
    option = _find(options, public_ids, *asked)
    form = SwapForm()
    form.volunteer.data, form.other.data = asked
    form.people.data, form.score.data = option.cost.people, option.cost.score
    return render_template(
        "coordinating/swap_one.html",
        option=option,
        form=form,
        at_best=swapping.cost_at_best(db(), pairing, option, _scope(), moment()),
        **_names(pairing, options),
    )


@desk.post("/pairings/<public_id>/swap/")
@allowed(Permission.COORDINATE)
def save_swap(public_id: str) -> ResponseReturnValue:
    """Give a draft another volunteer, at the cost that was shown."""
    pairing = _get(public_id)
    form = SwapForm(request.form)
    if not form.validate():
        raise CostChanged
    options = swapping.list_options(db(), pairing, own(), moment())
    public_ids = _name_volunteers(options)
    option = _find(options, public_ids, form.volunteer.data, form.other.data)
    cost = Cost(form.people.data, form.score.data)
    wanted = Wanted(option.key, cost, own(), bool(form.pins.data))
    swapping.choose(
        db(), pairing, wanted, scheme(), actor=current_account(), now=clock.now()
    )
    db().commit()
    flash_done(_("Saved. Nobody has been told anything."))
    return redirect(url_for("coordinating.show_pairing", public_id=public_id))


def _get(public_id: str) -> Pairing:
    pairing = access.get_led_pairing(db(), current_account(), public_id)
    if pairing.state is not PairingState.DRAFT:
        wanted = PairingState.DRAFT.value
        raise MoveRefused(state=pairing.state.value, wanted=wanted)
    return pairing


def _find(
    options: Sequence[Option], public_ids: Mapping[int, str], volunteer: str, other: str
) -> Option:
    for each in options:
        mine = each.other.public_id if each.other else ""
        if (public_ids.get(each.volunteer_id), mine) == (volunteer, other):
            return each
    raise CostChanged


def _name_volunteers(options: Sequence[Option]) -> dict[int, str]:
    """Give what stands for each volunteer in an address; it tells nothing of them."""
    ids = [each.volunteer_id for each in options]
    asked = select(Volunteer.id, Volunteer.public_id).where(col(Volunteer.id).in_(ids))
    return dict(db().exec(asked).all())


def _names(pairing: Pairing, options: Sequence[Option]) -> dict[str, object]:
    others = [each.other.newcomer_id for each in options if each.other]
    known = [pairing.volunteer_id, *(each.volunteer_id for each in options)]
    return {
        "pairing": pairing,
        "newcomers": names_of(db(), Newcomer, [pairing.newcomer_id, *others], own()),
        "volunteers": names_of(db(), Volunteer, known, own()),
    }


def _scope() -> Scope:
    scope = own()
    reachable = {each for one in scope for each in list_shared_with(db(), one)}
    return Scope(scope, frozenset(reachable))
