"""What is offered to a translator, and where it comes from."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select

from tests.translation.conftest import URDU, change, counted, placed_of, unit_saying
from welcome.config import Settings
from welcome.database import Sessions
from welcome.packs.models import Pack
from welcome.segmentation import Op
from welcome.translation import drafting, memory, review, targets
from welcome.translation.drafting import SuggestionNote
from welcome.translation.errors import EngineFailed, LocaleNotOffered, NoSuchEngine
from welcome.translation.machine.engine import Answer
from welcome.translation.machine.engines import get_engine
from welcome.translation.machine.pseudo import PseudoEngine
from welcome.translation.models import MachineDraft, MemoryEntry, Origin, Target

Submit = Callable[..., Target]
OLD, NEW = "Find a surgery near you.", "Find a good surgery near you."


def offered(session: Session, pack: Pack, words: str) -> list[drafting.Suggestion]:
    placed = placed_of(session, pack)
    unit = unit_saying(session, pack, words)
    return drafting.suggestions(session, pack, placed, "ur")[unit.id]


@pytest.fixture
def accepted(
    session: Session, submitted: Submit, cast: SimpleNamespace, now: datetime
) -> Callable[..., Target]:
    def make(words: str, text: str = URDU) -> Target:
        target = submitted(words, text)
        return review.accept(session, target, actor=cast.reviewer_ur, now=now)

    return make


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


def test_machine_drafts_are_made_once_and_only_where_nothing_better_is(
    session: Session,
    maker: Sessions,
    pack: Pack,
    submitted: Submit,
    accepted: Submit,
    now: datetime,
) -> None:
    written = submitted("It is free").unit_id
    remembered = accepted("Find a surgery").unit_id
    session.delete(
        session.get_one(MemoryEntry, session.exec(select(MemoryEntry.id)).one())
    )
    session.commit()
    engine = PseudoEngine()
    made = drafting.draft_by_machine(maker, "town", "ur", engine, now=now)
    drafted = set(session.exec(select(MachineDraft.unit_id)))
    assert len(drafted) == made > 10
    assert not drafted & {written, remembered}
    session.commit()
    assert drafting.draft_by_machine(maker, "town", "ur", engine, now=now) == 0
    assert (
        session.exec(select(Target).where(Target.unit_id == min(drafted))).all() == []
    )
    first = offered(session, pack, "Do this first")[0]
    assert (first.note, first.origin) == (SuggestionNote.MACHINE, Origin.MACHINE)


def test_what_the_memory_knows_needs_no_machine(
    session: Session, maker: Sessions, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    change(session, pack, "You do not need papers.", OLD, now, name="safety")
    copy = unit_saying(session, pack, OLD, "safety")
    session.commit()
    drafting.draft_by_machine(maker, "town", "ur", PseudoEngine(), now=now)
    assert copy.id not in set(session.exec(select(MachineDraft.unit_id)))


class Forgetful(PseudoEngine):
    """An engine that loses a text."""

    name = "forgetful"

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        del source, target, careful
        return [Answer(text) for text in texts[1:]]


class Silent(PseudoEngine):
    """An engine that has nothing to say about most texts; others may write meanwhile."""

    name = "silent"

    def __init__(self, maker: Sessions) -> None:
        self.maker = maker

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        del source, target, careful
        with self.maker.begin() as session:
            session.get_one(Pack, 1).place = {"name": "City"}
        return [Answer(text) for text in ["کچھ", *(" " for _text in texts[1:])]]


def test_only_drafts_that_were_made_are_counted_and_nobody_waits_for_the_engine(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    made = drafting.draft_by_machine(maker, "town", "ur", Silent(maker), now=now)
    assert made == len(session.exec(select(MachineDraft)).all()) == 1
    session.refresh(pack)
    assert pack.place == {"name": "City"}


def test_an_engine_that_loses_texts_leaves_nothing(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    with pytest.raises(EngineFailed):
        drafting.draft_by_machine(maker, "town", "ur", Forgetful(), now=now)
    assert session.exec(select(MachineDraft)).all() == []


@pytest.mark.parametrize("tag", ["en", "uk"])
def test_no_drafts_for_a_locale_the_pack_does_not_offer(
    tag: str, maker: Sessions, pack: Pack, now: datetime
) -> None:
    with pytest.raises(LocaleNotOffered):
        drafting.draft_by_machine(maker, "town", tag, PseudoEngine(), now=now)


def test_an_unknown_engine_is_not_found() -> None:
    with pytest.raises(NoSuchEngine):
        get_engine("babelfish", Settings())


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
