"""The fact register: a changed value reaches every language, and none keeps an old one."""

import pytest
from sqlmodel import select

from tests import packs_on_disk
from welcome.accounts.models import JournalEntry
from welcome.packs import content, facts
from welcome.packs.errors import BadFact, ContentRefused, FactConflict, OtherNumber
from welcome.packs.models import Fact, FactKind

LOCAL = {"ur": "پیر سے جمعہ 9 سے 5", "pl": "poniedziałek–piątek 9–17"}


@pytest.fixture
def hours(session, pack, now):
    made = Fact(name="hours", kind=FactKind.HOURS, value="9 to 5", values=dict(LOCAL))
    facts.add_fact(session, pack, made, actor=None, now=now)
    session.commit()
    return made


def change(session, fact, now, **changes):
    facts.change_fact(
        session, fact, changes, revision=fact.revision, actor=None, now=now
    )
    session.commit()


def shown(fact):
    return {tag: facts.values_for([fact], tag)[fact.name].value for tag in LOCAL}


def test_a_new_value_replaces_older_ones_of_the_languages(session, hours, now):
    assert shown(hours) == LOCAL
    change(session, hours, now, value="10 to 4", values=LOCAL | {"pl": "10–16"})
    assert shown(hours) == {"ur": "10 to 4", "pl": "10–16"}
    assert hours.values["ur"] == LOCAL["ur"]
    assert hours.stale == {"ur": "9 to 5"}
    told = session.exec(
        select(JournalEntry).where(JournalEntry.subject == "fact")
    ).all()
    assert told[-1].details["stale"]


def test_a_language_is_itself_again_once_written_or_confirmed(session, hours, now):
    change(session, hours, now, value="10 to 4")
    assert set(hours.stale) == {"ur", "pl"}
    change(session, hours, now, values=LOCAL | {"ur": "10 سے 4"})
    assert shown(hours) == {"ur": "10 سے 4", "pl": "10 to 4"}
    facts.confirm_values(
        session, hours, ["pl"], revision=hours.revision, actor=None, now=now
    )
    session.commit()
    assert shown(hours) == {"ur": "10 سے 4", "pl": LOCAL["pl"]}


def test_a_value_that_comes_back_finds_its_languages_right(session, hours, now):
    change(session, hours, now, value="10 to 4")
    change(session, hours, now, value="9 to 5")
    assert (hours.stale, shown(hours)) == ({}, LOCAL)


def test_confirming_what_somebody_else_changed_is_refused(session, hours, now):
    change(session, hours, now, value="10 to 4")
    with pytest.raises(FactConflict):
        facts.confirm_values(session, hours, ["pl"], revision=1, actor=None, now=now)


def test_a_number_is_the_same_number_in_every_language(session, pack, now):
    line = facts.get_fact(session, pack, "council-line")
    change(session, line, now, values={"pl": "+44 1632 960001"})
    with pytest.raises(OtherNumber):
        change(session, line, now, values={"pl": "01632 960009"})
    change(session, line, now, value="(01632) 960001")
    assert line.stale == {}
    change(session, line, now, value="01632 960002")
    assert facts.values_for([line], "pl")["council-line"].value == "01632 960002"


@pytest.mark.parametrize(
    ("kind", "value"), [(FactKind.MONEY, "free on Sundays"), (FactKind.DATE, "soon")]
)
def test_money_and_dates_have_digits(session, pack, now, kind, value):
    wrong = Fact(name="wrong", kind=kind, value=value)
    with pytest.raises(BadFact):
        facts.add_fact(session, pack, wrong, actor=None, now=now)


def test_files_know_what_is_stale(session, pack, hours, tmp_path, now):
    change(session, hours, now, value="10 to 4")
    folder = tmp_path / "out" / "town"
    content.write(session, pack, folder)
    (read,) = (each for each in content.read(folder).facts if each.name == "hours")
    assert read.stale == hours.stale
    loaded = content.load(session, content.read(folder), actor=None, now=now)
    assert loaded.changed_facts == []
    assert set(hours.stale) == {"ur", "pl"}


def test_a_number_that_differs_in_a_file_is_told_with_its_place(tmp_path):
    facts_file = packs_on_disk.FACTS.replace(
        'value = "01632 960001"',
        'value = "01632 960001"\nvalues = { pl = "01632 960009" }',
    )
    files = packs_on_disk.TOWN | {"facts.toml": facts_file}
    with pytest.raises(ContentRefused) as caught:
        content.read(packs_on_disk.write_files(tmp_path / "town", files))
    (problem,) = caught.value.problems
    assert (problem.file, problem.code) == ("facts.toml", "other_number")
    assert facts_file.splitlines()[problem.line - 1] == "[council-line]"


@pytest.mark.parametrize("field", ["title", "summary"])
def test_a_fact_in_a_heading_is_told_with_its_line(tmp_path, field):
    old = {"title": "See a doctor", "summary": "It is free."}[field]
    page = packs_on_disk.DOCTOR.replace(f'"{old}"', '"Call {{council-line}}"')
    files = packs_on_disk.TOWN | {"en/01-doctor.md": page}
    with pytest.raises(ContentRefused) as caught:
        content.read(packs_on_disk.write_files(tmp_path / "town", files))
    (problem,) = caught.value.problems
    assert problem.code == "fact-in-heading"
    assert page.splitlines()[problem.line - 1].startswith(field)


def test_a_number_that_dials_another_is_never_still_right(session, pack, now):
    line = facts.get_fact(session, pack, "council-line")
    change(session, line, now, values={"pl": "+44 1632 960001"})
    change(session, line, now, value="01632 960002")
    with pytest.raises(OtherNumber):
        facts.confirm_values(
            session, line, ["pl"], revision=line.revision, actor=None, now=now
        )
    change(session, line, now, owner="Town")
    assert line.stale == {"pl": "01632 960001"}


def test_a_file_says_of_its_own_values_which_are_stale(session, pack, now, tmp_path):
    folder = tmp_path / "content" / "town"
    told = '\n[fee.values]\nar = "5 £"\n\n[fee.stale]\nar = "£5"\n'
    text = packs_on_disk.FACTS.replace('"£25"', '"£7"') + told
    packs_on_disk.write_files(folder, {"facts.toml": text})
    content.load(session, content.read(folder), actor=None, now=now)
    fee = facts.get_fact(session, pack, "fee")
    assert facts.values_for([fee], "ar")["fee"].value == "£7"
    assert fee.stale == {"ar": "£5"}
