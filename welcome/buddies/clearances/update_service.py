"""The DBS Update Service: its state is looked up, and a decision holds anew."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies.clearances import clearing
from welcome.buddies.clearances.clearing import Seen
from welcome.buddies.clearances.errors import NotOnUpdateService
from welcome.buddies.models.clearing import Clearance
from welcome.buddies.models.people import Volunteer
from welcome.buddies.rules.requirements import ClearanceKind
from welcome.buddies.rules.vocabulary import BuddyRole


@dataclass(frozen=True)
class Looked:
    """For which role somebody looked at the service, and on which day."""

    role: BuddyRole
    on: date


def list_roles(session: Session, volunteer: Volunteer) -> list[BuddyRole]:
    """List the roles for which the decision that counts can be looked up."""
    return list(_find_decisions(session, volunteer))


def record_no_change(
    session: Session,
    volunteer: Volunteer,
    looked: Looked,
    *,
    actor: Account,
    today: date,
    now: datetime,
) -> Clearance:
    """Record that the service told of nothing new: the decision holds from that day.

    Raises NotOnUpdateService, and what `record_clearance` does.
    """
    decided = _find_decisions(session, volunteer).get(looked.role)
    if decided is None:
        raise NotOnUpdateService
    seen = Seen(
        kind=ClearanceKind.DBS,
        seen_on=looked.on,
        role=looked.role,
        level=decided.level,
        reason=decided.reason or "",
        on_update_service=True,
        time_abroad=decided.time_abroad,
    )
    return clearing.record_clearance(
        session, volunteer, seen, actor=actor, today=today, now=now
    )


def _find_decisions(
    session: Session, volunteer: Volunteer
) -> dict[BuddyRole, Clearance]:
    """Find the decision that counts for each role, where it is on the service."""
    rows = clearing.list_clearances(session, volunteer)
    newest = {each.role: each for each in rows if each.kind is ClearanceKind.DBS}
    return {
        role: each
        for role, each in newest.items()
        if role and each.is_met and each.on_update_service
    }
