"""Looking once more, before people are told, whether two may be brought together.

People may have changed since a pair was drafted: every rule is looked at again before
somebody is asked, and the names of those who must never know. Once both agreed, knowing
where and when the other is free, only the rules count that nobody may set aside.
"""

from collections.abc import Collection

from sqlmodel import Session

from welcome.buddies import gathering, scoring_policy
from welcome.buddies.errors import NotPossible
from welcome.buddies.gathering import Moment
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.rules import naming
from welcome.buddies.rules.vetoes import VetoCode, list_vetoes
from welcome.errors import NotFound

# Whether a place is free is asked where one is taken.
ASKED_HERE = frozenset(VetoCode) - {VetoCode.NO_PLACE_FREE}
# Nobody may set these aside, whatever both agreed on.
FIRM = frozenset(
    {
        VetoCode.NOT_CLEARED,
        VetoCode.OTHER_ORGANISATION,
        VetoCode.NOT_ADULT,
        VetoCode.GENDER_WISH,
        VetoCode.BLOCKED,
    }
)


def list_against(
    session: Session,
    pairing: Pairing,
    moment: Moment,
    *,
    among: Collection[VetoCode] = ASKED_HERE,
) -> list[VetoCode]:
    """List the rules that forbid a pairing as things are now; raises NotFound."""
    newcomer = gathering.find_waiting(session, pairing.request_id, moment)
    volunteer = gathering.find_volunteer(session, pairing.volunteer_id, moment)
    if newcomer is None or volunteer is None:
        raise NotFound
    _version, policy = scoring_policy.read(session)
    return [code for code in list_vetoes(newcomer, volunteer, policy) if code in among]


def is_perhaps_named(session: Session, pairing: Pairing) -> bool:
    """Tell whether the newcomer may have named this volunteer as one never to be told.

    Of volunteers of other organisations, nothing less than the whole name counts.
    """
    newcomer = session.get_one(Newcomer, pairing.newcomer_id)
    if not newcomer.never_told:
        return False
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    return naming.is_perhaps_named(
        volunteer.name or "",
        newcomer.never_told,
        by_whole_name=volunteer.organisation_id != newcomer.organisation_id,
    )


def check(
    session: Session,
    pairing: Pairing,
    moment: Moment,
    *,
    among: Collection[VetoCode] = ASKED_HERE,
) -> None:
    """Raise NotPossible where a rule forbids a pairing now."""
    against = list_against(session, pairing, moment, among=among)
    if against:
        raise NotPossible(why=", ".join(against))
