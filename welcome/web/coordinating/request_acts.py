"""What may be done to a request: held, resumed, made urgent, ended, re-opened."""

from collections.abc import Mapping
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import access
from welcome.buddies.lifecycle import new_contact, seats, turns
from welcome.buddies.lifecycle.new_contact import Contact
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.requests import BuddyRequest, HoldReason, RequestState
from welcome.buddies.people import correcting, requests, standing
from welcome.buddies.scheme import Scheme
from welcome.web.allowed import current_account
from welcome.web.coordinating.acts import Act, Asked, Subject, offer
from welcome.web.coordinating.contact_forms import (
    BEFORE_NEW_CONTACT,
    NewcomerContactForm,
)
from welcome.web.coordinating.correct_forms import CorrectNewcomerForm
from welcome.web.coordinating.forms import (
    NewcomerSaidForm,
    UrgencyForm,
    WithdrawForm,
)
from welcome.web.coordinating.handing_over import (
    BEFORE_GIVING,
    BEFORE_HANDING,
    GiveNewcomerForm,
    HandNewcomerForm,
    give_newcomer,
    hand_newcomer,
)
from welcome.web.coordinating.hold_forms import AgainForm, HoldForm
from welcome.web.coordinating.week_forms import NewcomerWeekForm
from welcome.web.database import db

_S = RequestState
NOT_PAIRED = frozenset({_S.OPEN, _S.ON_HOLD})


