"""A table goes to an agency and comes back: every row is accounted for."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import docx
import pytest
from sqlmodel import Session, select

from tests.translation.conftest import change, counted, unit_saying
from welcome.accounts.models import JournalEntry
from welcome.errors import NotAllowed
from welcome.packs import access
from welcome.packs.models import Pack
from welcome.translation import progress, review, targets
from welcome.translation.errors import BlockingFindings, LocaleNotOffered
from welcome.translation.exchange import word_table
from welcome.translation.exchange.word_table import Outcome, Row
from welcome.translation.models import Origin, Target, TargetState
from welcome.translation.review import StatementDraft
from welcome.translation.targets import Draft

POLISH = {
    "Find a surgery": "Znajdź przychodnię w pobliżu.",
    "Do this first": "Najpierw zrób to",
    "Call {{council-line}}": "Zadzwoń pod {{council-line}}, jeśli odmówią.",
}


def sent_out(session: Session, pack: Pack, tag: str = "pl") -> bytes:
    page = access.get_page(session, pack, "doctor")
    lines = word_table.list_lines(session, pack, tag, page=page)
    return word_table.write(lines, source_tag="en", tag=tag)


def filled(file: bytes, texts: dict[str, str]) -> bytes:
    """Write translations into the second column, as somebody in Word does."""
    document = docx.Document(io.BytesIO(file))
    for table in document.tables:
        for row in table.rows:
            for words, text in texts.items():
                if words in row.cells[0].text:
                    row.cells[1].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def counts(outcome: Outcome) -> dict[str, int]:
    return {name: len(rows) for name, rows in vars(outcome).items() if rows}


@pytest.fixture
def take_in(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> Callable[[list[Row]], Outcome]:
    def apply(rows: list[Row], tag: str = "pl", *, all_read: bool = False) -> Outcome:
        table = word_table.Returned(rows, all_read=all_read)
        return word_table.apply(session, pack, tag, table, actor=cast.officer, now=now)

    return apply


TakeIn = Callable[..., Outcome]


def test_an_officer_sends_a_page_out_and_publishes_nothing_unread(
    session: Session, pack: Pack, take_in: TakeIn, cast: SimpleNamespace, now: datetime
) -> None:
    rows = word_table.read(filled(sent_out(session, pack), POLISH))
    assert len(rows) == 8
    outcome = take_in(rows)
    assert counts(outcome) == {"saved": 3, "empty": 5}
    for each in outcome.saved:
        assert each.target.state is TargetState.SUBMITTED
        assert each.target.origin is Origin.IMPORT
        assert each.findings == []
    statement = StatementDraft("Example Agency", "EX-7", now.date(), two_linguists=True)
    done = [each.target for each in outcome.saved]
    review.accept_on_statement(session, done, statement, actor=cast.officer, now=now)
    session.commit()
    assert progress.matrix(session, pack).total_of("pl").accepted == 3
    assert len(word_table.list_lines(session, pack, "pl")) == 15


def test_taking_the_same_file_in_again_changes_nothing(
    session: Session, pack: Pack, take_in: TakeIn
) -> None:
    rows = word_table.read(filled(sent_out(session, pack), POLISH))
    take_in(rows)
    assert counts(take_in(rows)) == {"unchanged": 3, "empty": 5}
    acts = session.exec(select(JournalEntry.act)).all()
    assert acts.count("table.taken_in") == 2


def test_a_source_that_changed_meanwhile_makes_a_row_stale(
    session: Session, pack: Pack, take_in: TakeIn, now: datetime
) -> None:
    file = filled(sent_out(session, pack), POLISH)
    change(session, pack, "Find a surgery", "Find a good surgery", now)
    outcome = take_in(word_table.read(file))
    assert counts(outcome) == {"saved": 2, "empty": 5, "stale": 1}
    assert outcome.stale[0].text == POLISH["Find a surgery"]


def test_a_row_that_was_saved_but_never_handed_in_is_handed_in(
    session: Session,
    pack: Pack,
    take_in: TakeIn,
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    unit = unit_saying(session, pack, "Find a surgery")
    draft = Draft("Poszukaj.")
    saved = targets.save(session, unit, "pl", draft, actor=cast.officer, now=now)
    rows = word_table.read(sent_out(session, pack))
    assert counts(take_in(rows)) == {"saved": 1, "empty": 7}
    assert (saved.state, saved.revision) == (TargetState.SUBMITTED, 1)
    assert counts(take_in(rows)) == {"unchanged": 1, "empty": 7}


def test_taking_in_more_rows_reads_no_more(
    session: Session, pack: Pack, take_in: TakeIn
) -> None:
    file = sent_out(session, pack)
    reads = []
    for texts in ({"It is free": "Za darmo."}, POLISH):
        with counted(session) as seen:
            take_in(word_table.read(filled(file, texts)))
        reads.append(sum(each.startswith("SELECT") for each in seen))
    assert reads[0] == reads[1]


def test_what_somebody_wrote_meanwhile_is_not_overwritten(
    session: Session, pack: Pack, take_in: TakeIn, cast: SimpleNamespace, now: datetime
) -> None:
    file = filled(sent_out(session, pack), POLISH)
    unit = unit_saying(session, pack, "Find a surgery")
    draft = Draft("Poszukaj przychodni.")
    targets.save(session, unit, "pl", draft, actor=cast.officer, now=now)
    outcome = take_in(word_table.read(file))
    assert counts(outcome) == {"saved": 2, "empty": 5, "conflicts": 1}
    assert outcome.conflicts[0].text == POLISH["Find a surgery"]
    found = targets.targets_of(session, [unit.id], "pl").get(unit.id)
    assert found
    assert found.text == "Poszukaj przychodni."


def test_a_correction_of_what_went_out_is_taken(
    session: Session, pack: Pack, take_in: TakeIn, cast: SimpleNamespace, now: datetime
) -> None:
    unit = unit_saying(session, pack, "Find a surgery")
    draft = Draft("Poszukaj.", 0, Origin.MACHINE)
    targets.save(session, unit, "pl", draft, actor=cast.officer, now=now)
    file = sent_out(session, pack)
    outcome = take_in(word_table.read(filled(file, POLISH)))
    assert counts(outcome) == {"saved": 3, "empty": 5}
    assert {each.target.revision for each in outcome.saved} == {1, 2}


DAMAGES: dict[str, tuple[str, Callable[[Row], Row]]] = {
    "pin gone": ("damaged", lambda row: replace(row, pin=None)),
    "source changed": ("damaged", lambda row: replace(row, source="Find two.")),
    "source emptied": ("damaged", lambda row: replace(row, source="")),
    "other pack": (
        "unknown",
        lambda r: replace(r, pin=replace(r.known_pin, pack="city")),
    ),
    "other locale": (
        "unknown",
        lambda r: replace(r, pin=replace(r.known_pin, tag="ur")),
    ),
    "no such unit": (
        "unknown",
        lambda r: replace(r, pin=replace(r.known_pin, unit_id=10**9)),
    ),
    "unit mistyped": (
        "unknown",
        lambda r: replace(r, pin=replace(r.known_pin, unit_id=r.known_pin.unit_id + 1)),
    ),
    "key mistyped": (
        "unknown",
        lambda r: replace(r, pin=replace(r.known_pin, key_hash="00000000")),
    ),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_row_that_cannot_be_saved_is_given_back_whole(
    how: str, session: Session, pack: Pack, take_in: TakeIn
) -> None:
    place, damage = DAMAGES[how]
    rows = word_table.read(filled(sent_out(session, pack), POLISH))
    at = next(i for i, row in enumerate(rows) if "Find a surgery" in row.source)
    rows[at] = damage(rows[at])
    outcome = take_in(rows)
    assert counts(outcome) == {"saved": 2, "empty": 5, place: 1}
    assert getattr(outcome, place)[0].text == POLISH["Find a surgery"]


def test_a_row_that_is_there_twice_counts_once(
    session: Session, pack: Pack, take_in: TakeIn
) -> None:
    rows = word_table.read(filled(sent_out(session, pack), POLISH))
    row = next(each for each in rows if each.text)
    outcome = take_in([*rows, replace(row, text="Coś innego")])
    assert counts(outcome) == {"saved": 3, "empty": 5, "damaged": 1}
    assert outcome.damaged[0].text == "Coś innego"


def test_a_wrong_row_is_saved_with_its_findings_and_cannot_be_accepted(
    session: Session, pack: Pack, take_in: TakeIn, cast: SimpleNamespace, now: datetime
) -> None:
    texts = {"Call {{council-line}}": "Zadzwoń, jeśli odmówią."}
    outcome = take_in(word_table.read(filled(sent_out(session, pack), texts)))
    saved = outcome.saved[0]
    assert [each.code for each in saved.findings] == ["fact-missing"]
    statement = StatementDraft("Example Agency", "EX-7", now.date(), two_linguists=True)
    with pytest.raises(BlockingFindings):
        review.accept_on_statement(
            session, [saved.target], statement, actor=cast.officer, now=now
        )


def test_breaks_in_a_cell_become_blanks_where_the_source_has_none(
    session: Session, pack: Pack, take_in: TakeIn
) -> None:
    texts = {"Find a surgery": "Znajdź przychodnię\nw pobliżu."}
    take_in(word_table.read(filled(sent_out(session, pack), texts)))
    unit = unit_saying(session, pack, "Find a surgery")
    target = targets.targets_of(session, [unit.id], "pl").get(unit.id)
    assert target
    assert target.text == "Znajdź przychodnię w pobliżu."


def test_done_texts_do_not_go_out(
    session: Session, pack: Pack, submitted: Callable[..., Target]
) -> None:
    before = len(word_table.list_lines(session, pack, "ur"))
    submitted("Find a surgery")
    sources = [each.source for each in word_table.list_lines(session, pack, "ur")]
    assert len(sources) == before - 1
    assert not any("Find a surgery" in source for source in sources)


def test_listing_takes_three_queries_for_any_number_of_pages(
    session: Session, pack: Pack
) -> None:
    with counted(session) as seen:
        assert len(word_table.list_lines(session, pack, "pl")) == 18
    assert len(seen) == 3


def test_who_may_not_take_a_table_in(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> None:
    rows = word_table.read(sent_out(session, pack))
    table = word_table.Returned(rows)
    for actor in (cast.writer, cast.translator_ur):
        with pytest.raises(NotAllowed):
            word_table.apply(session, pack, "pl", table, actor=actor, now=now)
    with pytest.raises(LocaleNotOffered):
        word_table.apply(session, pack, "en", table, actor=cast.officer, now=now)
    with pytest.raises(LocaleNotOffered):
        word_table.list_lines(session, pack, "uk")
