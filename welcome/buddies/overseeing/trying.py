"""What other rules would come to, before anybody is bound by them."""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import Session

from welcome.buddies import scoring_policy
from welcome.buddies.explaining.planning import Change, what_if
from welcome.buddies.gathering import Moment, list_volunteers, list_waiting
from welcome.buddies.proposing.posing import read_standing
from welcome.buddies.rules.policy import Policy


def try_out(
    session: Session, organisations: Collection[int], after: Policy, moment: Moment
) -> Change:
    """Compare the rules that count with others, for those whom nobody was asked for.

    Places of whoever was asked or meets are taken; drafts hold none. Who shares with
    whom stays as it is.
    """
    _version, before = scoring_policy.read(session)
    after = replace(after, sharing=before.sharing)
    told = {request for request, _volunteer in read_standing(session).told}
    waiting = list_waiting(session, organisations, moment)
    return what_if(
        [each for each in waiting if each.key not in told],
        list_volunteers(session, organisations, moment),
        before,
        after,
    )
