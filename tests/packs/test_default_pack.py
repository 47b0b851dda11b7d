"""One pack stands at the root of the site: a second one that claims it is refused."""

import pytest
from click.testing import CliRunner

from tests import packs_on_disk
from welcome.cli.content import check_folder
from welcome.packs import access, content
from welcome.packs.errors import ContentRefused

QUIET = packs_on_disk.PACK.replace("default = true\n", "")
LATE = QUIET.replace("[place]", "default = true\n\n[place]")


def write(root, name, settings):
    return packs_on_disk.write_files(
        root / name, packs_on_disk.TOWN | {"pack.toml": settings}
    )


def load(session, folder, now):
    return content.load(session, content.read(folder), actor=None, now=now)


def refusals(refused):
    return [(each.file, each.line, each.code) for each in refused.value.problems]


def test_a_second_default_pack_is_not_imported(session, pack, tmp_path, now):
    folder = write(tmp_path, "village", LATE)
    with pytest.raises(ContentRefused) as refused:
        load(session, folder, now)
    session.rollback()
    assert refusals(refused) == [("pack.toml", 6, "default-taken")]
    assert refused.value.problems[0].params == {"slug": "town"}
    assert access.find_pack(session, "village") is None


def test_the_default_pack_itself_is_imported_again(session, pack, tmp_path, now):
    folder = write(tmp_path, "town", packs_on_disk.PACK)
    assert load(session, folder, now).pack.is_default


def test_another_pack_takes_the_place_once_it_is_free(session, pack, tmp_path, now):
    load(session, write(tmp_path, "town", QUIET), now)
    load(session, write(tmp_path, "village", LATE), now)
    assert access.find_default_pack(session).slug == "village"


def check(folder):
    """Run the check as `welcome content check` does."""
    return CliRunner().invoke(check_folder, [str(folder)])


def test_a_folder_of_packs_is_checked_whole(tmp_path):
    write(tmp_path, "town", packs_on_disk.PACK)
    write(tmp_path, "village", QUIET)
    (tmp_path / "notes").mkdir()
    said = check(tmp_path)
    assert said.exit_code == 0
    assert "town: 4 pages" in said.output
    assert "village: 4 pages" in said.output
    assert "notes" not in said.output


def test_two_default_packs_of_a_folder_are_refused(tmp_path):
    write(tmp_path, "town", packs_on_disk.PACK)
    write(tmp_path, "village", LATE)
    found = check(tmp_path).exception
    assert isinstance(found, ContentRefused)
    assert [(p.file, p.line, p.code, p.params) for p in found.problems] == [
        ("village/pack.toml", 6, "default-taken", {"slug": "town"})
    ]


def test_every_problem_of_a_folder_of_packs_is_named_with_its_pack(tmp_path):
    write(tmp_path, "town", packs_on_disk.PACK.replace('"pl"', '"tlh"'))
    write(tmp_path, "village", LATE.replace('"pl"', '"tlh"'))
    found = check(tmp_path).exception
    assert [(p.file, p.line) for p in found.problems] == [
        ("town/pack.toml", 3),
        ("village/pack.toml", 3),
    ]


def test_a_folder_without_any_pack_is_refused(tmp_path):
    found = check(tmp_path).exception
    assert ("pack.toml", 1, "no-file") in [
        (p.file, p.line, p.code) for p in found.problems
    ]
