"""Raising a concern: whose lead handles it, who is told, and what is stopped at once.

No letter says more than that something waits on the desk, and the journal, which others
read, tells nothing of it.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, list_accounts_with
from welcome.buddies.concerns.concern_access import find_handlers
from welcome.buddies.errors import MoveRefused, NothingSaid, TooLongSaid
from welcome.buddies.lifecycle import pairings
from welcome.buddies.models.concerns import Concern, ConcernAct, ConcernNote, RaisedBy
from welcome.buddies.models.pairings import PAIRING_MOVES, Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.knowing import id_of_form
from welcome.buddies.scheme import Scheme
from welcome.messages import outbox
from welcome.partners.access import find_council, list_members
from welcome.partners.agreements import list_shared_with
from welcome.partners.models import Organisation

LONGEST = 10_000
# Where they sign in; the address says no more than the letter.
DESK = "/-/"


@dataclass(frozen=True, kw_only=True)
class Worry:
    """What somebody is worried about."""

    raised_by: RaisedBy
    what: str
    in_danger: bool = False
    wishes: str = ""
    is_about_lead: bool = False
    about_account_id: int | None = None
    # The pair is to be stopped at once.
    holds_pairing: bool = False
    # Of the form it was written on: sent twice, it is raised once.
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Whom a concern is about, and whose lead would handle it."""

    organisation_id: int
    pairing: Pairing | None = None
    newcomer_id: int | None = None
    volunteer_id: int | None = None


def whom(about: Pairing | Newcomer | Volunteer | Organisation) -> Whom:
    """Say whom a concern is about: of a pairing, its lead is responsible."""
    if isinstance(about, Pairing):
        return Whom(
            organisation_id=about.lead_id,
            pairing=about,
            newcomer_id=about.newcomer_id,
            volunteer_id=about.volunteer_id,
        )
    if isinstance(about, Organisation):
        return Whom(organisation_id=about.id)
    if isinstance(about, Newcomer):
        return Whom(organisation_id=about.organisation_id, newcomer_id=about.id)
    return Whom(organisation_id=about.organisation_id, volunteer_id=about.id)


def raise_concern(
    session: Session,
    about: Whom,
    worry: Worry,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> Concern:
    """Raise a concern, hold the pairing if that is wanted, tell who handles it.

    All in the caller's transaction. Raises NothingSaid and TooLongSaid.
    """
    made = _make(about, worry, actor, now)
    _copy_names(session, made)
    if worry.key:
        made.public_id = id_of_form(session, worry.key)
        asked = select(Concern).where(Concern.public_id == made.public_id)
        known = session.exec(asked).one_or_none()
        if known is not None:
            return known
    _bar(session, made)
    _find_home(session, made)
    session.add(made)
    session.flush()
    if worry.holds_pairing:
        _hold(session, made, about.pairing, now)
    _tell(session, made, scheme, now)
    session.flush()
    return made


def written(text: str) -> str:
    """Return what was written, trimmed; raises NothingSaid and TooLongSaid."""
    text = text.strip()
    if not text:
        raise NothingSaid
    if len(text) > LONGEST:
        raise TooLongSaid(most=LONGEST)
    return text


def _make(about: Whom, worry: Worry, actor: Account | None, now: datetime) -> Concern:
    what, wishes = written(worry.what), worry.wishes.strip()
    if len(wishes) > LONGEST:
        raise TooLongSaid(most=LONGEST)
    return Concern(
        organisation_id=about.organisation_id,
        raised_with_id=about.organisation_id,
        is_about_lead=worry.is_about_lead,
        about_account_id=worry.about_account_id,
        pairing_id=about.pairing.id if about.pairing else None,
        newcomer_id=about.newcomer_id,
        volunteer_id=about.volunteer_id,
        raised_by=worry.raised_by,
        raised_by_id=actor.id if actor else None,
        raised_at=now,
        moved_at=now,
        in_danger=worry.in_danger,
        what=what,
        wishes=wishes or None,
    )


def _copy_names(session: Session, concern: Concern) -> None:
    """Keep who they are: a record of theirs may be erased before it is looked into."""
    newcomer, volunteer = concern.newcomer_id, concern.volunteer_id
    if newcomer is not None:
        concern.newcomer_name = session.get_one(Newcomer, newcomer).name
    if volunteer is not None:
        concern.volunteer_name = session.get_one(Volunteer, volunteer).name


def _bar(session: Session, concern: Concern) -> None:
    """Note whether it is about somebody who leads, and who may not handle it."""
    there = list_members(session, concern.raised_with_id, Permission.SAFEGUARD)
    leads = [each.id for each in there]
    if concern.about_account_id in leads:
        concern.is_about_lead = True
    if concern.is_about_lead and concern.about_account_id is None:
        concern.barred = leads


def _find_home(session: Session, concern: Concern) -> None:
    """Give a concern to the first organisation where somebody may handle it."""
    own = concern.organisation_id
    for organisation_id in _list_homes(session, concern):
        concern.organisation_id = organisation_id
        if find_handlers(session, concern):
            return
    concern.organisation_id = own


def _list_homes(session: Session, concern: Concern) -> Iterator[int]:
    """List where it may go: its own lead, the council's, then of who shares with them.

    What is about a lead comes back to its own organisation last of all.
    """
    own = concern.raised_with_id
    council = find_council(session)
    if not concern.is_about_lead:
        yield own
    if council is not None and council.id != own:
        yield council.id
    yield from sorted(list_shared_with(session, own) - {own})
    yield own


def may_hold(pairing: Pairing | None) -> bool:
    """Say whether there is a pair that is on hold, or can be put there."""
    held = PairingState.HELD
    return pairing is not None and held in {
        pairing.state, *PAIRING_MOVES[pairing.state]
    }  # fmt: skip


def _hold(
    session: Session, concern: Concern, pairing: Pairing | None, now: datetime
) -> None:
    """Stop a pairing that goes on; note where it was wanted and cannot be done."""
    if pairing is not None:
        with suppress(MoveRefused):
            pairings.hold(session, pairing, actor=None, now=now)
        concern.holds_pairing = pairing.state is PairingState.HELD
    if not concern.holds_pairing:
        act = ConcernAct.NOT_HELD
        session.add(ConcernNote(concern_id=concern.id, written_at=now, act=act))


def _tell(session: Session, concern: Concern, scheme: Scheme, now: datetime) -> None:
    """Tell who handles it; where nobody may, who could name somebody."""
    told, letter = find_handlers(session, concern), "desk_waits"
    if not told:
        told, letter = list_accounts_with(session, Permission.OVERSEE), "lead_wanted"
    for each in told:
        if each.id != concern.about_account_id:
            outbox.write(
                session, letter, to=each.email, tag=each.interface_tag, now=now,
                name=each.name, link=scheme.address(DESK),
            )  # fmt: skip
