"""Review: a second person, reasons in writing, and an agency where nobody else reads."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select

from tests.translation.conftest import URDU, steps_of, unit_saying
from welcome.accounts import journal
from welcome.accounts.models import Account, Grant, Role
from welcome.errors import NotAllowed
from welcome.packs.models import Pack, Unit
from welcome.translation import review, targets
from welcome.translation.errors import (
    BadStatement,
    BlockingFindings,
    ChangedMeanwhile,
    CommentRequired,
    MoveNotAllowed,
    NoSuchFinding,
    OwnWork,
    ReasonTooShort,
    SecondReaderExists,
)
from welcome.translation.models import MemoryEntry, Origin, Target, TargetState
from welcome.translation.review import StatementDraft
from welcome.translation.targets import Draft

Submit = Callable[..., Target]
POLISH = "Znajdź przychodnię w pobliżu."
WRONG = "ایمرجنسی میں {{emergency}} یا 118 پر کال کریں۔ پیر 08:30 سے 18:00 تک کھلا ہے۔"
RIGHT = WRONG.replace("118", "112")


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


@pytest.fixture
def statement(now: datetime) -> StatementDraft:
    return StatementDraft("Example Agency", "EX-7", now.date(), two_linguists=True)


@pytest.fixture
def polish(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> list[Target]:
    """Two texts that the officer took in from an agency."""
    made = []
    for words, text in (
        ("Find a surgery", POLISH),
        ("It is free", "To jest za darmo."),
    ):
        unit = unit_saying(session, pack, words)
        draft = Draft(text, 0, Origin.IMPORT)
        target = targets.save(session, unit, "pl", draft, actor=cast.officer, now=now)
        made.append(targets.submit(session, target, actor=cast.officer, now=now))
    return made


def test_an_officer_accepts_on_a_statement_where_nobody_else_reads(
    session: Session,
    polish: list[Target],
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    kept = review.accept_on_statement(
        session, polish, statement, actor=cast.officer, now=now
    )
    for target in polish:
        assert (target.state, target.statement_id) == (TargetState.ACCEPTED, kept.id)
        assert target.reviewer_id is None
    assert (kept.agency, kept.reference, kept.tag) == ("Example Agency", "EX-7", "pl")
    assert kept.accepted_by == cast.officer.id
    entry = journal.list_entries(session, subject=("revision_statement", kept.id))[0]
    assert entry.act == "statement.accepted"
    assert entry.details["targets"] == [target.id for target in polish]
    assert len(session.exec(select(MemoryEntry)).all()) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agency", " "),
        ("agency", "x" * 121),
        ("reference", ""),
        ("revised_on", date(2026, 3, 3)),
        ("two_linguists", False),
    ],
)
def test_a_statement_that_lacks_something_accepts_nothing(
    field: str,
    value: object,
    session: Session,
    polish: list[Target],
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    bad = StatementDraft(**{**vars(statement), field: value})
    with pytest.raises(BadStatement) as raised:
        review.accept_on_statement(session, polish, bad, actor=cast.officer, now=now)
    assert raised.value.params == {"missing": field}
    assert {target.state for target in polish} == {TargetState.SUBMITTED}


def test_the_day_of_a_statement_is_the_day_in_the_place(
    session: Session,
    polish: list[Target],
    cast: SimpleNamespace,
) -> None:
    """Half past midnight in summer: the day before in UTC."""
    night = datetime.fromisoformat("2026-06-30T23:30:00+00:00")
    statement = StatementDraft("Example", "EX-7", date(2026, 7, 1), two_linguists=True)
    assert review.accept_on_statement(
        session, polish, statement, actor=cast.officer, now=night
    ).id
    tomorrow = night.date() + timedelta(days=2)
    late = StatementDraft("Example", "EX-7", tomorrow, two_linguists=True)
    with pytest.raises(BadStatement):
        review.accept_on_statement(session, polish, late, actor=cast.officer, now=night)


def add_reviewer(session: Session, now: datetime, tag: str | None) -> Account:
    account = Account(
        email="pola@example.org", name="Pola Sample", fs_uniquifier="p", created_at=now
    )
    session.add(account)
    session.flush()
    session.add(Grant(account_id=account.id, role=Role.REVIEWER, tag=tag))
    session.flush()
    return account


@pytest.mark.parametrize("tag", ["pl", None])
def test_a_second_reader_here_comes_before_any_statement(
    tag: str | None,
    session: Session,
    polish: list[Target],
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    reader = add_reviewer(session, now, tag)
    officer = cast.officer
    with pytest.raises(SecondReaderExists):
        review.accept_on_statement(session, polish, statement, actor=officer, now=now)
    assert polish[0].state is TargetState.SUBMITTED
    reader.active = False
    session.flush()
    review.accept_on_statement(session, polish, statement, actor=officer, now=now)


def test_the_author_is_no_second_reader_of_their_own(
    session: Session,
    pack: Pack,
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    reader = add_reviewer(session, now, "pl")
    unit = unit_saying(session, pack, "Find a surgery")
    target = targets.save(session, unit, "pl", Draft(POLISH), actor=reader, now=now)
    targets.submit(session, target, actor=reader, now=now)
    review.accept_on_statement(
        session, [target], statement, actor=cast.officer, now=now
    )
    assert target.state is TargetState.ACCEPTED


def test_a_statement_does_not_open_what_is_certainly_wrong(
    session: Session,
    pack: Pack,
    polish: list[Target],
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    unit = unit_saying(session, pack, "Call {{council-line}}")
    draft = Draft("Zadzwoń, jeśli odmówią.")
    target = targets.save(session, unit, "pl", draft, actor=cast.officer, now=now)
    targets.submit(session, target, actor=cast.officer, now=now)
    all_three = [*polish, target]
    with pytest.raises(BlockingFindings) as raised:
        review.accept_on_statement(
            session, all_three, statement, actor=cast.officer, now=now
        )
    assert raised.value.params["codes"] == ["fact-missing"]
    assert {each.state for each in all_three} == {TargetState.SUBMITTED}


def test_who_may_not_accept_on_a_statement(
    session: Session,
    polish: list[Target],
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    for actor in (cast.writer, cast.reviewer_ur, cast.administrator):
        with pytest.raises(NotAllowed):
            review.accept_on_statement(session, polish, statement, actor=actor, now=now)


def test_a_statement_speaks_of_one_locale(
    session: Session,
    submitted: Submit,
    polish: list[Target],
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    for mixed in ([], [polish[0], submitted("Find a surgery")]):
        with pytest.raises(BadStatement):
            review.accept_on_statement(
                session, mixed, statement, actor=cast.officer, now=now
            )


def test_a_correction_takes_the_statement_off(
    session: Session,
    polish: list[Target],
    statement: StatementDraft,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    review.accept_on_statement(session, polish, statement, actor=cast.officer, now=now)
    target = polish[0]
    unit = session.get_one(Unit, target.unit_id)
    draft = Draft("Poszukaj przychodni.", target.revision)
    targets.save(session, unit, "pl", draft, actor=cast.officer, now=now)
    assert (target.state, target.statement_id) == (TargetState.TRANSLATED, None)
