"""One proposes to share, the other agrees, either ends it; and what becomes of pairs."""

import pytest

from tests.buddies import clearing_people, scenes
from tests.buddies.scenes import SCHEME
from tests.partners.shared import share
from welcome.buddies.errors import NotPossible
from welcome.buddies.lifecycle import pairings, proposals
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.people import belonging
from welcome.buddies.people.belonging import Across
from welcome.errors import NotAllowed, NotFound
from welcome.partners import agreements, sharing
from welcome.partners.errors import OwnProposal, SharesWithItself

_S = PairingState


@pytest.fixture
def people(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def proposed(session, people, now):
    return sharing.propose(
        session, people.charity, people.college, actor=people.coordinator, now=now
    )


def standing(session, account):
    return sharing.list_standing(session, account)


def shared(session):
    return len(agreements.list_shared(session))


def test_it_holds_once_the_other_side_agreed_and_the_lead_allowed_it(
    session, people, proposed, now
):
    assert shared(session) == 0
    [theirs] = standing(session, people.coordinator)
    assert (theirs.may_agree, theirs.may_end) == (False, True)
    with pytest.raises(OwnProposal):
        sharing.agree(session, theirs, actor=people.coordinator, now=now)
    assert shared(session) == 0
    [asked] = standing(session, people.other_coordinator)
    assert (asked.may_agree, asked.proposer) == (True, people.charity)
    sharing.agree(session, asked, actor=people.other_coordinator, now=now)
    assert (shared(session), sharing.count_unallowed(session)) == (0, 1)
    for who in (people.coordinator, people.other_coordinator, people.council_lead):
        with pytest.raises(NotAllowed):
            sharing.allow(session, asked, actor=who, now=now)
    [seen] = standing(session, people.scheme_lead)
    assert (seen.may_agree, seen.may_allow) == (False, True)
    sharing.allow(session, seen, actor=people.scheme_lead, now=now)
    assert sharing.count_unallowed(session) == 0
    assert agreements.list_shared(session) == {(people.charity.id, people.college.id)}
    assert proposed.agreed_by_id == people.other_coordinator.id
    assert proposed.allowed_by_id == people.scheme_lead.id


def test_the_lead_may_allow_what_is_not_agreed_yet(session, people, proposed, now):
    [seen] = standing(session, people.scheme_lead)
    sharing.allow(session, seen, actor=people.scheme_lead, now=now)
    assert (shared(session), sharing.count_unallowed(session)) == (0, 0)
    [asked] = standing(session, people.other_coordinator)
    sharing.agree(session, asked, actor=people.other_coordinator, now=now)
    assert shared(session) == 1


def test_what_both_propose_is_agreed(session, people, proposed, now):
    same = sharing.propose(
        session, people.charity, people.college, actor=people.coordinator, now=now
    )
    assert (same.id, shared(session)) == (proposed.id, 0)
    sharing.propose(
        session, people.college, people.charity, actor=people.other_coordinator, now=now
    )
    assert sharing.count_unallowed(session) == 1
    agreements.allow(session, proposed, actor=None, now=now)
    assert shared(session) == 1


@pytest.mark.parametrize("who", ["coordinator", "other_coordinator", "scheme_lead"])
def test_either_side_and_the_lead_may_end_it(session, people, proposed, now, who):
    account = getattr(people, who)
    agreements.agree(session, proposed, actor=None, now=now)
    agreements.allow(session, proposed, actor=None, now=now)
    [found] = standing(session, account)
    assert found.may_end
    sharing.end(session, found, actor=account, now=now)
    assert shared(session) == 0
    assert standing(session, account) == []
    # It can be proposed anew, and counts again only when agreed.
    sharing.propose(
        session, people.college, people.charity, actor=people.other_coordinator, now=now
    )
    assert shared(session) == 0


@pytest.mark.parametrize("who", ["council_lead", "referrer", "lead", "administrator"])
def test_nobody_else_knows_of_it(session, people, proposed, who):
    account = getattr(people, who)
    assert standing(session, account) == []
    with pytest.raises(NotFound):
        sharing.get_standing(session, account, proposed.id)


def test_the_lead_sees_it_and_speaks_for_no_side(session, people, proposed, now):
    [found] = standing(session, people.scheme_lead)
    assert not found.may_agree
    for account in (people.scheme_lead, people.other_coordinator):
        with pytest.raises(NotFound):
            sharing.propose(
                session, people.charity, people.council, actor=account, now=now
            )


def test_sharing_is_between_two(session, people, now):
    with pytest.raises(SharesWithItself):
        sharing.propose(
            session, people.charity, people.charity, actor=people.coordinator, now=now
        )


def across(session, people, now, state):
    """A pair of two organisations that share, standing somewhere; sharing then ends."""
    scene = scenes.scene(session, now, state)
    scene.newcomer.organisation_id = people.charity.id
    scene.volunteer.organisation_id = people.college.id
    session.flush()
    share(session, people.charity, people.college, actor=None, now=now)
    counted = belonging.count_across(session)
    agreements.end_sharing(session, people.charity, people.college, actor=None, now=now)
    assert belonging.count_across(session) == counted
    return scene.pairing, counted[people.charity.id, people.college.id]


def test_pairs_who_were_introduced_go_on(session, people, now):
    pair, counted = across(session, people, now, _S.INTRODUCED)
    assert counted == Across(introduced=1)
    pairings.note_first_meeting(session, pair, actor=None, now=now)
    assert pair.state is _S.MEETING


@pytest.mark.parametrize("state", [_S.DRAFT, _S.AGREED])
def test_pairs_who_were_not_go_no_further(session, people, now, state):
    pair, counted = across(session, people, now, state)
    assert counted == Across(before=1)
    step = {_S.DRAFT: proposals.ask_volunteer, _S.AGREED: pairings.introduce}[state]
    with pytest.raises(NotPossible):
        step(session, pair, SCHEME, actor=None, now=now)
