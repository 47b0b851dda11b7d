"""An agency's word that two linguists read a text, where nobody here reads it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select

from tests.translation.conftest import unit_saying
from welcome.accounts import journal
from welcome.accounts.models import Account, Grant, Role
from welcome.errors import NotAllowed
from welcome.packs.models import Pack, Unit
from welcome.translation import review, targets
from welcome.translation.errors import (
    BadStatement,
    BlockingFindings,
    SecondReaderExists,
)
from welcome.translation.models import MemoryEntry, Origin, Target, TargetState
from welcome.translation.review import StatementDraft
from welcome.translation.targets import Draft

Submit = Callable[..., Target]
POLISH = "Znajdź przychodnię w pobliżu."


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
        # The text was not there yet.
        ("revised_on", date(2026, 3, 1)),
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
        email="pola@example.org",
        name="Pola Sample",
        fs_uniquifier="p",
        created_at=now,
        confirmed_at=now,
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
