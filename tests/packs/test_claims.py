"""What one page in use has alone: its address, and the start; whoever comes second."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import Session

from tests import packs_on_disk
from welcome.accounts import journal
from welcome.packs import access, content, retiring, versions
from welcome.packs.errors import BadPage, ContentRefused, NameTaken, StartTaken
from welcome.packs.models import Group, Pack, Page
from welcome.packs.versions import PageDraft

SECOND = PageDraft(slug="second", title="Second", body="Text.")


@pytest.fixture
def doctor(session: Session, pack: Pack) -> Page:
    return access.get_page(session, pack, "doctor")


def add(session: Session, pack: Pack, now: datetime, name="second", **changes) -> Page:
    draft = replace(SECOND, **changes)
    versions.add_page(session, pack, name, draft, actor=None, now=now)
    return access.get_page(session, pack, name)


def acts(session: Session, page: Page) -> list[str]:
    return [e.act for e in journal.list_entries(session, subject=("page", page.id))]


def test_a_page_whose_address_is_taken_by_now_stays_out_of_use(
    session, pack, doctor, now
):
    retiring.retire(session, doctor, actor=None, now=now)
    add(session, pack, now, slug="doctor")
    with pytest.raises(NameTaken) as refused:
        retiring.bring_back(session, doctor, actor=None, now=now)
    assert refused.value.params == {"name": "doctor", "field": "slug"}
    assert doctor.retired_at == now
    assert "page.brought_back" not in acts(session, doctor)


def test_an_import_does_not_bring_a_page_back_to_a_taken_address(
    session, pack, doctor, now, tmp_path
):
    retiring.retire(session, doctor, actor=None, now=now)
    add(session, pack, now, slug="doctor")
    source = content.read(tmp_path / "content" / "town")
    with pytest.raises(ContentRefused) as refused:
        content.load(session, source, overwrite=True, actor=None, now=now)
    (problem,) = refused.value.problems
    assert (problem.file, problem.code) == ("en/01-doctor.md", "name_taken")


def test_an_import_that_brings_a_page_back_is_in_the_journal(
    session, pack, doctor, now, tmp_path
):
    retiring.retire(session, doctor, actor=None, now=now)
    source = content.read(tmp_path / "content" / "town")
    loaded = content.load(session, source, overwrite=True, actor=None, now=now)
    assert loaded.changed_pages == ["doctor"]
    assert doctor.retired_at is None
    assert acts(session, doctor)[0] == "page.brought_back"


def test_there_is_one_start(session, pack, doctor, now):
    with pytest.raises(StartTaken) as refused:
        add(session, pack, now, group=Group.START)
    assert refused.value.params == {"name": "start", "field": "group"}
    newest = versions.draft_of(versions.head(session, doctor))
    draft = replace(newest, group=Group.START)
    with pytest.raises(StartTaken):
        versions.save(session, doctor, draft, based_on=1, actor=None, now=now)


def test_the_start_itself_may_be_changed(session, pack, now):
    start = access.get_page(session, pack, "start")
    draft = replace(versions.draft_of(versions.head(session, start)), title="Hello")
    made = versions.save(session, start, draft, based_on=1, actor=None, now=now)
    assert (made.number, made.group) == (2, Group.START)


def test_a_start_of_old_does_not_come_back_beside_the_new_one(session, pack, now):
    old = access.get_page(session, pack, "start")
    retiring.retire(session, old, actor=None, now=now)
    add(session, pack, now, group=Group.START)
    with pytest.raises(StartTaken):
        retiring.bring_back(session, old, actor=None, now=now)


def test_an_import_may_hand_the_start_to_an_earlier_page(session, pack, now, tmp_path):
    files = {
        "en/00-hello.md": packs_on_disk.START.replace('id = "start"', 'id = "hello"'),
        "en/00-start.md": packs_on_disk.START.replace('"start"\n+++', '"about"\n+++'),
    }
    folder = packs_on_disk.write_files(tmp_path / "content" / "town", files)
    content.load(session, content.read(folder), actor=None, now=now)
    groups = {p.name: v.group for p, v in access.list_heads(session, pack)}
    assert (groups["hello"], groups["start"]) == (Group.START, Group.ABOUT)


def test_a_taken_permanent_name_and_a_taken_address_are_told_apart(session, pack, now):
    with pytest.raises(NameTaken) as by_name:
        add(session, pack, now, name="doctor")
    with pytest.raises(NameTaken) as by_address:
        add(session, pack, now, slug="doctor")
    fields = [each.value.params["field"] for each in (by_name, by_address)]
    assert fields == ["name", "slug"]


def test_a_name_that_is_none_is_a_bad_page(session, pack, now):
    with pytest.raises(BadPage) as refused:
        add(session, pack, now, name="Not a name")
    (problem,) = refused.value.params["problems"]
    assert (problem.code, problem.params) == ("bad-slug", {"slug": "Not a name"})
