"""What a volunteer who is signed in sees of their own pairs, and may do about them."""

from datetime import datetime

from sqlmodel import Session

from welcome.buddies import links, noting
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import seats, turns
from welcome.buddies.lifecycle.checkins import GOES_ON
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose, TaskKind
from welcome.buddies.models.pairings import Pairing, PairingState, Side
from welcome.buddies.models.people import Volunteer
from welcome.buddies.tasks import raise_task
from welcome.errors import NotFound

# They said yes, and what is held looks as it did before.
KNOWN = GOES_ON | {PairingState.NEWCOMER_ASKED, PairingState.AGREED}


def list_known(session: Session, volunteer: Volunteer) -> list[Pairing]:
    """List the live pairings that a volunteer knows of."""
    live = turns.list_live_of(session, volunteer.id)
    return [each for each in live if is_asked(each) or seats.stage(each) in KNOWN]


def get_known(session: Session, volunteer: Volunteer, public_id: str) -> Pairing:
    """Return a live pairing that a volunteer knows of; raises NotFound."""
    for each in list_known(session, volunteer):
        if each.public_id == public_id:
            return each
    raise NotFound


def is_asked(pairing: Pairing) -> bool:
    """Say whether the volunteer of a pairing is being asked."""
    return ASKED.get(pairing.state) is Side.VOLUNTEER


def may_stop(pairing: Pairing) -> bool:
    """Say whether the two were introduced, so that one may want to stop."""
    return seats.stage(pairing) in GOES_ON


def show_question(session: Session, pairing: Pairing, *, now: datetime) -> str:
    """Give the token of a link that asks the volunteer; raises MoveRefused.

    It is over when the proposal is, as the one in the letter.
    """
    if not is_asked(pairing) or pairing.expires_at is None:
        wanted = PairingState.NEWCOMER_ASKED.value
        raise MoveRefused(state=pairing.state.value, wanted=wanted)
    about = About("pairing", pairing.id, Side.VOLUNTEER.value)
    lives = pairing.expires_at - now
    return links.make(session, LinkPurpose.ANSWER, about, now=now, lives=lives).token


def ask_to_stop(session: Session, pairing: Pairing, *, now: datetime) -> None:
    """Have a coordinator hear that a volunteer would stop; raises MoveRefused.

    Nothing ends by itself, and the other is not told.
    """
    if not may_stop(pairing):
        wanted = PairingState.ENDING.value
        raise MoveRefused(state=pairing.state.value, wanted=wanted)
    about = About(noting.SUBJECTS[Pairing], pairing.id)
    raise_task(session, TaskKind.WOULD_STOP, pairing.lead_id, about, now=now)
    noting.hear(session, pairing, Side.VOLUNTEER, now=now)
