"""Whom a concern is about that is raised behind a link: only whom one was told of."""

import pytest

from tests.buddies import clearing_people, scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies import links
from welcome.buddies.concerns import linked, safeguarding
from welcome.buddies.concerns.safeguarding import Worry
from welcome.buddies.links import About
from welcome.buddies.models.concerns import Concern, RaisedBy
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import OVER, PairingState, Side

S = PairingState
N, V = Side.NEWCOMER, Side.VOLUNTEER
# Where a pair stands, where it stood before it was held, and who knows of it by then.
KNOWN = [
    (S.DRAFT, None, ()),
    (S.VOLUNTEER_ASKED, None, (V,)),
    (S.NEWCOMER_ASKED, None, (N, V)),
    (S.AGREED, None, (N, V)),
    (S.INTRODUCED, None, (N, V)),
    (S.MEETING, None, (N, V)),
    (S.ENDING, None, (N, V)),
    (S.HELD, S.VOLUNTEER_ASKED, (V,)),
    (S.HELD, S.NEWCOMER_ASKED, (N, V)),
    (S.HELD, S.MEETING, (N, V)),
    *((each, None, ()) for each in sorted(OVER)),
]
OWN = {
    N: (LinkPurpose.MY_REQUEST, "buddy_request"),
    V: (LinkPurpose.SIGN_IN, "volunteer"),
}


@pytest.fixture
def open_from(session, now):
    """Open the form from the page behind a side's own link."""

    def act(made, side):
        purpose, subject = OWN[side]
        row = made.request if side is N else made.volunteer
        link = links.make(session, purpose, About(subject, row.id), now=now)
        return linked.find(session, link.link.id)

    return act


@pytest.mark.parametrize("chosen", ["first", "second", "neither"])
def test_of_several_pairs_one_is_chosen(session, now, open_from, chosen):
    first = scenes.scene(session, now, S.MEETING)
    second = scenes.scene(session, now, S.VOLUNTEER_ASKED)
    hidden = scenes.scene(session, now, S.DRAFT)
    for each in (second, hidden):
        each.pairing.volunteer_id = first.volunteer.id
    session.flush()
    found = open_from(first, V)
    assert (found.about.pairing, found.about.volunteer_id) == (None, first.volunteer.id)
    assert {each.id for each in found.pairs} == {first.pairing.id, second.pairing.id}
    wanted = {"first": first.pairing, "second": second.pairing, "neither": None}[chosen]
    public_id = wanted.public_id if wanted else "neither"
    assert found.choose(session, public_id).about.pairing == wanted
    assert found.choose(session, hidden.pairing.public_id) == found


def test_every_state_is_looked_at():
    assert {state for state, _from, _known in KNOWN} == set(PairingState)


@pytest.mark.parametrize("side", list(Side), ids=str)
@pytest.mark.parametrize(("state", "held_from", "known"), KNOWN)
def test_only_a_pair_that_one_knows_of_is_concerned(
    session, now, open_from, side, state, held_from, known
):
    made = scenes.scene(session, now, state, held_from)
    about = open_from(made, side).about
    if side in known:
        assert about.pairing == made.pairing
        assert (about.newcomer_id, about.volunteer_id) == (
            made.newcomer.id, made.volunteer.id,
        )  # fmt: skip
        return
    own = made.newcomer.id if side is N else made.volunteer.id
    ids = (about.newcomer_id, about.volunteer_id)
    assert about.pairing is None
    assert ids == ((own, None) if side is N else (None, own))


@pytest.mark.parametrize("state", list(PairingState), ids=str)
def test_what_cannot_be_held_is_noted(session, now, state):
    clearing_people.assemble(session, now)
    held_from = S.MEETING if state is S.HELD else None
    made = scenes.scene(session, now, state, held_from)
    may = state not in {S.DRAFT, *OVER}
    assert safeguarding.may_hold(made.pairing) is may
    worry = Worry(raised_by=RaisedBy.NEWCOMER, what="Help.", holds_pairing=True)
    about = safeguarding.whom(made.pairing)
    concern = safeguarding.raise_concern(
        session, about, worry, SCHEME, actor=None, now=now
    )
    assert concern.holds_pairing is may
    assert made.pairing.state is (S.HELD if may else state)
    assert isinstance(concern, Concern)
