"""A coordinator keeps two apart: nothing is left between them, and it can be taken back."""

import pytest
from sqlmodel import select

from tests.buddies import scenes
from welcome.accounts.models import JournalEntry
from welcome.buddies import gathering
from welcome.buddies.errors import MoveRefused, PairHeld, StillPaired
from welcome.buddies.gathering import Moment
from welcome.buddies.links import About
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import HOLDS_PLACE, PairingState
from welcome.buddies.models.requests import Block, BlockReason
from welcome.buddies.proposing import keeping_apart
from welcome.buddies.proposing.keeping_apart import Apart
from welcome.buddies.tasks import raise_task

S, R = PairingState, BlockReason


@pytest.fixture
def keep(session, cast, now):
    """Keep the two of a scene apart."""

    def act(scene, reason=R.NEVER_TOLD, note=""):
        apart = Apart(scene.volunteer, reason, note)
        return keeping_apart.keep_apart(
            session, scene.request, apart, scenes.SCHEME,
            actor=cast.coordinator, now=now,
        )  # fmt: skip

    return act


def blocked(session, scene, now):
    moment = Moment(now, now.date())
    return gathering.find_waiting(session, scene.request.id, moment).blocked


@pytest.mark.parametrize("state", [S.DRAFT, S.VOLUNTEER_ASKED, S.NEWCOMER_ASKED])
def test_what_was_not_agreed_on_is_taken_back(session, keep, now, state):
    scene = scenes.scene(session, now, state)
    kept = keep(scene, note="Her cousin.")
    assert scene.pairing.state is S.WITHDRAWN
    session.refresh(scene.volunteer)
    assert scene.volunteer.held == 0
    assert (kept.reason, kept.note) == (R.NEVER_TOLD, "Her cousin.")
    assert blocked(session, scene, now) == {scene.volunteer.id}
    entry = session.exec(
        select(JournalEntry).where(JournalEntry.act == "request.kept_apart")
    ).one()
    assert entry.details == {"volunteer": scene.volunteer.id, "reason": "never-told"}


@pytest.mark.parametrize(
    "state", sorted(HOLDS_PLACE - {S.VOLUNTEER_ASKED, S.NEWCOMER_ASKED})
)
def test_who_agreed_or_is_held_ends_first(session, keep, now, state):
    is_held = state is S.HELD
    scene = scenes.scene(session, now, state, held_from=S.MEETING if is_held else None)
    before = scenes.everything(session)
    with pytest.raises(PairHeld if is_held else StillPaired):
        keep(scene)
    assert scenes.everything(session) == before


@pytest.mark.parametrize(
    ("reason", "is_done"), [(R.NEVER_TOLD, True), (R.COORDINATOR, False)]
)
def test_the_name_that_was_given_is_seen_to(session, keep, now, reason, is_done):
    scene = scenes.scene(session, now)
    other = scenes.newcomer(session, now)
    for each in (scene.newcomer, other):
        about = About("newcomer", each.id)
        kind, home = TaskKind.NAME_TO_KEEP_AWAY, each.organisation_id
        raise_task(session, kind, home, about, now=now)
    keep(scene, reason)
    mine, others = session.exec(select(Task).order_by(Task.subject_id)).all()
    assert (mine.done_at is not None, others.done_at) == (is_done, None)


def test_two_are_kept_apart_once_with_the_last_word(session, keep, now):
    scene = scenes.scene(session, now)
    keep(scene, R.COORDINATOR, "They quarrelled.")
    keep(scene, R.NEVER_TOLD)
    kept = session.exec(select(Block)).one()
    assert (kept.reason, kept.note) == (R.NEVER_TOLD, "They quarrelled.")


def test_what_happened_between_them_stays_the_reason(session, keep, now, cast):
    scene = scenes.scene(session, now)
    session.add(
        Block(
            newcomer_id=scene.newcomer.id, volunteer_id=scene.volunteer.id,
            reason=R.SAID_NO, set_at=now,
        )
    )  # fmt: skip
    keep(scene)
    assert session.exec(select(Block)).one().reason is R.SAID_NO
    with pytest.raises(MoveRefused):
        keeping_apart.let_meet(
            session, scene.request, scene.volunteer.public_id,
            actor=cast.coordinator, now=now,
        )  # fmt: skip
    assert blocked(session, scene, now) == {scene.volunteer.id}


def test_they_may_meet_again(session, keep, now, cast):
    scene, elsewhere = scenes.scene(session, now), scenes.scene(session, now)
    keep(scene)

    def let_meet(asking):
        keeping_apart.let_meet(
            session, asking, scene.volunteer.public_id, actor=cast.coordinator, now=now
        )

    with pytest.raises(MoveRefused):
        let_meet(elsewhere.request)
    let_meet(scene.request)
    assert session.exec(select(Block)).all() == []
    assert blocked(session, scene, now) == set()
