"""Translations as files: pinned, idempotent, never over what people decided."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from tests import packs_on_disk
from tests.translation.conftest import counted
from welcome.accounts.models import JournalEntry
from welcome.packs import access, content, versions
from welcome.packs.errors import ContentRefused
from welcome.packs.models import Unit
from welcome.translation import targets
from welcome.translation.exchange import folder
from welcome.translation.models import Origin, Target, TargetEvent, TargetState
from welcome.translation.targets import Draft

DOCTOR_UR = "ur/01-doctor.md"
DOCTOR_EN = "en/01-doctor.md"


@pytest.fixture
def town(tmp_path):
    return packs_on_disk.write_files(
        tmp_path / "town", packs_on_disk.TOWN | packs_on_disk.URDU
    )


@pytest.fixture
def bring_in(session, now):
    def load(where, *, overwrite=False):
        source = content.read(where)
        folder.refuse_unlike(source)
        loaded = content.load(session, source, actor=None, now=now)
        outcome = folder.load(
            session, loaded, source, overwrite=overwrite, actor=None, now=now
        )
        session.commit()
        return loaded.pack, outcome

    return load


def change(town, old, new, name=DOCTOR_UR):
    file = town / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def target_of(session, text):
    return session.exec(select(Target).where(Target.text == text)).one()


def test_targets_arrive_translated_with_their_origin_and_no_reviewer(
    session, town, bring_in
):
    _pack, outcome = bring_in(town)
    targets = session.exec(select(Target)).all()
    assert outcome.saved == len(targets) == 18
    assert {target.state for target in targets} == {TargetState.TRANSLATED}
    assert {target.origin for target in targets} == {Origin.HUMAN}
    assert {(target.author_id, target.reviewer_id) for target in targets} == {
        (None, None)
    }


def test_importing_twice_changes_nothing(town, bring_in):
    bring_in(town)
    _pack, again = bring_in(town)
    assert (again.saved, again.kept) == (0, 0)


def test_exporting_and_importing_changes_nothing(session, town, tmp_path, bring_in):
    pack, _outcome = bring_in(town)
    out = tmp_path / "out" / "town"
    content.write(session, pack, out)
    written = folder.write(session, pack, out)
    _pack, again = bring_in(out)
    assert len(written) == 4
    assert (again.saved, again.kept) == (0, 0)


def test_one_changed_line_is_one_target(session, town, bring_in):
    bring_in(town)
    change(town, "یہ مفت ہے۔", "یہ بالکل مفت ہے۔")
    _pack, outcome = bring_in(town)
    assert outcome.saved == 1
    assert target_of(session, "یہ بالکل مفت ہے۔").revision == 2


def test_a_file_older_than_the_source_leaves_its_unit_stale(
    session, town, bring_in, now
):
    bring_in(town)
    change(town, "Call {{council-line}} if", "Ring {{council-line}} if", DOCTOR_EN)
    pack, outcome = bring_in(town)
    assert (outcome.saved, outcome.stale) == (0, 1)
    page = access.get_page(session, pack, "doctor")
    placed = versions.list_units(session, versions.head(session, page))
    (fresh,) = (each.unit for each in placed if each.unit.predecessor_id)
    assert targets.targets_of(session, [fresh.id], "ur") == {}
    change(town, "کال کریں۔", "فون کریں۔")
    assert bring_in(town)[1].saved >= 1
    assert targets.targets_of(session, [fresh.id], "ur")


def test_what_people_decided_is_kept_unless_asked(session, town, bring_in, now):
    bring_in(town)
    decided = target_of(session, "یہ مفت ہے۔")
    decided.state = TargetState.ACCEPTED
    session.commit()
    change(town, "یہ مفت ہے۔", "یہ بالکل مفت ہے۔")
    assert bring_in(town)[1].kept == 1
    session.refresh(decided)
    assert (decided.text, decided.state) == ("یہ مفت ہے۔", TargetState.ACCEPTED)
    assert bring_in(town, overwrite=True)[1].saved == 1
    session.refresh(decided)
    assert decided.state is TargetState.TRANSLATED


def test_what_a_translator_saves_during_an_import_is_kept(
    session, town, bring_in, maker, cast, now
):
    """The importing session has read the text before somebody else saved."""
    bring_in(town)
    target = target_of(session, "یہ مفت ہے۔")
    change(town, "یہ مفت ہے۔", "یہ بالکل مفت ہے۔")
    session.commit()
    target_id = target.id
    with maker.begin() as other:
        theirs = other.get_one(Target, target_id)
        unit = other.get_one(Unit, theirs.unit_id)
        draft = Draft("یہاں مفت ہے۔", theirs.revision)
        targets.save(other, unit, "ur", draft, actor=cast.translator_ur, now=now)
    assert bring_in(town)[1].kept == 1
    session.refresh(target)
    assert (target.text, target.revision) == ("یہاں مفت ہے۔", 2)


def test_an_emptied_text_is_filled_by_a_file(session, town, bring_in, cast, now):
    bring_in(town)
    target = target_of(session, "یہ مفت ہے۔")
    unit = session.get_one(Unit, target.unit_id)
    emptied = Draft("", target.revision)
    targets.save(session, unit, "ur", emptied, actor=cast.translator_ur, now=now)
    session.commit()
    assert bring_in(town)[1].saved == 1
    session.refresh(target)
    assert (target.text, target.revision) == ("یہ مفت ہے۔", 3)


def test_a_text_far_longer_than_its_source_is_refused_by_its_file(
    session, town, bring_in
):
    change(town, "اپنے قریب ایک کلینک تلاش کریں۔", "قریب " * 600)
    with pytest.raises(ContentRefused) as refused:
        bring_in(town)
    (problem,) = refused.value.problems
    found = (problem.file, problem.line, problem.code)
    assert found == (DOCTOR_UR, 8, "text-too-long")
    assert problem.params == {"most": 2_000}


def test_writing_over_an_earlier_export_can_be_read_again(
    session, town, tmp_path, bring_in, now
):
    pack, _outcome = bring_in(town)
    out = tmp_path / "out" / "town"
    content.write(session, pack, out)
    folder.write(session, pack, out)
    waiting = packs_on_disk.PRIVACY_UR
    packs_on_disk.write_files(out, {"pl/90-privacy.md": waiting, "ur/x.txt": "notes"})
    doctor = access.get_page(session, pack, "doctor")
    moved = replace(versions.draft_of(versions.head(session, doctor)), slug="surgery")
    versions.save(session, doctor, moved, based_on=1, actor=None, now=now)
    content.write(session, pack, out)
    folder.write(session, pack, out)
    assert not (out / DOCTOR_UR).exists()
    assert (out / "pl" / "90-privacy.md").read_text("utf-8") == waiting
    assert (out / "ur" / "x.txt").exists()
    session.commit()
    assert bring_in(out)[1].kept == 0


def test_writing_asks_once_for_each_locale(session, town, tmp_path, bring_in):
    pack, _outcome = bring_in(town)
    with counted(session) as seen:
        folder.write(session, pack, tmp_path / "out")
    asked = [each for each in seen if "FROM target" in each]
    assert len(asked) == len(pack.locales) - 1


def test_an_export_with_gaps_says_which_and_fills_none(
    session, town, tmp_path, bring_in
):
    pack, _outcome = bring_in(town)
    gap = target_of(session, "اپنے قریب ایک کلینک تلاش کریں۔")
    session.delete(
        session.exec(
            select(TargetEvent).where(col(TargetEvent.target_id) == gap.id)
        ).one()
    )
    session.flush()
    session.delete(gap)
    session.commit()
    out = tmp_path / "out" / "town"
    content.write(session, pack, out)
    folder.write(session, pack, out)
    assert "missing = [\n    2,\n]" in (out / DOCTOR_UR).read_text("utf-8")
    assert bring_in(out)[1].saved == 0
    assert len(session.exec(select(Target)).all()) == 17


def test_a_file_made_from_an_older_source_fills_the_older_units(
    session, town, tmp_path, bring_in
):
    pack, _outcome = bring_in(town)
    out = tmp_path / "out" / "town"
    content.write(session, pack, out)
    folder.write(session, pack, out)
    body = "Find a surgery near you."
    change(out, body, "Find a surgery in your street.", "en/01-doctor.md")
    bring_in(out)
    change(out, "اپنے قریب ایک کلینک تلاش کریں۔", "قریبی کلینک تلاش کریں۔")
    assert bring_in(out)[1].saved == 1
    old = target_of(session, "قریبی کلینک تلاش کریں۔")
    assert old.revision == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("## پہلے یہ کریں", "پہلے یہ کریں", 10, "unlike-source"),
        ("3. اگر", "\nاگر", 15, "unlike-source"),
        ('origin = "human"', 'origin = "human"\nsource = "0000"', 1, "unknown-source"),
    ],
)
def test_other_blocks_or_an_unknown_source_are_refused_whole(
    session, town, bring_in, old, new, line, code
):
    change(town, old, new)
    with pytest.raises(ContentRefused) as refused:
        bring_in(town)
    found = [(p.file, p.line, p.code) for p in refused.value.problems]
    session.rollback()
    assert found == [(DOCTOR_UR, line, code)]
    assert session.exec(select(Target)).all() == []


def test_the_journal_tells_how_many_came_in_for_which_locale(session, town, bring_in):
    bring_in(town)
    change(town, "یہ مفت ہے۔", "یہ بالکل مفت ہے۔")
    bring_in(town)
    bring_in(town)
    told = session.exec(
        select(JournalEntry).where(JournalEntry.act == "translations.imported")
    ).all()
    assert [(each.tag, each.details["targets"]) for each in told] == [
        ("ur", 18),
        ("ur", 1),
    ]
