"""Review: a second person accepts, or gives back with a comment."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select

from tests.translation.conftest import URDU, counted, steps_of, unit_saying
from welcome.accounts import journal
from welcome.errors import NotAllowed
from welcome.packs.models import Pack
from welcome.translation import review, targets
from welcome.translation.errors import (
    ChangedMeanwhile,
    CommentRequired,
    MoveNotAllowed,
    OwnWork,
)
from welcome.translation.models import MemoryEntry, Target, TargetState
from welcome.translation.targets import Draft

Submit = Callable[..., Target]


def acts(session: Session, target: Target) -> list[str]:
    return [e.act for e in journal.list_entries(session, subject=("target", target.id))]


def test_a_second_person_accepts_and_the_memory_learns(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("Find a surgery")
    assert session.exec(select(MemoryEntry)).all() == []
    review.accept(session, target, actor=cast.reviewer_ur, now=now)
    assert target.state is TargetState.ACCEPTED
    assert (target.reviewer_id, target.reviewed_at) == (cast.reviewer_ur.id, now)
    learned = session.exec(select(MemoryEntry)).one()
    assert (learned.source, learned.target) == ("Find a surgery near you.", URDU)
    assert (learned.source_tag, learned.tag) == ("en", "ur")
    assert acts(session, target) == ["target.accepted"]


def test_nobody_reviews_their_own_work(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("Find a surgery", author="reviewer_ur")
    with pytest.raises(OwnWork):
        review.accept(session, target, actor=cast.reviewer_ur, now=now)
    with pytest.raises(OwnWork):
        review.give_back(session, target, "no", actor=cast.reviewer_ur, now=now)
    assert target.state is TargetState.SUBMITTED


@pytest.mark.parametrize("who", ["translator_ur", "reviewer_ar", "officer", "writer"])
def test_who_may_not_review_urdu(
    who: str, session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("Find a surgery", author="translator_ur")
    actor = getattr(cast, who)
    with pytest.raises(NotAllowed):
        review.accept(session, target, actor=actor, now=now)
    with pytest.raises(NotAllowed):
        review.give_back(session, target, "no", actor=actor, now=now)


def test_only_what_was_handed_in_is_judged(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> None:
    unit = unit_saying(session, pack, "Find a surgery")
    umar, uzma = cast.translator_ur, cast.reviewer_ur
    target = targets.save(session, unit, "ur", Draft(URDU), actor=umar, now=now)
    with pytest.raises(MoveNotAllowed):
        review.accept(session, target, actor=uzma, now=now)
    with pytest.raises(MoveNotAllowed):
        review.give_back(session, target, "no", actor=uzma, now=now)
    assert target.state is TargetState.TRANSLATED


def test_given_back_with_a_comment_and_handed_in_again(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("Find a surgery")
    with pytest.raises(CommentRequired):
        review.give_back(session, target, "  ", actor=cast.reviewer_ur, now=now)
    review.give_back(
        session, target, "Simpler, please.", actor=cast.reviewer_ur, now=now
    )
    assert (target.state, target.comment) == (TargetState.RETURNED, "Simpler, please.")
    submitted("Find a surgery")
    assert (target.state, target.comment) == (TargetState.SUBMITTED, "Simpler, please.")
    review.accept(session, target, actor=cast.reviewer_ur, now=now)
    assert target.comment == ""
    assert acts(session, target) == ["target.accepted", "target.returned"]
    comments = [event.comment for event in steps_of(session, target)]
    assert "Simpler, please." in comments


def test_what_changed_since_it_was_read_is_not_accepted(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    seen = submitted("Find a surgery").revision
    target = submitted("Find a surgery", "ایک اور متن")
    with pytest.raises(ChangedMeanwhile) as raised:
        review.accept(session, target, actor=cast.reviewer_ur, now=now, revision=seen)
    assert raised.value.params == {"revision": target.revision}


def test_many_are_accepted_all_or_none_with_the_same_queries(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    uzma, reads = cast.reviewer_ur, []
    for words in (("Find a surgery",), ("Do this first", "It is free")):
        made = [submitted(each) for each in words]
        seen = {target.id: target.revision for target in made}
        stale = {**seen, made[-1].id: 9}
        with pytest.raises(ChangedMeanwhile):
            review.accept_all(session, made, stale, actor=uzma, now=now)
        assert {target.state for target in made} == {TargetState.SUBMITTED}
        session.flush()
        with counted(session) as asked:
            review.accept_all(session, made, seen, actor=uzma, now=now)
        assert {target.state for target in made} == {TargetState.ACCEPTED}
        learned = [each for each in asked if "INTO memory_entry" in each]
        reads.append((sum(e.startswith("SELECT") for e in asked), len(learned)))
    assert reads[0] == reads[1]
    assert reads[0][1] == 1
