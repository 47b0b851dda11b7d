"""What is certainly wrong stops a text, unless somebody gives a reason in writing."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Grant, Role
from welcome.errors import NotAllowed
from welcome.translation import review
from welcome.translation.errors import (
    BlockingFindings,
    NoSuchFinding,
    OwnWork,
    ReasonTooShort,
)
from welcome.translation.models import Target, TargetState

Submit = Callable[..., Target]
WRONG = "ایمرجنسی میں {{emergency}} یا 118 پر کال کریں۔ پیر 08:30 سے 18:00 تک کھلا ہے۔"
RIGHT = WRONG.replace("118", "112")


def test_a_wrong_number_blocks_until_it_is_right(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("In an emergency", WRONG)
    with pytest.raises(BlockingFindings) as raised:
        review.accept(session, target, actor=cast.reviewer_ur, now=now)
    assert raised.value.params == {"codes": ["number"], "targets": [target.id]}
    assert target.state is TargetState.SUBMITTED
    assert target.is_blocked
    submitted("In an emergency", RIGHT)
    assert not target.is_blocked
    assert review.findings(session, target) == []
    review.accept(session, target, actor=cast.reviewer_ur, now=now)


def test_an_override_needs_a_reason_and_holds_for_this_text_only(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("In an emergency", WRONG)
    uzma = cast.reviewer_ur
    with pytest.raises(ReasonTooShort):
        review.override(session, target, "number", " because ", actor=uzma, now=now)
    reason = "118 is what the source means here."
    with pytest.raises(NoSuchFinding):
        review.override(session, target, "phone", reason, actor=uzma, now=now)
    with pytest.raises(NotAllowed):
        review.override(
            session, target, "number", reason, actor=cast.translator_ur, now=now
        )
    review.override(session, target, "number", reason, actor=uzma, now=now)
    assert review.findings(session, target) == []
    assert not target.is_blocked
    entry = journal.list_entries(session, subject=("target", target.id))[0]
    assert (entry.act, entry.tag) == ("finding.overridden", "ur")
    assert entry.details["reason"] == reason
    submitted("In an emergency", WRONG + "!")
    assert review.findings(session, target)[0].code == "number"
    assert target.is_blocked
    with pytest.raises(BlockingFindings):
        review.accept(session, target, actor=uzma, now=now)


def test_nobody_lets_pass_their_own_where_somebody_else_reads(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("In an emergency", WRONG)
    reason = "118 is what the source means here."
    another = cast.translator_ur
    target.author_id = cast.reviewer_ur.id
    session.add(Grant(account_id=another.id, role=Role.REVIEWER, tag="ur"))
    session.flush()
    with pytest.raises(OwnWork):
        review.override(
            session, target, "number", reason, actor=cast.reviewer_ur, now=now
        )
    review.override(session, target, "number", reason, actor=another, now=now)
    assert not target.is_blocked


def test_an_override_opens_the_way_to_acceptance(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> None:
    target = submitted("In an emergency", WRONG)
    reason = "118 is what the source means here."
    review.override(session, target, "number", reason, actor=cast.reviewer_ur, now=now)
    review.accept(session, target, actor=cast.reviewer_ur, now=now)
    assert target.state is TargetState.ACCEPTED
    assert [each.reason for each in review.list_overrides(session, target)] == [reason]
