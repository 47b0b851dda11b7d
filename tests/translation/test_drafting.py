"""What is offered to a translator, and where it comes from."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, select

from tests.translation.conftest import (
    NEW,
    OLD,
    URDU,
    change,
    counted,
    offered,
    placed_of,
    unit_saying,
)
from welcome.packs.models import Pack
from welcome.segmentation import Op
from welcome.translation import drafting, memory, review, targets
from welcome.translation.drafting import SuggestionNote
from welcome.translation.models import MemoryEntry, Origin, Target

Submit = Callable[..., Target]


def test_a_changed_paragraph_is_offered_its_own_past_with_the_difference(
    session: Session, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    change(session, pack, OLD, NEW, now)
    first = offered(session, pack, "Find a good")[0]
    assert (first.text, first.note) == (URDU, SuggestionNote.PAST)
    assert first.origin is Origin.MEMORY
    assert 80 < first.score < 100
    old = "".join(text for op, text in first.source_diff if op is not Op.INSERT)
    new = "".join(text for op, text in first.source_diff if op is not Op.DELETE)
    assert (old, new) == (OLD, NEW)


def test_the_past_reaches_over_changes_that_nobody_translated(
    session: Session, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    change(session, pack, OLD, "Look for a surgery near you.", now)
    change(session, pack, "Look for a surgery", "Look for a good surgery", now)
    past = [
        each
        for each in offered(session, pack, "Look for a good")
        if each.note is SuggestionNote.PAST
    ]
    assert [each.text for each in past] == [URDU]


def test_an_accepted_past_comes_before_a_newer_one_nobody_checked(
    session: Session, pack: Pack, accepted: Submit, submitted: Submit, now: datetime
) -> None:
    accepted("Find a surgery", "قبول شدہ متن")
    change(session, pack, OLD, NEW, now)
    submitted("Find a good", "غیر جانچا متن")
    change(session, pack, NEW, NEW.replace("good", "very good"), now)
    assert offered(session, pack, "very good")[0].text == "قبول شدہ متن"


def test_a_past_that_nobody_checked_says_so(
    session: Session, pack: Pack, submitted: Submit, now: datetime
) -> None:
    submitted("Find a surgery")
    change(session, pack, OLD, NEW, now)
    notes = [each.note for each in offered(session, pack, "Find a good")]
    assert notes == [SuggestionNote.PAST_UNCHECKED]


def test_the_memory_offers_the_same_text_in_its_place_first(
    session: Session, pack: Pack, now: datetime
) -> None:
    unit = unit_saying(session, pack, "Find a surgery")
    here = memory.context_hashes(placed_of(session, pack))[unit.id]
    for context, text, age in ((here, "یہاں", 2), ("0" * 64, "کہیں اور", 1)):
        entry = MemoryEntry(
            source_tag="en",
            tag="ur",
            key_hash=unit.key_hash,
            context_hash=context,
            length=len(OLD),
            source=OLD,
            target=text,
            learned_at=now - timedelta(days=age),
        )
        session.add(entry)
    found = [
        (each.text, each.note) for each in offered(session, pack, "Find a surgery")
    ]
    assert found == [
        ("یہاں", SuggestionNote.IN_CONTEXT),
        ("کہیں اور", SuggestionNote.EXACT),
    ]


def test_the_memory_learns_once_for_each_place(
    session: Session, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    accepted("Find a surgery", "بہتر متن ہے")
    entry = session.exec(select(MemoryEntry)).one()
    session.refresh(entry)
    assert entry.target == "بہتر متن ہے"


def test_a_text_nearly_the_same_is_offered_with_its_difference(
    session: Session, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    change(session, pack, "You do not need papers.", NEW, now, name="safety")
    placed = placed_of(session, pack, "safety")
    unit = next(each.unit for each in placed if each.unit.text == NEW)
    found = drafting.suggestions(session, pack, placed, "ur")[unit.id]
    assert [(each.text, each.note) for each in found] == [(URDU, SuggestionNote.FUZZY)]
    assert 75 <= found[0].score < 100
    assert (Op.INSERT, "good ") in found[0].source_diff


def test_other_locales_are_not_mixed_in(
    session: Session, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    change(session, pack, OLD, NEW, now)
    placed = placed_of(session, pack)
    found = drafting.suggestions(session, pack, placed, "ar")
    assert all(each == [] for each in found.values())


def test_suggestions_take_the_same_queries_for_one_unit_and_for_many(
    session: Session, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    change(session, pack, OLD, NEW, now)
    placed = placed_of(session, pack)
    with counted(session) as few:
        drafting.suggestions(session, pack, placed[:1], "ur")
    with counted(session) as many:
        drafting.suggestions(session, pack, placed, "ur")
    assert len(few) == len(many) == 5


def test_findings_of_many_targets_take_two_queries(
    session: Session, submitted: Submit
) -> None:
    two = [submitted("Find a surgery"), submitted("In an emergency", URDU)]
    session.flush()
    with counted(session) as seen:
        found = review.findings_of(session, two)
    assert len(seen) == 2
    assert found[two[0].id] == []
    assert "fact-missing" in [each.code for each in found[two[1].id]]


def test_a_unit_without_anything_has_no_suggestions(
    session: Session, pack: Pack
) -> None:
    found = drafting.suggestions(session, pack, placed_of(session, pack), "ur")
    assert set(found) == {each.unit.id for each in placed_of(session, pack)}
    assert not any(found.values())
    assert targets.targets_of(session, [0], "ur") == {}
