"""Whom a concern is about that staff raise: only of people whom they may see anyway."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlmodel import Session

from welcome.accounts.models import Account
from welcome.buddies import access
from welcome.buddies.concerns import linked
from welcome.buddies.concerns.linked import Linked
from welcome.buddies.models.concerns import RaisedBy
from welcome.errors import NotFound
from welcome.partners.access import list_own_ids, list_working

Find = Callable[[Session, Account, str], Linked]


def of_pairing(session: Session, account: Account, public_id: str) -> Linked:
    """Concern a pair that one's own organisations take part in; raises NotFound."""
    pairing = access.get_pairing(session, account, public_id)
    return linked.make(session, pairing, RaisedBy.STAFF)


def of_request(session: Session, account: Account, public_id: str) -> Linked:
    """Concern the only pair that a newcomer knows of, or them; raises NotFound."""
    request, _newcomer = access.get_request(session, account, public_id)
    found = linked.find_of_request(session, request.id)
    if found is None:
        raise NotFound
    return replace(found, raised_by=RaisedBy.STAFF, pairs=())


def of_volunteer(session: Session, account: Account, public_id: str) -> Linked:
    """Concern a volunteer of one's own organisations; raises NotFound."""
    volunteer = access.get_volunteer(session, account, public_id)
    return linked.make(session, volunteer, RaisedBy.STAFF)


def of_referral(session: Session, account: Account, public_id: str) -> Linked:
    """Concern somebody whom one's own organisations referred; raises NotFound."""
    newcomer = access.get_referred(session, account, public_id)
    return linked.make(session, newcomer, RaisedBy.REFERRER)


# What stands in the address, and how to find it.
FINDERS: Mapping[str, Find] = {
    "pairing": of_pairing,
    "request": of_request,
    "volunteer": of_volunteer,
}


def list_colleagues(session: Session, account: Account, about: Linked) -> list[Account]:
    """List whom of the staff it may be about: of one's own organisations and its own."""
    homes = list_own_ids(session, account) | {about.organisation.id}
    found = {
        each.id: each
        for home in sorted(homes)
        for each, _roles in list_working(session, home)
        if each.id != account.id
    }
    return sorted(found.values(), key=lambda each: (each.name.casefold(), each.id))
