"""What may be done to a volunteer: paused, resumed, let go; places, times, contact."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from welcome.buddies import access
from welcome.buddies.lifecycle import new_contact, turns
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.people import correcting, handing_over, still_free, volunteers
from welcome.web.allowed import current_account
from welcome.web.coordinating.acts import Act, Asked, Subject, offer
from welcome.web.coordinating.contact_forms import (
    BEFORE_NEW_CONTACT,
    VolunteerContactForm,
)
from welcome.web.coordinating.correct_forms import CorrectVolunteerForm
from welcome.web.coordinating.handing_over import (
    BEFORE_GIVING,
    BEFORE_HANDING,
    GiveVolunteerForm,
    HandVolunteerForm,
)
from welcome.web.coordinating.volunteer_forms import (
    ComeBackForm,
    LeaveForm,
    PauseForm,
    StillFreeForm,
)
from welcome.web.coordinating.week_forms import OfferingForm
from welcome.web.database import db

_S = VolunteerState
HERE = frozenset(_S) - {_S.LEFT, _S.DECLINED}


ACTS: Mapping[str, Asked[Volunteer]] = {
    "resume_volunteer": Asked(
        Act(volunteers.come_back, _l("They can be asked again."), ComeBackForm),
        frozenset({_S.PAUSED}),
        _l("End this pause?"),
        _l("They can be asked about newcomers again, as long as they are cleared."),
        _l("End the pause"),
    ),
    "free_volunteer": Asked(
        Act(still_free.note_free, _l("Noted."), StillFreeForm, needs_scheme=False),
        frozenset({_S.CLEARED}),
        _l("Did they say that they are still free?"),
        _l("They are not asked so again for a while."),
        _l("They are still free"),
    ),
    "pause_volunteer": Asked(
        Act(volunteers.pause, _l("Paused. Nothing new is asked of them."), PauseForm),
        frozenset({_S.CLEARED}),
        _l("Pause this volunteer?"),
        _l(
            "Nothing new is asked of them. A draft or a proposal that was not agreed on"
            " is taken back; pairs that agreed go on."
        ),
        _l("Pause"),
    ),
    "change_volunteer": Asked(
        Act(
            volunteers.change_offering,
            _l("Saved. Pairs there are go on; the next ones are found by this."),
            OfferingForm,
            needs_scheme=False,
        ),
        HERE,
        _l("How many newcomers, when and where?"),
        _l("This counts from now on, for new pairs."),
        _l("Change places, times and home"),
    ),
    "correct_volunteer": Asked(
        Act(
            correcting.correct_volunteer,
            _l("Saved. Pairs there are go on; the next ones are found by this."),
            CorrectVolunteerForm,
        ),
        frozenset(_S),
        _l("What do we keep of this volunteer?"),
        _l(
            "Put right what is wrong. Pairs there are go on; what they are cleared for"
            " follows what they offer."
        ),
        _l("Correct what we keep"),
    ),
    "reach_volunteer": Asked(
        Act(
            new_contact.change,
            _l("Saved. From now on they are reached in this way."),
            VolunteerContactForm,
        ),
        HERE,
        _l("How is this volunteer reached?"),
        BEFORE_NEW_CONTACT,
        _l("Change how they are reached"),
    ),
    "give_volunteer": Asked(
        Act(
            handing_over.give,
            _l("Your colleague sees to them now."),
            GiveVolunteerForm,
            needs_scheme=False,
        ),
        HERE,
        _l("Which colleague sees to this volunteer?"),
        BEFORE_GIVING,
        _l("Give to a colleague"),
    ),
    "hand_volunteer": Asked(
        Act(
            handing_over.hand_over,
            _l("Handed over. The other organisation sees to them now."),
            HandVolunteerForm,
            needs_scheme=False,
        ),
        HERE,
        _l("Hand this volunteer over?"),
        BEFORE_HANDING,
        _l("Hand over"),
        leads_away=True,
    ),
    "leave_volunteer": Asked(
        Act(volunteers.leave, _l("They have left. Thank them."), LeaveForm),
        HERE,
        _l("Does this volunteer leave?"),
        _l(
            "Their pairs end, the newcomers are told kindly and wait on for somebody"
            " else. This cannot be taken back."
        ),
        _l("They leave"),
        "warning",
        ends_pairs=True,
    ),
}


def list_offered(volunteer: Volunteer) -> list[tuple[str, Asked[Volunteer]]]:
    """List what may be done from where a volunteer stands."""
    return [
        (name, asked) for name, asked in ACTS.items() if asked.is_open_to(volunteer)
    ]


def _get(public_id: str) -> Volunteer:
    return access.get_volunteer(db(), current_account(), public_id)


def _name(volunteer: Volunteer) -> str:
    return volunteer.name or _("(erased)")


def _address(volunteer: Volunteer) -> str:
    return url_for("coordinating.show_volunteer", public_id=volunteer.public_id)


def _list_live(volunteer: Volunteer) -> list[Pairing]:
    return turns.list_live_of(db(), volunteer.id)


offer(Subject("/volunteers/<public_id>/", _get, _name, _address, _list_live), ACTS)
