"""How far each page is: counts, queues, costs, and queries that do not grow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from tests.translation.conftest import change, counted, placed_of
from welcome.packs import access, versions
from welcome.packs.models import Pack, Unit
from welcome.packs.versions import PageDraft
from welcome.translation import progress, review, targets
from welcome.translation.exchange import word_table
from welcome.translation.models import Origin, Target
from welcome.translation.progress import Counts
from welcome.translation.targets import Draft

Submit = Callable[..., Target]


def counts_of(session: Session, pack: Pack, name: str, tag: str) -> Counts:
    page = access.get_page(session, pack, name)
    return progress.matrix(session, pack).cells[page.id, tag]


def test_a_pack_nobody_has_translated(session: Session, pack: Pack) -> None:
    found = progress.matrix(session, pack)
    assert list(found.tags) == ["ar", "ur", "pl"]
    assert [page.name for page, _version in found.pages] == [
        "start",
        "doctor",
        "safety",
        "privacy",
    ]
    doctor = counts_of(session, pack, "doctor", "ur")
    assert doctor == Counts(total=8)
    assert (doctor.missing, doctor.open, doctor.is_complete) == (8, 8, False)
    assert found.total_of("ur") == Counts(total=18)


def test_an_emptied_text_is_missing_and_queued_again(
    session: Session,
    pack: Pack,
    submitted: Submit,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    target = submitted("Find a surgery")
    unit = session.get_one(Unit, target.unit_id)
    emptied = Draft("", target.revision)
    targets.save(session, unit, "ur", emptied, actor=cast.translator_ur, now=now)
    assert counts_of(session, pack, "doctor", "ur") == Counts(total=8)
    assert counts_of(session, pack, "doctor", "ur").missing == 8
    lines = word_table.list_lines(session, pack, "ur")
    assert unit.id in {line.pin.unit_id for line in lines}


def test_every_state_is_counted_in_its_own_locale(
    session: Session,
    pack: Pack,
    submitted: Submit,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    reviewer = cast.reviewer_ur
    review.accept(session, submitted("Find a surgery"), actor=reviewer, now=now)
    back = submitted("Do this first")
    review.give_back(session, back, "Simpler.", actor=reviewer, now=now)
    submitted("It is free")
    doctor = counts_of(session, pack, "doctor", "ur")
    assert doctor == Counts(total=8, submitted=1, returned=1, accepted=1)
    assert (doctor.missing, doctor.open) == (5, 6)
    assert counts_of(session, pack, "doctor", "ar") == Counts(total=8)


def test_one_changed_paragraph_opens_one_unit_in_every_locale(
    session: Session,
    pack: Pack,
    submitted: Submit,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    review.accept(session, submitted("Find a surgery"), actor=cast.reviewer_ur, now=now)
    before = progress.matrix(session, pack)
    change(session, pack, "Find a surgery", "Find a good surgery", now)
    assert counts_of(session, pack, "doctor", "ur") == Counts(total=8, stale=1)
    assert counts_of(session, pack, "doctor", "ar") == Counts(total=8)
    change(session, pack, "Find a good", "Find a really good", now)
    assert counts_of(session, pack, "doctor", "ur").stale == 1
    submitted("Find a really good")
    again = counts_of(session, pack, "doctor", "ur")
    assert again == Counts(total=8, submitted=1)
    assert before.total_of("ur").accepted == 1


def test_pages_with_open_units_come_first_in_a_queue(
    session: Session, pack: Pack, submitted: Submit
) -> None:
    placed = versions.list_units(
        session, versions.head(session, access.get_page(session, pack, "start"))
    )
    assert len(placed) == 3
    queued = progress.queue(session, pack, "ur")
    assert [each.page.name for each in queued][:2] == ["start", "doctor"]
    assert [each.counts.open for each in queued] == [3, 8, 5, 2]


def test_machine_drafts_are_left_until_somebody_has_read_them(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> None:
    reader = cast.translator_ur
    placed = placed_of(session, pack)
    for each in placed:
        draft = Draft("مسودہ", 0, Origin.MACHINE)
        targets.save(session, each.unit, "ur", draft, actor=None, now=now)
    doctor = counts_of(session, pack, "doctor", "ur")
    assert doctor == Counts(total=8, translated=8, unread=8)
    assert (doctor.missing, doctor.left, doctor.open) == (0, 8, 8)
    read = Draft("مسودہ", 1)
    for each in placed[:3]:
        targets.save(session, each.unit, "ur", read, actor=reader, now=now)
    doctor = counts_of(session, pack, "doctor", "ur")
    assert (doctor.unread, doctor.left, doctor.open) == (5, 5, 8)
    for each in placed[3:]:
        targets.save(session, each.unit, "ur", read, actor=reader, now=now)
    # What only has to be handed in comes after what has to be written.
    queued = progress.queue(session, pack, "ur")
    assert [each.page.name for each in queued][-1] == "doctor"
    assert (queued[-1].counts.left, queued[-1].counts.open) == (0, 8)


@pytest.mark.parametrize(
    ("old", "new", "opened"),
    [
        ("Find a surgery near you.", "Find a good surgery near you.", 1),
        ("Find a surgery near you.", "Find  a surgery\n   near you.", 0),
        ("## Do this first", "## Do this first\n\nOne more.\n\nAnd one.", 2),
        ("1. Find a surgery near you.\n", "", 0),
    ],
)
def test_the_cost_of_a_change_is_known_before_and_true_after(
    old: str, new: str, opened: int, session: Session, pack: Pack, now: datetime
) -> None:
    page = access.get_page(session, pack, "doctor")
    head = versions.head(session, page)
    draft = versions.draft_of(head)
    draft = replace(draft, body=draft.body.replace(old, new))
    assert progress.cost(session, page, draft) == opened
    before = {each.unit.id for each in versions.list_units(session, head)}
    made = versions.save(session, page, draft, based_on=page.head, actor=None, now=now)
    after = {each.unit.id for each in versions.list_units(session, made)}
    assert len(after - before) == opened


def test_a_new_page_and_a_new_title_cost_what_they_hold(
    session: Session, pack: Pack
) -> None:
    fresh = PageDraft("bins", "Bins", "Put them out.\n\n- On Monday.", "When to.")
    assert progress.cost(session, None, fresh) == 4
    page = access.get_page(session, pack, "doctor")
    draft = versions.draft_of(versions.head(session, page))
    assert progress.cost(session, page, replace(draft, title="A doctor")) == 1
    assert progress.cost(session, page, replace(draft, summary="")) == 0


def grow(session: Session, pack: Pack, count: int, now: datetime) -> None:
    for number in range(count):
        body = f"First text of page {number}.\n\nSecond text of page {number}."
        draft = PageDraft(
            f"page-{number}", f"Page {number}", body, position=10 + number
        )
        versions.add_page(session, pack, f"page-{number}", draft, actor=None, now=now)
    session.commit()


def test_queries_do_not_grow_with_the_pack(
    session: Session, pack: Pack, submitted: Submit, now: datetime
) -> None:
    submitted("Find a surgery")
    session.commit()

    def queries() -> tuple[int, int]:
        with counted(session) as of_matrix:
            progress.matrix(session, pack)
        with counted(session) as of_queue:
            progress.queue(session, pack, "ur")
        return len(of_matrix), len(of_queue)

    small = queries()
    grow(session, pack, 30, now)
    assert queries() == small
    assert small == (6, 6)
    assert len(progress.queue(session, pack, "ur")) == 34