def change_contact(
    session: Session,
    asking: BuddyRequest,
    contact: Contact,
    scheme: Scheme,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Change how the newcomer of a request is reached."""
    newcomer = session.get_one(Newcomer, asking.newcomer_id)
    new_contact.change(session, newcomer, contact, scheme, actor=actor, now=now)


ACTS: Mapping[str, Asked[BuddyRequest]] = {
    "hold_request": Asked(
        Act(
            requests.hold,
            _l("On hold. Nobody is looked for, and the waiting time goes on."),
            HoldForm,
        ),
        frozenset({_S.OPEN}),
        _l("Put this request on hold?"),
        _l(
            "Nobody is looked for until you resume it. A draft or a proposal that was"
            " not agreed on is taken back; the waiting time stays."
        ),
        _l("Put on hold"),
        ends_pairs=True,
    ),
    "again_request": Asked(
        Act(
            standing.look_again,
            _l("It stays on hold until then."),
            AgainForm,
            needs_scheme=False,
        ),
        frozenset({_S.ON_HOLD}),
        _l("Leave this request on hold?"),
        _l(
            "Nobody is looked for until you resume it. The board reminds you on that day."
        ),
        _l("Leave it on hold"),
    ),
    "resume_request": Asked(
        Act(
            requests.resume,
            _l("They wait again."),
            NewcomerSaidForm,
            needs_scheme=False,
        ),
        frozenset({_S.ON_HOLD}),
        _l("Resume this request?"),
        _l("Somebody is looked for again, with the waiting time there was."),
        _l("Resume"),
    ),
    "expire_request": Asked(
        Act(requests.expire, _l("Closed. They may ask again at any time.")),
        frozenset({_S.ON_HOLD}),
        _l("Can nobody be reached?"),
        _l(
            "For a newcomer who was silent again and again, and whom nobody reaches in"
            " the way that is safe. It can be opened again, with the waiting time there"
            " was."
        ),
        _l("Nobody can be reached: close"),
        "warning",
        ends_pairs=True,
        fits=lambda asking: asking.hold_reason is HoldReason.NO_CONTACT,
    ),
    "reopen_request": Asked(
        Act(
            requests.reopen,
            _l("Open again."),
            NewcomerSaidForm,
            needs_scheme=False,
        ),
        frozenset({_S.CLOSED, _S.EXPIRED, _S.PAIRED}),
        _l("Open this request again?"),
        _l("Somebody is looked for again, with the waiting time there was."),
        _l("Open again"),
    ),
    "urge_request": Asked(
        Act(
            standing.set_urgency,
            _l("Saved. The board and the next run go by this."),
            UrgencyForm,
            needs_scheme=False,
        ),
        NOT_PAIRED,
        _l("How urgent is it, and why?"),
        _l(
            "Who is urgent comes before everybody who is less so, however long they"
            " wait. Only you and your colleagues read why."
        ),
        _l("How urgent, and why"),
    ),
    "change_request": Asked(
        Act(
            requests.change_week,
            _l("Saved. A pair there is goes on; the next one is found by this."),
            NewcomerWeekForm,
            needs_scheme=False,
        ),
        NOT_PAIRED | {_S.PAIRED},
        _l("When and where can this newcomer meet?"),
        _l("This counts from now on, for new pairs."),
        _l("Change times and place"),
    ),
    "correct_request": Asked(
        Act(
            correcting.correct_newcomer,
            _l("Saved. A pair there is goes on; the next one is found by this."),
            CorrectNewcomerForm,
        ),
        frozenset(_S),
        _l("What do we keep of this newcomer?"),
        _l(
            "Put right what is wrong. A draft or a proposal that may not be any more is"
            " taken back; a pair that agreed goes on."
        ),
        _l("Correct what we keep"),
    ),
    "reach_request": Asked(
        Act(
            change_contact,
            _l("Saved. From now on they are reached in this way."),
            NewcomerContactForm,
        ),
        NOT_PAIRED | {_S.PAIRED},
        _l("How is this newcomer reached?"),
        BEFORE_NEW_CONTACT,
        _l("Change how they are reached"),
    ),
    "give_request": Asked(
        Act(
            give_newcomer,
            _l("Your colleague sees to them now."),
            GiveNewcomerForm,
            needs_scheme=False,
        ),
        frozenset(_S),
        _l("Which colleague sees to this newcomer?"),
        BEFORE_GIVING,
        _l("Give to a colleague"),
    ),
    "hand_request": Asked(
        Act(
            hand_newcomer,
            _l("Handed over. The other organisation sees to them now."),
            HandNewcomerForm,
            needs_scheme=False,
        ),
        frozenset(_S),
        _l("Hand this newcomer over?"),
        BEFORE_HANDING,
        _l("Hand over"),
        leads_away=True,
    ),
    "refer_request": Asked(
        Act(requests.refer_on, _l("Referred on. The request is over.")),
        NOT_PAIRED,
        _l("Refer this newcomer on?"),
        _l(
            "For somebody whom another service helps better. The request is over, and"
            " cannot be opened again; tell the other service yourself."
        ),
        _l("Refer on"),
        "warning",
        ends_pairs=True,
    ),
    "withdraw_request": Asked(
        Act(requests.withdraw, _l("Withdrawn. The request is over."), WithdrawForm),
        NOT_PAIRED | {_S.PAIRED},
        _l("Withdraw this request?"),
        _l(
            "For a newcomer who does not want a buddy any more. What is under way ends,"
            " volunteers are told kindly, and the request cannot be opened again."
        ),
        _l("Withdraw"),
        "warning",
        ends_pairs=True,
    ),
}


def list_offered(asking: BuddyRequest) -> list[tuple[str, Asked[BuddyRequest]]]:
    """List what may be done from where a request stands."""
    filled = seats.count_filled(db(), asking)
    is_full = asking.state is RequestState.PAIRED and filled >= asking.buddies
    return [
        (name, asked)
        for name, asked in ACTS.items()
        if asked.is_open_to(asking) and not (name == "reopen_request" and is_full)
    ]


def _get(public_id: str) -> BuddyRequest:
    return access.get_request(db(), current_account(), public_id)[0]


def _name(asking: BuddyRequest) -> str:
    return db().get_one(Newcomer, asking.newcomer_id).name or _("(erased)")


def _address(asking: BuddyRequest) -> str:
    return url_for("coordinating.show_request", public_id=asking.public_id)


def _list_live(asking: BuddyRequest) -> list[Pairing]:
    return turns.list_live_for(db(), asking.id)


offer(
    Subject("/requests/<public_id>/", _get, _name, _address, _list_live),
    ACTS,
)
