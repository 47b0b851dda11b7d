"""Drafting a pack by machine: once, where nothing better is, and kept chunk by chunk."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlmodel import Session, col, select

from tests.translation.conftest import OLD, change, offered, unit_saying
from welcome.database import Sessions
from welcome.packs.models import Pack
from welcome.translation import drafting_by_machine
from welcome.translation.drafting import SuggestionNote
from welcome.translation.drafting_by_machine import Order
from welcome.translation.errors import LocaleNotOffered, NoRoute, NotDrafted
from welcome.translation.machine.drafts import (
    Chunks,
    DraftNote,
    Made,
    Note,
    Task,
)
from welcome.translation.machine.pseudo import PseudoEngine
from welcome.translation.machine.working import work
from welcome.translation.models import MachineDraft, MemoryEntry, Origin, Target

Submit = Callable[..., Target]


def order(*tags: str, anew: bool = False) -> Order:
    return Order("town", tags or ("ur",), "pseudo", anew)


def pseudo(task: Task) -> Chunks:
    yield from work(PseudoEngine(), task)


class Watched:
    """A drafter that notes what it is asked, and gives a few drafts at a time."""

    def __init__(self, *, most: int = 1000, words: str = "") -> None:
        self.asked: list[Task] = []
        self.most = most
        self.words = words
        self.closed = False

    def __call__(self, task: Task) -> Chunks:
        self.asked.append(task)
        texts = task.texts[: self.most]
        try:
            for start in range(0, len(texts), 5):
                yield [Made(self.words + each) for each in texts[start : start + 5]]
        finally:
            self.closed = True


def drafts(session: Session, tag: str = "ur") -> Sequence[MachineDraft]:
    session.commit()
    wanted = select(MachineDraft).where(MachineDraft.tag == tag)
    found = session.exec(wanted.order_by(col(MachineDraft.unit_id))).all()
    session.commit()
    return found


def test_drafts_are_made_once_and_only_where_nothing_better_is(
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
    made = drafting_by_machine.draft(maker, order(), pseudo, now=lambda: now)
    drafted = {each.unit_id for each in drafts(session)}
    assert len(drafted) == made > 10
    assert not drafted & {written, remembered}
    assert drafting_by_machine.draft(maker, order(), pseudo, now=lambda: now) == 0
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
    drafting_by_machine.draft(maker, order(), pseudo, now=lambda: now)
    assert copy.id not in {each.unit_id for each in drafts(session)}


def test_a_text_that_hardly_changed_needs_no_machine_either(
    session: Session, maker: Sessions, pack: Pack, accepted: Submit, now: datetime
) -> None:
    accepted("Find a surgery")
    change(session, pack, OLD, f"{OLD} now", now)
    changed = unit_saying(session, pack, f"{OLD} now")
    session.commit()
    drafting_by_machine.draft(maker, order(), pseudo, now=lambda: now)
    assert changed.id not in {each.unit_id for each in drafts(session)}


def test_an_equal_text_is_asked_for_once_and_offered_wherever_it_stands(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    change(session, pack, "You do not need papers.", OLD, now, name="safety")
    drafter = Watched(words="-")
    drafting_by_machine.draft(maker, order(), drafter, now=lambda: now)
    (task,) = drafter.asked
    assert len(task.texts) == len(set(task.texts)) < len(drafts(session))


def test_what_is_known_of_a_draft_is_offered_with_it(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    notes = (Note(DraftNote.FACT_LOST, {"missing": "112"}), Note(DraftNote.UNSURE))

    def unsure(task: Task) -> Chunks:
        yield [Made(f"-{text}", notes, -0.75) for text in task.texts]

    drafting_by_machine.draft(maker, order(), unsure, now=lambda: now)
    first = offered(session, pack, "Do this first")[0]
    assert first.notes == notes
    assert {each.confidence for each in drafts(session)} == {-0.75}


def test_locales_are_drafted_one_by_one_and_steps_count_them_together(
    maker: Sessions, pack: Pack, now: datetime
) -> None:
    drafter, steps = Watched(words="-"), []
    made = drafting_by_machine.draft(
        maker,
        order("ur", "ar"),
        drafter,
        now=lambda: now,
        on_step=lambda done, of: steps.append((done, of)),
    )
    assert [task.target for task in drafter.asked] == ["ur", "ar"]
    assert {task.source for task in drafter.asked} == {"en"}
    asked = sum(len(task.texts) for task in drafter.asked)
    assert (steps[0], steps[-1]) == ((0, asked), (asked, asked))
    assert made >= asked
    assert sorted(steps) == steps


class Stopped(Exception):
    pass


def test_broken_off_and_done_again_it_goes_on(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    drafter = Watched(words="-")

    def stop(done: int, _of: int) -> None:
        if done >= 10:
            raise Stopped

    with pytest.raises(Stopped):
        drafting_by_machine.draft(
            maker, order(), drafter, now=lambda: now, on_step=stop
        )
    assert drafter.closed
    assert len({each.text for each in drafts(session)}) == 10
    drafting_by_machine.draft(maker, order(), drafter, now=lambda: now)
    first, second = drafter.asked
    assert set(first.texts[:10]).isdisjoint(second.texts)
    assert [*first.texts[:10], *second.texts] == list(first.texts)


def test_asked_anew_it_replaces_its_own_drafts_and_no_targets(
    session: Session, maker: Sessions, pack: Pack, submitted: Submit, now: datetime
) -> None:
    drafting_by_machine.draft(maker, order(), Watched(words="old "), now=lambda: now)
    written = submitted("It is free").unit_id
    session.commit()
    before = {each.unit_id for each in drafts(session)}
    anew = Watched(words="new ")
    drafting_by_machine.draft(maker, order(anew=True), anew, now=lambda: now)
    after = {each.unit_id: each.text for each in drafts(session)}
    assert set(after) == before
    assert {unit for unit, text in after.items() if text[:4] == "old "} == {written}


def test_asked_anew_and_broken_off_it_goes_on(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    seconds = count()

    def tick() -> datetime:
        return now + timedelta(seconds=next(seconds))

    def stop(done: int, _of: int) -> None:
        if done >= 10:
            raise Stopped

    drafting_by_machine.draft(maker, order(), Watched(words="old "), now=tick)
    again = replace(order(anew=True), made_since=tick())
    drafter = Watched(words="new ")
    with pytest.raises(Stopped):
        drafting_by_machine.draft(maker, again, drafter, now=tick, on_step=stop)
    drafting_by_machine.draft(maker, again, drafter, now=tick)
    first, second = drafter.asked
    assert [*first.texts[:10], *second.texts] == list(first.texts)
    assert {each.text[:4] for each in drafts(session)} == {"new "}
    assert drafting_by_machine.draft(maker, again, drafter, now=tick) == 0
    later = replace(again, made_since=tick())
    assert drafting_by_machine.draft(maker, later, drafter, now=tick) > 10


def test_a_target_written_meanwhile_gets_no_draft_and_nobody_waits(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    unit = unit_saying(session, pack, "It is free")
    session.commit()

    def slow(task: Task) -> Chunks:
        with maker.begin() as other:
            other.add(Target(unit_id=unit.id, tag="ur", text="مفت", saved_at=now))
        yield [Made(f"-{text}") for text in task.texts]

    drafting_by_machine.draft(maker, order(), slow, now=lambda: now)
    assert unit.id not in {each.unit_id for each in drafts(session)}


def test_an_empty_answer_is_no_draft(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    def silent(task: Task) -> Chunks:
        yield [Made("کچھ"), *(Made(" ") for _text in task.texts[1:])]

    made = drafting_by_machine.draft(maker, order(), silent, now=lambda: now)
    assert made == len(drafts(session)) == 1


def test_an_engine_that_loses_texts_is_told_of_and_the_next_locale_gets_its_drafts(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    def forgetful(task: Task) -> Chunks:
        if task.target == "ar":
            raise NoRoute(engine="x", source="en", target="ar")
        yield from Watched(most=7 if task.target == "ur" else 1000, words="-")(task)

    with pytest.raises(NotDrafted) as refused:
        drafting_by_machine.draft(
            maker, order("ur", "ar", "pl"), forgetful, now=lambda: now
        )
    problems = refused.value.params["problems"]
    assert {tag: each["code"] for tag, each in problems.items()} == {
        "ur": "engine_failed",
        "ar": "no_route",
    }
    assert len({each.text for each in drafts(session)}) == 7
    assert len(drafts(session, "pl")) > 10


@pytest.mark.parametrize("tag", ["en", "uk"])
def test_no_drafts_for_a_locale_the_pack_does_not_offer(
    tag: str, maker: Sessions, pack: Pack, now: datetime
) -> None:
    with pytest.raises(LocaleNotOffered):
        drafting_by_machine.draft(maker, order("ur", tag), pseudo, now=lambda: now)


def test_what_a_drafter_needs_to_know_is_given_to_it(
    session: Session, maker: Sessions, pack: Pack, now: datetime
) -> None:
    session.get_one(Pack, pack.id).do_not_translate = ["NHS"]
    session.commit()
    drafter = Watched(words="-")
    drafting_by_machine.draft(maker, order(), drafter, now=lambda: now)
    (task,) = drafter.asked
    assert (list(task.names), task.region) == (["NHS"], "GB")
