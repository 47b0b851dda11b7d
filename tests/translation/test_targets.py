"""Saving and handing in: nothing is lost, nobody overwrites anybody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from tests.translation.conftest import URDU, steps_of, unit_saying
from welcome.database import Sessions
from welcome.errors import NotAllowed
from welcome.packs.models import Pack, Unit
from welcome.translation import review, targets
from welcome.translation.errors import (
    MoveNotAllowed,
    SaveConflict,
    TooLong,
)
from welcome.translation.models import MOVES, Origin, Target, TargetState
from welcome.translation.targets import Draft


@pytest.fixture
def unit(session: Session, pack: Pack) -> Unit:
    return unit_saying(session, pack, "Find a surgery")


def test_a_target_remembers_every_step(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    umar = cast.translator_ur
    target = targets.save(session, unit, "ur", Draft("پہلا"), actor=umar, now=now)
    later = now + timedelta(hours=1)
    draft = Draft("دوسرا", target.revision, Origin.MACHINE)
    targets.save(session, unit, "ur", draft, actor=umar, now=later)
    targets.submit(session, target, actor=umar, now=later)
    steps = [(e.revision, e.state, e.text) for e in steps_of(session, target)]
    assert steps == [
        (2, TargetState.SUBMITTED, "دوسرا"),
        (2, TargetState.TRANSLATED, "دوسرا"),
        (1, TargetState.TRANSLATED, "پہلا"),
    ]
    assert (target.origin, target.author_id, target.saved_at) == (
        Origin.MACHINE,
        umar.id,
        later,
    )


def test_the_second_to_save_gets_both_texts(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    first = Draft("پہلا")
    targets.save(session, unit, "ur", first, actor=cast.translator_ur, now=now)
    late = Draft("دیر سے")
    with pytest.raises(SaveConflict) as raised:
        targets.save(session, unit, "ur", late, actor=cast.reviewer_ur, now=now)
    assert raised.value.params["theirs"] == "پہلا"
    assert raised.value.params["typed"] == "دیر سے"
    assert raised.value.params["revision"] == 1
    again = Draft("دیر سے", 1)
    saved = targets.save(session, unit, "ur", again, actor=cast.reviewer_ur, now=now)
    assert saved.text == "دیر سے"


def test_two_who_type_the_same_do_not_meet(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    for actor in (cast.translator_ur, cast.reviewer_ur):
        target = targets.save(session, unit, "ur", Draft(URDU), actor=actor, now=now)
    assert (target.revision, target.author_id) == (1, cast.translator_ur.id)


def test_the_first_save_of_two_people_at_once(
    maker: Sessions, session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    """The row appears between looking and writing, as on PostgreSQL it can."""
    umar = cast.translator_ur
    unit_id = unit.id
    session.rollback()
    with maker.begin() as other:
        targets.save(
            other, other.get_one(Unit, unit_id), "ur", Draft("الف"), actor=None, now=now
        )
    none_yet = Target(unit_id=unit_id, tag="ur")
    late = Draft("ب")
    with pytest.raises(SaveConflict) as raised:
        targets.put(session, unit, none_yet, late, actor=umar, now=now)
    assert raised.value.params["theirs"] == "الف"
    draft = Draft("ب", 1)
    assert targets.save(session, unit, "ur", draft, actor=umar, now=now).text == "ب"


def test_saving_the_same_text_keeps_its_acceptance(
    session: Session,
    submitted: Callable[..., Target],
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    target = submitted("Find a surgery")
    review.accept(session, target, actor=cast.reviewer_ur, now=now)
    unit = session.get_one(Unit, target.unit_id)
    draft = Draft(f" {URDU} \n", target.revision)
    targets.save(session, unit, "ur", draft, actor=cast.translator_ur, now=now)
    assert target.state is TargetState.ACCEPTED
    draft = Draft("اور", target.revision)
    targets.save(session, unit, "ur", draft, actor=cast.translator_ur, now=now)
    assert target.state is TargetState.TRANSLATED
    assert (target.reviewer_id, target.reviewed_at) == (None, None)


def test_what_is_stored_is_clean(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> None:
    title = unit_saying(session, pack, "See a doctor")
    typed = Draft("ڈاکٹر\x02\r\n\u202e سے  ملیں\t")
    saved = targets.save(session, title, "ur", typed, actor=cast.translator_ur, now=now)
    assert saved.text == "ڈاکٹر سے ملیں"


@pytest.mark.parametrize(
    ("who", "tag", "may"),
    [
        ("translator_ur", "ur", True),
        ("translator_ur", "ar", False),
        ("reviewer_ur", "ur", True),
        ("officer", "pl", True),
        ("publisher", "pl", True),
        ("writer", "ur", False),
        ("administrator", "ur", False),
    ],
)
def test_who_may_save(
    who: str,
    tag: str,
    may: bool,
    session: Session,
    unit: Unit,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    actor = getattr(cast, who)
    if may:
        assert targets.save(session, unit, tag, Draft("x"), actor=actor, now=now).id
        return
    with pytest.raises(NotAllowed):
        targets.save(session, unit, tag, Draft("x"), actor=actor, now=now)


def test_an_account_switched_off_saves_nothing(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    cast.translator_ur.active = False
    with pytest.raises(NotAllowed):
        targets.save(session, unit, "ur", Draft("x"), actor=cast.translator_ur, now=now)


@pytest.mark.parametrize(
    ("source", "most"), [(1, 2_000), (500, 2_000), (600, 2_400), (90_000, 20_000)]
)
def test_a_text_may_be_so_much_longer_than_its_source(source: int, most: int) -> None:
    unit = Unit(text="x" * source)
    targets.refuse_too_long(unit, "y" * most)
    with pytest.raises(TooLong) as raised:
        targets.refuse_too_long(unit, "y" * (most + 1))
    assert raised.value.params == {"most": most}


def test_a_text_that_is_too_long_is_not_saved(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    draft = Draft("x" * 2_001)
    with pytest.raises(TooLong):
        targets.save(session, unit, "ur", draft, actor=cast.translator_ur, now=now)
    assert targets.targets_of(session, [unit.id], "ur").get(unit.id) is None


def test_an_empty_box_is_no_translation(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    umar, empty = cast.translator_ur, Draft(" \u202e\n")
    assert targets.save(session, unit, "ur", empty, actor=umar, now=now).text == ""
    assert targets.targets_of(session, [unit.id], "ur").get(unit.id) is None
    target = targets.save(session, unit, "ur", Draft(URDU), actor=umar, now=now)
    emptied = Draft("", target.revision)
    targets.save(session, unit, "ur", emptied, actor=umar, now=now)
    assert (target.text, target.state) == ("", TargetState.INITIAL)
    assert (target.revision, target.is_blocked) == (2, False)
    again = Draft("", 2)
    targets.save(session, unit, "ur", again, actor=umar, now=now)
    assert target.revision == 2
    assert [each.text for each in steps_of(session, target)] == ["", URDU]


@pytest.mark.parametrize("state", list(TargetState)[1:])
def test_emptied_in_any_state_a_text_is_missing_again(
    state: TargetState,
    session: Session,
    submitted: Callable[..., Target],
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    target = submitted("Find a surgery")
    target.state = state
    session.flush()
    unit = session.get_one(Unit, target.unit_id)
    emptied = Draft("", target.revision)
    targets.save(session, unit, "ur", emptied, actor=cast.translator_ur, now=now)
    assert (target.state, target.reviewer_id) == (TargetState.INITIAL, None)


@pytest.mark.parametrize("start", TargetState)
@pytest.mark.parametrize("to", TargetState)
def test_a_target_moves_as_the_table_says(start: TargetState, to: TargetState) -> None:
    target = Target(unit_id=1, tag="ur", state=start)
    if to in MOVES[start]:
        targets.move(target, to)
        assert target.state is to
        return
    with pytest.raises(MoveNotAllowed) as raised:
        targets.move(target, to)
    assert target.state is start
    assert raised.value.params == {"state": start.value, "to": to.value}


def test_every_state_is_reached_from_the_first() -> None:
    reached = {TargetState.INITIAL}
    for _step in TargetState:
        reached |= {to for state in reached for to in MOVES[state]}
    assert reached == set(TargetState)
    assert set(MOVES) == set(TargetState)
