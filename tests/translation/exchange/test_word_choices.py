"""What goes out in a Word table, and what its sender says to have read."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from tests.translation.conftest import unit_saying
from welcome.packs import access, versions
from welcome.packs.models import Pack, Unit
from welcome.translation.exchange import word_table
from welcome.translation.models import Origin, Target, TargetState


@pytest.fixture
def draft(session: Session, pack: Pack, now: datetime) -> Target:
    """What a machine drafted and nobody read."""
    unit = unit_saying(session, pack, "Do this first")
    draft = Target(
        unit_id=unit.id,
        tag="pl",
        text="Najpierw zrób to",
        state=TargetState.TRANSLATED,
        origin=Origin.MACHINE,
        revision=1,
        saved_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


@pytest.mark.parametrize("all_read", [False, True])
def test_a_draft_that_comes_back_as_it_was_is_read_only_where_somebody_says_so(
    session: Session,
    pack: Pack,
    cast: SimpleNamespace,
    draft: Target,
    now: datetime,
    all_read: bool,
) -> None:
    lines = word_table.list_lines(session, pack, "pl")
    rows = word_table.read(word_table.write(lines, source_tag="en", tag="pl"))
    table = word_table.Returned(rows, all_read=all_read)
    outcome = word_table.apply(session, pack, "pl", table, actor=cast.officer, now=now)
    assert len(outcome.saved) == all_read
    assert len(outcome.untouched) == (not all_read)
    assert draft.is_unread is not all_read


def test_only_what_changed_goes_out_where_that_is_asked(
    session: Session, pack: Pack, draft: Target, now: datetime
) -> None:
    changed = partial(word_table.list_lines, session, pack, "pl", only_changed=True)
    assert changed() == []
    page = access.get_page(session, pack, "doctor")
    old = versions.draft_of(versions.head(session, page))
    body = old.body.replace("Do this first", "Do this first today")
    new = replace(old, body=body)
    versions.save(session, page, new, based_on=1, actor=None, now=now)
    (line,) = changed()
    assert line.source == "Do this first today"


def test_the_very_words_of_a_draft_that_came_meanwhile_are_read(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime, draft: Target
) -> None:
    session.delete(draft)
    session.flush()
    lines = word_table.list_lines(session, pack, "pl")
    unit = session.get_one(Unit, draft.unit_id)
    rows = word_table.read(word_table.write(lines, source_tag="en", tag="pl"))
    (row,) = [each for each in rows if each.source == unit.text]
    words = "Najpierw zrób to"
    made = Target(unit_id=unit.id, tag="pl", text=words, state=TargetState.TRANSLATED)
    made.origin, made.revision, made.saved_at = Origin.MACHINE, 1, now
    session.add(made)
    session.flush()
    table = word_table.Returned([replace(row, text=words)], all_read=True)
    outcome = word_table.apply(session, pack, "pl", table, actor=cast.officer, now=now)
    assert [each.target.state for each in outcome.saved] == [TargetState.SUBMITTED]
