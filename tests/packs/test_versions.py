"""Versions: what stays the same unit, what follows, and who was first."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from welcome.packs import access, retiring, versions
from welcome.packs.errors import BadPage, EditConflict, NameTaken
from welcome.packs.models import Pack, Page, Unit


def doctor(session: Session, pack: Pack) -> Page:
    return access.get_page(session, pack, "doctor")


def save(session: Session, page: Page, now: datetime, **changes: str):
    draft = replace(versions.draft_of(versions.head(session, page)), **changes)
    return versions.save(session, page, draft, based_on=page.head, actor=None, now=now)


def units(session: Session, page: Page) -> dict[int, Unit]:
    placed = versions.list_units(session, versions.head(session, page))
    return {each.position: each.unit for each in placed}


def test_a_page_has_title_summary_and_one_unit_per_segment(session, pack):
    found = units(session, doctor(session, pack))
    assert [found[-2].text, found[-1].text] == ["See a doctor", "It is free."]
    assert [found[i].kind for i in range(6)] == ["p", "h2", "li", "li", "li", "p"]


def test_one_changed_paragraph_is_one_new_unit_that_knows_what_it_follows(
    session, pack, now
):
    page = doctor(session, pack)
    before = units(session, page)
    body = versions.head(session, page).body.replace("or 112", "or 112, free of charge")
    save(session, page, now, body=body)
    after = units(session, page)
    changed = {i for i in after if after[i].id != before[i].id}
    assert changed == {5}
    assert after[5].predecessor_id == before[5].id


def test_an_equal_draft_makes_no_version(session, pack, now):
    page = doctor(session, pack)
    version = save(session, page, now, note="only the note")
    assert (version.number, page.head) == (1, 1)


def test_a_changed_slug_makes_a_version_but_no_new_unit(session, pack, now):
    page = doctor(session, pack)
    before = {i: unit.id for i, unit in units(session, page).items()}
    save(session, page, now, slug="see-a-doctor")
    assert page.head == 2
    assert {i: unit.id for i, unit in units(session, page).items()} == before


def test_a_moved_paragraph_is_the_same_unit(session, pack, now):
    page = doctor(session, pack)
    before = units(session, page)
    body = versions.head(session, page).body
    first, rest = body.split("\n\n", 1)
    save(session, page, now, body=f"{rest}\n\n{first}")
    after = units(session, page)
    assert {u.id for u in after.values()} == {u.id for u in before.values()}
    assert after[5].id == before[0].id


def test_restoring_brings_the_old_units_back(session, pack, now):
    page = doctor(session, pack)
    before = {i: unit.id for i, unit in units(session, page).items()}
    save(session, page, now, body="Something else altogether stands here now.")
    versions.restore(session, page, 1, actor=None, now=now)
    assert page.head == 3
    assert {i: unit.id for i, unit in units(session, page).items()} == before


def test_the_second_writer_is_told_and_nothing_is_saved(session, pack, now):
    page = doctor(session, pack)
    draft = versions.draft_of(versions.head(session, page))
    save(session, page, now, title="First writer")
    late = replace(draft, title="Second writer")
    with pytest.raises(EditConflict) as conflict:
        versions.save(session, page, late, based_on=1, actor=None, now=now)
    assert conflict.value.params["number"] == 2
    assert versions.head(session, page).title == "First writer"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"body": "<script>alert(1)</script>"}, "raw-html"),
        ({"body": "Call {{nobody}}."}, "unknown-fact"),
        ({"slug": "../up"}, "bad-slug"),
        ({"title": " "}, "bad-title"),
        ({"summary": "a\nb"}, "bad-summary"),
    ],
)
def test_what_we_cannot_carry_is_refused_with_its_code(
    session, pack, now, changes, code
):
    with pytest.raises(BadPage) as refused:
        save(session, doctor(session, pack), now, **changes)
    assert code in {problem.code for problem in refused.value.params["problems"]}


def test_two_pages_cannot_have_one_address(session, pack, now):
    with pytest.raises(NameTaken):
        save(session, doctor(session, pack), now, slug="safety")


def test_an_address_leads_to_the_page_that_has_it_now(session, pack, now):
    page = doctor(session, pack)
    save(session, page, now, slug="surgery")
    assert access.find_page_by_slug(session, pack, "doctor") == page
    safety = access.get_page(session, pack, "safety")
    save(session, safety, now, slug="doctor")
    later = now + timedelta(days=1)
    save(session, page, later, slug="doctors")
    versions.save(
        session,
        page,
        replace(versions.draft_of(versions.head(session, page)), slug="surgery"),
        based_on=page.head,
        actor=None,
        now=later,
    )
    assert access.find_page_by_slug(session, pack, "doctor") == safety
    retiring.retire(session, safety, actor=None, now=later)
    assert access.find_page_by_slug(session, pack, "doctors") == page
