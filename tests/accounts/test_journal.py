"""The journal: written, paged, never changed."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from welcome.accounts import journal
from welcome.accounts.membership import Invitation, invite
from welcome.accounts.models import JournalEntry

CHANGES = {
    "act": "thing.forged",
    "subject": "other",
    "subject_id": 99,
    "tag": "ar",
    "details": {"reason": "forged"},
    "actor_id": 1,
}


@pytest.fixture
def actor(session, now):
    return invite(
        session, Invitation("actor@example.org", "Actor"), actor=None, now=now
    )


@pytest.fixture
def entry(session, actor, now):
    written = journal.write(
        session, "thing.done", "thing", 7, actor=actor, now=now, tag="ur", reason="why"
    )
    session.commit()
    return written


def test_an_entry_says_who_did_what_to_what(session, entry, actor, now):
    session.expire_all()
    assert (entry.act, entry.subject, entry.subject_id) == ("thing.done", "thing", 7)
    assert (entry.actor_id, entry.at, entry.tag) == (actor.id, now, "ur")
    assert entry.details == {"reason": "why"}


@pytest.mark.parametrize("column", CHANGES)
def test_no_column_can_be_changed(session, entry, column):
    change = sa.update(JournalEntry).where(JournalEntry.id == entry.id)
    if column == "actor_id":
        change = change.values(actor_id=entry.actor_id)
    else:
        change = change.values({column: CHANGES[column]})
    with pytest.raises(DBAPIError, match="never changed"):
        session.exec(change)


@pytest.mark.usefixtures("entry")
def test_the_moment_cannot_be_changed(session, now):
    with pytest.raises(DBAPIError, match="never changed"):
        session.exec(sa.update(JournalEntry).values(at=now.replace(year=2020)))


def test_a_changed_row_object_cannot_be_flushed(session, entry):
    entry.act = "thing.forged"
    with pytest.raises(DBAPIError, match="never changed"):
        session.flush()


@pytest.mark.usefixtures("entry")
def test_an_entry_cannot_be_deleted(session):
    with pytest.raises(DBAPIError, match="never changed"):
        session.exec(sa.delete(JournalEntry))


def test_an_erased_account_leaves_its_entries_without_its_name(session, entry, actor):
    session.delete(actor)
    session.commit()
    session.expire_all()
    assert entry.actor_id is None
    assert entry.details == {"reason": "why"}


def test_entries_are_listed_newest_first_in_pages(session, now):
    for number in range(5):
        journal.write(session, f"act.{number}", "thing", number, actor=None, now=now)
    session.flush()
    first = journal.list_entries(session, subject="thing", limit=2)
    second = journal.list_entries(
        session, subject="thing", before=first[-1].id, limit=2
    )
    assert [each.act for each in first + second] == ["act.4", "act.3", "act.2", "act.1"]


@pytest.mark.usefixtures("entry")
def test_entries_are_found_by_subject_and_actor(session, actor, now):
    journal.write(session, "thing.seen", "thing", 8, actor=None, now=now)
    session.flush()
    one = journal.list_entries(session, subject=("thing", 7))
    assert [each.act for each in one] == ["thing.done"]
    theirs = journal.list_entries(session, actor=actor)
    assert [each.act for each in theirs] == ["thing.done"]
