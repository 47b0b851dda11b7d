"""Commands as somebody types them: what they print, what they refuse, what they leave."""

import json

import pytest
from lxml import html

from tests import packs_on_disk

TOWN = packs_on_disk.TOWN | packs_on_disk.URDU
BROKEN = '+++\nid = "broken"\ntitle = "T"\n+++\n\n<b>x</b>\n'


@pytest.fixture
def published(imported, run):
    assert run("publish", "town", "--locales", "en,ur")[0] == 0


def change(town, old="It is free.", new="It costs nothing."):
    file = town / "en" / "01-doctor.md"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_the_database_is_made_once_and_its_keys_are_kept(instance, run):
    code, _, complaint = run("db", "check")
    assert (code, "welcome doctor" in complaint) == (1, True)
    instance.mkdir()
    code, said, _ = run("db", "check")
    assert (code, "stands at nothing" in said) == (1, True)
    assert run("db", "upgrade")[0] == 0
    assert run("db", "check")[0] == 0
    secrets = instance / "secrets.toml"
    assert secrets.stat().st_mode & 0o777 == 0o600
    keys = secrets.read_bytes()
    assert run("db", "upgrade")[0] == 0
    assert secrets.read_bytes() == keys


def test_old_data_never_gets_new_keys(ready, run):
    (ready / "secrets.toml").unlink()
    code, _, complaint = run("db", "upgrade")
    assert code == 1
    assert complaint.strip()
    assert not (ready / "secrets.toml").exists()


def test_a_setting_that_nobody_reads_stops_everything(ready, run, town):
    (ready / "config.toml").write_text("site_ulr = 'https://a.example'\n")
    code, _, complaint = run("content", "import", town)
    assert (code, "site_ulr" in complaint) == (1, True)
    (ready / "config.toml").unlink()


def test_a_good_pack_is_counted(run, town):
    assert run("content", "check", town) == (
        0,
        f"{town}: 4 pages, 4 translations, no problems.\n",
        "",
    )


def test_every_problem_of_a_pack_is_told_with_its_place(run, town):
    packs_on_disk.write_files(town, {"en/03-broken.md": BROKEN, "facts.toml": "a = 3"})
    code, said, complaint = run("content", "check", town)
    assert (code, said) == (1, "")
    lines = complaint.splitlines()
    assert "en/03-broken.md:6: HTML such as “<b>x</b>” is not supported" in lines[0]
    assert lines[1].startswith("facts.toml:1: “a” needs a table")


def test_every_problem_is_told_to_programs_too(run, town):
    assert json.loads(run("content", "check", town, "--json")[1])["problems"] == []
    packs_on_disk.write_files(town, {"en/03-broken.md": BROKEN})
    code, said, _ = run("content", "check", town, "--json")
    (problem,) = json.loads(said)["problems"]
    assert (code, problem["file"], problem["line"]) == (1, "en/03-broken.md", 6)


def test_other_blocks_of_a_translation_are_told(run, town):
    file = town / "ur" / "01-doctor.md"
    file.write_text(file.read_text("utf-8").replace("## ", ""), "utf-8")
    code, _, complaint = run("content", "check", town)
    assert code == 1
    assert complaint.startswith("ur/01-doctor.md:10: The blocks are not those")


def test_a_folder_that_is_not_there_is_said(run, tmp_path):
    code, _, complaint = run("content", "check", tmp_path / "none")
    assert (code, "does not exist" in complaint) == (2, True)


def test_importing_is_told_and_the_second_time_changes_nothing(ready, run, town):
    code, said, _ = run("content", "import", town, "--json")
    told = json.loads(said)
    assert code == 0
    assert told["pages"] == ["start", "doctor", "safety", "privacy"]
    assert (told["targets"], told["kept"], told["only_in_database"]) == (18, 0, [])
    assert {"policy", "locales", "place"} < set(told["pack"])
    again = run("content", "import", town)
    assert again == (0, "0 pages, 0 facts and 0 targets changed.\n", "")


def test_a_damaged_pack_is_imported_not_even_in_part(imported, run, town):
    change(town)
    packs_on_disk.write_files(town, {"en/03-broken.md": BROKEN})
    code, said, complaint = run("content", "import", town)
    assert (code, said) == (1, "")
    assert complaint.startswith("en/03-broken.md:6: ")
    (town / "en" / "03-broken.md").unlink()
    said = run("content", "import", town, "--json")[1]
    assert json.loads(said)["pages"] == ["doctor"]


def test_a_page_only_in_the_database_is_named(imported, run, town):
    for tag in ("en", "ur"):
        (town / tag / "02-safety.md").unlink()
    assert "Only in the database, kept: safety" in run("content", "import", town)[1]


