"""Hostile packs are refused whole, by file and line; nothing of them is saved."""

import os

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from tests import packs_on_disk
from tests.packs.hostile import BODIES, PACKS, PAGES, REGISTERS
from welcome.packs import content
from welcome.packs.errors import ContentRefused
from welcome.translation.exchange import folder as translations

CASES = {**PAGES, **BODIES, **PACKS, **REGISTERS}
PAGE = '+++\nid = "broken"\ntitle = "T"\n+++\n\nText.\n'
NEW = "en/03-broken.md"
SECONDS = 5


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: what is refused here is refused before it is asked."""
    return sqlite_database


@pytest.fixture
def bring_in(pack, maker, now):
    """Import a folder as the command does; give what was refused."""

    def act(folder):
        before = count_rows(maker)
        with pytest.raises(ContentRefused) as refused:
            import_folder(maker, folder, now)
        assert count_rows(maker) == before
        return {(each.file, each.line, each.code) for each in refused.value.problems}

    return act


def import_folder(maker, folder, now):
    with maker.begin() as session:
        source = content.read(folder)
        translations.refuse_unlike(source)
        loaded = content.load(session, source, actor=None, now=now)
        translations.load(session, loaded, source, overwrite=True, actor=None, now=now)


def count_rows(maker):
    with maker() as session:
        return {
            table.name: session.connection().scalar(
                sa.select(sa.func.count()).select_from(table)
            )
            for table in SQLModel.metadata.sorted_tables
        }


def town(tmp_path, files):
    return packs_on_disk.write_files(tmp_path / "town", packs_on_disk.TOWN | files)


def test_there_are_enough_of_them():
    assert len(CASES) == sum(map(len, (PAGES, BODIES, PACKS, REGISTERS))) >= 50


@pytest.mark.timeout(SECONDS * 6)
@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_at_its_place_and_nothing_is_saved(bring_in, tmp_path, name):
    files, file, line, code = CASES[name]
    # Something good changed too: it must not come in alone.
    changed = {
        "en/90-privacy.md": packs_on_disk.PRIVACY.replace("nothing", "no names")
    } | files
    assert (file, line, code) in bring_in(town(tmp_path, changed))


@pytest.mark.parametrize(
    ("raw", "line", "code"),
    [
        (b"\xff\xfe" + PAGE.encode("utf-16-le"), 1, "not-utf8"),
        (PAGE.encode("utf-8").replace(b"Text", b"Te\xe9t"), 6, "not-utf8"),
        (b"\xed\xa0\x80", 1, "not-utf8"),
        (PAGE.encode().replace(b"Text", b"Te\0t"), 6, "not-text"),
        (PAGE.encode() + b"a\n\n" * 200_000, 1, "file-too-large"),
        (b"\x89PNG\r\n\x1a\n", 1, "not-utf8"),
    ],
)
def test_bytes_that_are_no_text_are_refused(bring_in, tmp_path, raw, line, code):
    folder = town(tmp_path, {})
    (folder / NEW).write_bytes(raw)
    assert (NEW, line, code) in bring_in(folder)


@pytest.mark.parametrize(
    "name",
    [
        *("3-x.md", "003x.md", "0003-x.md", "03-X.md", "03-a b.md", "03-.md", "x.md"),
        *("03-x--y.md", "03-ü.md", "03-x\n.md", "03-..md", f"03-{'a' * 61}.md"),
        *(".03-x.md", "03-x.md.md", "٠٣-x.md"),
    ],
)
def test_a_file_of_another_name_is_refused(bring_in, tmp_path, name):
    folder = town(tmp_path, {f"en/{name}": PAGE})
    assert bring_in(folder) == {(f"en/{name}", 1, "bad-file-name")}


def test_a_name_that_is_no_unicode_is_refused(bring_in, tmp_path):
    folder = town(tmp_path, {})
    (folder / "en" / os.fsdecode(b"03-\xff.md")).write_text(PAGE)
    ((file, _line, code),) = bring_in(folder)
    assert (file, code) == (os.fsdecode(b"en/03-\xff.md"), "bad-file-name")


def test_a_folder_of_another_name_is_refused(bring_in, tmp_path):
    folder = packs_on_disk.write_town(tmp_path / "Our Town")
    assert bring_in(folder) == {("pack.toml", 1, "bad-slug")}


@pytest.mark.parametrize("missing", ["pack.toml", "en"])
def test_a_pack_without_its_parts_is_refused(bring_in, tmp_path, missing):
    folder = town(tmp_path, {})
    (folder / missing).rename(tmp_path / "gone")
    code = {"pack.toml": "no-file", "en": "no-pages"}[missing]
    assert (missing, 1, code) in bring_in(folder)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pack.toml", "pack.toml"),
        ("facts.toml", "facts.toml"),
        (NEW, NEW),
        ("ur", "ur"),
    ],
)
def test_links_out_of_the_folder_are_not_read(bring_in, tmp_path, name, told):
    folder = town(tmp_path, {})
    outside = tmp_path / "outside"
    packs_on_disk.write_files(outside, packs_on_disk.TOWN | {NEW: PAGE})
    packs_on_disk.write_files(outside, {"ur/secret.md": "root:x:0:0"})
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(outside / name)
    assert (told, 1, "bad-file-name") in bring_in(folder)


def test_what_is_no_file_is_not_waited_for(bring_in, tmp_path):
    folder = town(tmp_path, {})
    os.mkfifo(folder / "en" / "03-pipe.md")
    (folder / "en" / "04-folder.md").mkdir()
    assert bring_in(folder) == {
        ("en/03-pipe.md", 1, "bad-file-name"),
        ("en/04-folder.md", 1, "bad-file-name"),
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    ],
    ids=["windows", "old macs", "a mark of order", "both"],
)
def test_line_ends_and_marks_of_other_systems_change_nothing(
    pack, session, tmp_path, now, change
):
    folder = tmp_path / "content" / "town"
    for file in (*folder.glob("*.toml"), *folder.glob("en/*.md")):
        file.write_bytes(change(file.read_text("utf-8")).encode())
    again = content.load(session, content.read(folder), actor=None, now=now)
    assert (again.changed_pages, again.changed_facts) == ([], [])


def test_an_unreadable_register_is_one_problem_not_one_for_each_use(bring_in, tmp_path):
    folder = town(tmp_path, {"facts.toml": "[emergency\n"})
    assert {file for file, _line, _code in bring_in(folder)} == {"facts.toml"}
