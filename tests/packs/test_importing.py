"""An import never undoes what people did here, unless it is told to."""

from dataclasses import replace

import pytest

from tests import packs_on_disk
from welcome.packs import access, content, facts, retiring, versions
from welcome.packs.errors import ContentRefused
from welcome.packs.models import Fact, FactKind


@pytest.fixture
def town(tmp_path):
    return packs_on_disk.write_files(tmp_path / "town", dict(packs_on_disk.TOWN))


@pytest.fixture
def bring_in(session, town, now):
    def act(**more):
        loaded = content.load(session, content.read(town), actor=None, now=now, **more)
        session.commit()
        return loaded

    return act


def body_of(session, pack, name):
    return versions.head(session, access.get_page(session, pack, name)).body


def edit(session, pack, name, cast, now, **fields):
    page = access.get_page(session, pack, name)
    draft = replace(versions.draft_of(versions.head(session, page)), **fields)
    versions.save(session, page, draft, based_on=page.head, actor=cast.writer, now=now)
    session.commit()


def test_a_page_that_somebody_edited_is_kept_and_named(
    session, pack, cast, bring_in, now
):
    edit(session, pack, "doctor", cast, now, body="Written at the desk.")
    loaded = bring_in()
    assert (loaded.kept_pages, loaded.changed_pages) == (["doctor"], [])
    assert body_of(session, pack, "doctor") == "Written at the desk."
    assert bring_in(overwrite=True).changed_pages == ["doctor"]
    assert "Take this page" in body_of(session, pack, "doctor")
    assert bring_in().kept_pages == []


def test_a_fact_that_somebody_changed_is_kept_and_named(
    session, pack, cast, bring_in, now
):
    fact = facts.get_fact(session, pack, "council-line")
    facts.change_fact(
        session, fact, {"value": "01632 960002"}, revision=1, actor=cast.writer, now=now
    )
    session.commit()
    assert bring_in().kept_facts == ["council-line"]
    assert fact.value == "01632 960002"
    assert bring_in(overwrite=True).changed_facts == ["council-line"]
    assert fact.value == "01632 960001"


def test_a_page_that_somebody_retired_stays_retired(session, pack, cast, bring_in, now):
    page = access.get_page(session, pack, "doctor")
    retiring.retire(session, page, actor=cast.writer, now=now)
    session.commit()
    assert bring_in().kept_pages == ["doctor"]
    assert page.retired_at
    assert bring_in(overwrite=True).changed_pages == ["doctor"]
    assert page.retired_at is None


def test_what_another_page_has_by_now_is_refused_with_its_file(
    session, pack, cast, town, bring_in, now
):
    page = packs_on_disk.DOCTOR.replace('id = "doctor"', 'id = "surgery"')
    packs_on_disk.write_files(town, {"en/05-gp.md": page})
    edit(session, pack, "doctor", cast, now, slug="gp")
    with pytest.raises(ContentRefused) as caught:
        bring_in()
    (problem,) = caught.value.problems
    assert (problem.file, problem.code) == ("en/05-gp.md", "name_taken")


def test_a_kept_fact_keeps_no_page_of_the_same_name(
    session, pack, cast, bring_in, town, now
):
    made = Fact(name="doctor", kind=FactKind.TEXT, value="Dr Sample", owner="Town")
    facts.add_fact(session, pack, made, actor=cast.writer, now=now)
    session.commit()
    table = '\n[doctor]\nkind = "text"\nvalue = "Dr Example"\nowner = "Town"\n'
    packs_on_disk.write_files(town, {"facts.toml": packs_on_disk.FACTS + table})
    loaded = bring_in()
    assert (loaded.kept_facts, loaded.kept_pages) == (["doctor"], [])