def test_what_is_exported_imports_without_a_change(imported, run, tmp_path):
    out = tmp_path / "out" / "town"
    code, said, _ = run("content", "export", "town", out)
    assert (code, said) == (0, f"10 files written to {out}.\n")
    again = run("content", "import", out)
    assert again == (0, "0 pages, 0 facts and 0 targets changed.\n", "")
    twice = tmp_path / "twice" / "town"
    run("content", "export", "town", twice)
    for file in out.rglob("*.*"):
        assert file.read_bytes() == (twice / file.relative_to(out)).read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("content", "export", "village", "out"),
        ("publish", "village"),
        ("rollback", "village", "--locale", "en"),
        ("print", "village", "--locale", "en", "--out", "x.pdf"),
        ("publish", "town", "--locales", "en,tlh"),
        ("rollback", "town", "--locale", "en"),
        ("print", "town", "--locale", "en", "--out", "x.pdf"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    imported, run, tmp_path, monkeypatch, words
):
    monkeypatch.chdir(tmp_path)
    code, said, complaint = run(*words)
    assert (code, said) == (1, "")
    assert complaint.strip().endswith(".")
    assert "Traceback" not in complaint
    assert not (tmp_path / "x.pdf").exists()
    assert not (tmp_path / "out").exists()


def test_what_the_disk_refuses_is_told_in_a_sentence(imported, run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "pack.toml").mkdir()
    code, said, complaint = run("content", "export", "town", str(tmp_path / "out"))
    assert (code, said) == (1, "")
    [sentence] = complaint.splitlines()
    assert sentence.startswith("This could not be done: ")
    assert "pack.toml: Is a directory." in sentence


def test_publishing_that_fails_says_why_for_each_language(imported, run, ready):
    (ready / "editions" / "town").mkdir(parents=True)
    (ready / "editions" / "town" / "ur").write_text("no folder", "utf-8")
    code, said, complaint = run("publish", "town", "--locales", "en,ur")
    assert (code, said) == (1, "")
    assert "See the list.\nur: The pages could not be written: " in complaint


def test_publishing_says_which_edition_is_current(imported, run, town):
    code, said, _ = run("publish", "town", "--locales", "en,ur")
    assert (code, said) == (0, "en: edition 1 is current.\nur: edition 1 is current.\n")
    again = run("publish", "town", "--locales", "en,ur")
    assert again[:2] == (0, "en: nothing new.\nur: nothing new.\n")
    change(town)
    run("content", "import", town)
    _, said, _ = run("publish", "town", "--locales", "en")
    assert said == "en: edition 2 is current.\n"


def test_rolling_back_gives_the_edition_before(published, run, town, ready):
    change(town)
    run("content", "import", town)
    run("publish", "town", "--locales", "en")
    assert run("rollback", "town", "--locale", "en") == (
        0,
        "en: edition 1 is current again.\n",
        "",
    )
    first = (ready / "editions/town/en/1/pages/doctor.html").read_text("utf-8")
    assert "It is free." in first
    assert run("rollback", "town", "--locale", "en")[0] == 1


def test_a_print_needs_a_folder_to_go_to(published, run, tmp_path):
    out = tmp_path / "none" / "x.pdf"
    code, _, complaint = run("print", "town", "--locale", "ur", "--out", out)
    assert (code, "is not a folder" in complaint) == (2, True)


def test_programs_are_told_in_json(imported, run, town, tmp_path):
    def told(*words):
        return json.loads(run(*words, "--json")[1])

    assert told("publish", "town", "--locales", "en, ur") == {
        "published": {"en": 1, "ur": 1},
        "unchanged": [],
    }
    change(town)
    run("content", "import", town)
    # What has changed in English is no longer there in Urdu.
    again = told("publish", "town", "--locales", "en,ur")
    assert again["published"] == {"en": 2, "ur": 2}
    assert told("rollback", "town", "--locale", "en") == {"current": {"en": 1}}
    assert told("site", "export", tmp_path / "out")["files"] > 10
    assert told("editions", "check") == {"harmed": [], "harmed_in_store": []}
    exported = told("content", "export", "town", tmp_path / "again" / "town")
    assert "en/01-doctor.md" in exported["files"]


def test_a_harmed_edition_is_named_and_mended(published, run, ready):
    file = ready / "editions/town/en/1/pages/doctor.html"
    whole = file.read_bytes()
    file.write_bytes(b"")
    name = "town/en/1/pages/doctor.html"
    assert run("editions", "check")[:2] == (1, f"{name}: missing or changed\n")
    assert run("editions", "check", "--mend")[:2] == (
        0,
        "Every edition is as it was.\n",
    )
    assert file.read_bytes() == whole


@pytest.mark.slow
def test_a_pack_is_printed_to_a_file(published, run, tmp_path):
    out = tmp_path / "town.pdf"
    code, said, _ = run("print", "town", "--locale", "ur", "--out", out)
    assert (code, said) == (0, f"{out}: {out.stat().st_size} bytes.\n")
    assert out.read_bytes().startswith(b"%PDF-")


def test_the_site_is_exported_with_no_dead_link(published, run, tmp_path):
    out = tmp_path / "site"
    code, said, _ = run("site", "export", out)
    assert (code, said.endswith(f"files written to {out}.\n")) == (0, True)
    dead = set()
    for file in out.rglob("*.html"):
        page = html.document_fromstring(file.read_bytes())
        for link in page.xpath("//@href | //@src"):
            path = link.partition("?")[0].partition("#")[0]
            if path.startswith("/"):
                there = out / path.lstrip("/")
                found = there / "index.html" if path.endswith("/") else there
                dead |= set() if found.is_file() else {path}
    assert dead == set()
    pointers = json.loads((out / "current.json").read_text("utf-8"))
    assert pointers == {"en": 1, "ur": 1}
    again = run("site", "export", out)
    assert again[1] == said
