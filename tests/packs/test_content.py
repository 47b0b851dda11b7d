"""content/: read whole or refused whole, imported once, exported equal."""

import json
from dataclasses import replace

import pytest
from sqlmodel import select

from tests import packs_on_disk
from welcome.accounts import journal
from welcome.packs import access, content, retiring, versions
from welcome.packs.errors import ContentRefused
from welcome.packs.models import Fact, Page, Version


def problems(folder) -> list[tuple[str, int, str]]:
    with pytest.raises(ContentRefused) as refused:
        content.read(folder)
    return [(p.file, p.line, p.code) for p in refused.value.problems]


def test_importing_twice_changes_nothing(session, pack, tmp_path, now):
    again = content.load(
        session, content.read(tmp_path / "content" / "town"), actor=None, now=now
    )
    assert (again.changed_pages, again.changed_facts) == ([], [])
    assert len(session.exec(select(Version)).all()) == 4


def test_exporting_and_importing_changes_nothing(session, pack, tmp_path, now):
    folder = tmp_path / "out" / "town"
    content.write(session, pack, folder)
    again = content.load(session, content.read(folder), actor=None, now=now)
    assert (again.changed_pages, again.changed_facts) == ([], [])


def test_exporting_an_import_writes_the_same_bytes(session, pack, tmp_path, now):
    first, second = tmp_path / "a" / "town", tmp_path / "b" / "town"
    written = content.write(session, pack, first)
    content.load(session, content.read(first), actor=None, now=now)
    content.write(session, pack, second)
    for file in written:
        assert file.read_bytes() == (second / file.relative_to(first)).read_bytes()


@pytest.mark.parametrize("body", ["\n \n\nText.\n", "Text.  ", "Text.\n\n\n"])
def test_blanks_around_a_text_make_no_version_of_their_own(
    session, pack, tmp_path, now, body
):
    page = access.get_page(session, pack, "privacy")
    draft = replace(versions.draft_of(versions.head(session, page)), body=body)
    made = versions.save(session, page, draft, based_on=1, actor=None, now=now)
    assert made.body == "Text."
    folder = tmp_path / "out" / "town"
    content.write(session, pack, folder)
    again = content.load(session, content.read(folder), actor=None, now=now)
    assert again.changed_pages == []


def test_a_text_that_begins_far_in_keeps_its_beginning():
    body = "\n\n    Far in.\n\nText.\n"
    assert versions.normal_body(body) == "    Far in.\n\nText."


def test_writing_again_leaves_no_page_under_an_older_name(session, pack, tmp_path, now):
    folder = tmp_path / "out" / "town"
    content.write(session, pack, folder)
    theirs = {
        "en/notes.md": "Not a page's name.",
        "en/50-draft.md": "No settings.",
        "en/51-new.md": packs_on_disk.DOCTOR.replace('"doctor"', '"new"'),
        "pl/01-doctor.md": packs_on_disk.DOCTOR,
    }
    packs_on_disk.write_files(folder, theirs)
    doctor = access.get_page(session, pack, "doctor")
    moved = replace(versions.draft_of(versions.head(session, doctor)), slug="surgery")
    versions.save(session, doctor, moved, based_on=1, actor=None, now=now)
    safety = access.get_page(session, pack, "safety")
    retiring.retire(session, safety, actor=None, now=now)
    content.write(session, pack, folder)
    left = {each.relative_to(folder).as_posix() for each in folder.rglob("*.md")}
    written = {"en/00-start.md", "en/01-surgery.md", "en/90-privacy.md"}
    assert left == written | set(theirs)


def test_changed_settings_are_told_and_in_the_journal(session, pack, tmp_path, now):
    folder = tmp_path / "content" / "town"
    file = folder / "pack.toml"
    file.write_text(
        file.read_text()
        .replace("unreviewed-with-stamp", "english-with-note")
        .replace(', "pl"]', "]")
    )
    loaded = content.load(session, content.read(folder), actor=None, now=now)
    assert loaded.changed_settings == ["locales", "policy"]
    entry = journal.list_entries(session, subject=("pack", pack.id))[0]
    assert (entry.act, set(entry.details)) == ("pack.changed", {"locales", "policy"})
    assert entry.details["policy"] == {
        "before": "unreviewed-with-stamp",
        "after": "english-with-note",
    }
    again = content.load(session, content.read(folder), actor=None, now=now)
    assert again.changed_settings == []


def test_names_that_stay_come_in_and_go_out(session, pack, tmp_path, now):
    folder = tmp_path / "content" / "town"
    file = folder / "pack.toml"
    names = ["NHS 111", "Women’s Aid", "a" * 80, *(f"Name {n}" for n in range(196))]
    twice = json.dumps([*names, "NHS 111"], indent=1)
    settings = file.read_text().replace(
        "[place]", f"do_not_translate = {twice}\n[place]"
    )
    file.write_text(settings)
    loaded = content.load(session, content.read(folder), actor=None, now=now)
    assert loaded.changed_settings == ["do_not_translate"]
    assert pack.do_not_translate == names
    content.write(session, pack, tmp_path / "out" / "town")
    again = content.read(tmp_path / "out" / "town")
    assert list(again.do_not_translate) == names
    assert content.load(session, again, actor=None, now=now).changed_settings == []


def test_one_changed_file_is_one_version(session, pack, tmp_path, now):
    folder = tmp_path / "content" / "town"
    file = folder / "en" / "01-doctor.md"
    file.write_text(file.read_text().replace("It is free.", "It costs nothing."))
    loaded = content.load(session, content.read(folder), actor=None, now=now)
    assert loaded.changed_pages == ["doctor"]
    assert access.get_page(session, pack, "doctor").head == 2


def test_a_page_only_in_the_database_is_kept_and_said(session, pack, tmp_path, now):
    folder = tmp_path / "content" / "town"
    (folder / "en" / "02-safety.md").unlink()
    loaded = content.load(session, content.read(folder), actor=None, now=now)
    assert loaded.only_here == ["safety"]
    assert len(session.exec(select(Page)).all()) == 4


def test_every_problem_is_named_and_nothing_is_imported(session, pack, tmp_path):
    folder = packs_on_disk.write_files(
        tmp_path / "town",
        packs_on_disk.TOWN
        | {
            "facts.toml": '[fee]\nkind = "money"\nvalue = 3\n',
            "en/01-doctor.md": packs_on_disk.DOCTOR.replace("\n\n1. ", "\n1. "),
            "en/03-two.md": '+++\nid = "doctor"\ntitle = "Twice"\n+++\n\n<b>x</b>\n',
        },
    )
    found = problems(folder)
    assert ("facts.toml", 1, "needs-text") in found
    assert ("en/03-two.md", 6, "raw-html") in found
    assert ("en/03-two.md", 1, "name_taken") in found
    assert len(session.exec(select(Fact)).all()) == 3


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("no front matter", 1, "no-front-matter"),
        ("+++\nid = 'x'\n", 1, "front-matter-not-closed"),
        ("+++\nid = \n+++\nx", 2, "bad-toml"),
        ("+++\nid = 'x'\nid = 'y'\n+++\nx", 3, "bad-toml"),
        ("+++\nid = 'x'\ntitle = 3\n+++\nx", 3, "needs-text"),
        ("+++\nid = 'x'\ntitle = 'T'\ncolour = 1\n+++\nx", 4, "unknown-key"),
        ("+++\nid = 'x'\ntitle = 'T'\ngroup = 'soon'\n+++\nx", 4, "unknown-choice"),
        ("+++\nid = 'x'\ntitle = 'T'\n+++\n\nok\n\n<i>x</i>", 8, "raw-html"),
        ("+++\nid = 'x'\ntitle = 'T'\n+++\n\n[a](javascript:b)", 6, "refused-link"),
        ("+++\nid = 'x'\ntitle = 'T'\n+++\n\nCall {{nobody}}", 6, "unknown-fact"),
        ("+++\n" + "a" * 20_000 + "\n+++\nx", 1, "front-matter-too-long"),
    ],
)
def test_a_broken_page_names_line_and_code(tmp_path, text, line, code):
    folder = packs_on_disk.write_files(
        tmp_path / "town", packs_on_disk.TOWN | {"en/03-broken.md": text}
    )
    assert ("en/03-broken.md", line, code) in problems(folder)


@pytest.mark.parametrize(
    ("raw", "line", "code"),
    [
        (b"+++\nid = 'x'\n\xff\n+++\n", 3, "not-utf8"),
        (b"+++\nid = 'x'\n\0\n+++\n", 3, "not-text"),
        (b"x" * 500_000, 1, "file-too-large"),
    ],
)
def test_broken_bytes_are_refused(tmp_path, raw, line, code):
    folder = packs_on_disk.write_town(tmp_path / "town")
    (folder / "en" / "03-broken.md").write_bytes(raw)
    assert ("en/03-broken.md", line, code) in problems(folder)


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    folder = packs_on_disk.write_town(tmp_path / "town")
    outside = tmp_path / "secret.md"
    outside.write_text(packs_on_disk.DOCTOR)
    (folder / "en" / "03-secret.md").symlink_to(outside)
    assert ("en/03-secret.md", 1, "bad-file-name") in problems(folder)
