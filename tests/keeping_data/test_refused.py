"""Damaged and hostile files are refused with a reason, before anything is touched."""

import hashlib
import json
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from welcome.backups import reading, restoring
from welcome.backups.errors import RestoreRefused
from welcome.backups.restoring import Wish

ROWS = "rows/account.jsonl"


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: what is refused does not depend on it."""
    return sqlite_database


class Parts:
    """The parts of a backup, to be harmed and put together again."""

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self.told = json.loads(self.members.pop("manifest.json"))
        self.extra: list[tuple[zipfile.ZipInfo | str, bytes]] = []

    def table(self, name: str) -> dict:
        return next(each for each in self.told["tables"] if each["name"] == name)

    def put(self, name: str, lines: list[object]) -> None:
        """Put other rows in, with a sum that is right."""
        content = "".join(
            f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in lines
        ).encode()
        self.members[f"rows/{name}.jsonl"] = content
        sha256 = hashlib.sha256(content).hexdigest()
        self.table(name).update(rows=len(lines), size=len(content), sha256=sha256)

    def rows(self, name: str) -> list[list]:
        return [
            json.loads(each) for each in self.members[f"rows/{name}.jsonl"].splitlines()
        ]

    def write(self, file: Path) -> Path:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.members.items():
                archive.writestr(name, content)
            for name, content in self.extra:
                archive.writestr(name, content)
            if self.told is not None:
                archive.writestr("manifest.json", json.dumps(self.told))
        return file


def _newer_format(parts):
    parts.told["format"] = 2


def _odd_format(parts):
    parts.told["format"] = True


def _newer_step(parts):
    parts.told["step"] = "9000"


def _other_step(parts):
    parts.told["step"] = "x'; DROP TABLE account; --"


def _no_manifest(parts):
    parts.told = None


def _list_that_is_none(parts):
    parts.told = [1, 2]


def _lacking_list(parts):
    del parts.told["tables"]


def _huge_list(parts):
    parts.told["left_out"] = ["x" * 2_000_000]


def _negative_count(parts):
    parts.table("account")["rows"] = -1


def _missing_table(parts):
    del parts.members[ROWS]


def _table_left_out(parts):
    del parts.members[ROWS]
    parts.told["tables"] = [e for e in parts.told["tables"] if e["name"] != "account"]


def _table_twice(parts):
    parts.told["tables"].append(parts.table("account"))


def _climbing_name(parts):
    parts.extra.append(("../../etc/passwd", b"x"))


def _link(parts):
    info = zipfile.ZipInfo("rows/shortcut.jsonl")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    parts.extra.append((info, b"/etc/passwd"))


def _changed_rows(parts):
    parts.members[ROWS] = parts.members[ROWS].replace(b"example.org", b"example.com")


def _lost_rows(parts):
    lines = parts.members[ROWS].splitlines(keepends=True)
    parts.members[ROWS] = b"".join(lines[1:])
    parts.table("account")["size"] = len(parts.members[ROWS])


def _bomb(parts):
    parts.put("account", ["0" * 60_000_000])


def _other_columns(parts):
    parts.table("account")["columns"]["email"] = "integer"


def _short_row(parts):
    parts.put("account", [parts.rows("account")[0][:-1]])


def _row_that_is_none(parts):
    parts.put("account", ["{}"])


def _deep_row(parts):
    parts.put("account", ["[" * 200_000])


def _text_for_a_number(parts):
    row = parts.rows("pack")[0]
    row[sorted(parts.table("pack")["columns"]).index("id")] = "1"
    parts.put("pack", [row])


def _large_number(parts):
    row = parts.rows("pack")[0]
    row[sorted(parts.table("pack")["columns"]).index("id")] = 2**80
    parts.put("pack", [row])


def _same_key_twice(parts):
    parts.put("pack", parts.rows("pack") * 2)


def _pointing_nowhere(parts):
    parts.put("account", [])


def _unknown_state(parts):
    rows = parts.rows("message")
    for row in rows:
        row[sorted(parts.table("message")["columns"]).index("state")] = "eaten"
    parts.put("message", rows)


def _changed_copy(parts):
    parts.members["database.sqlite"] = b"x" * len(parts.members["database.sqlite"])


HARM = {
    _newer_format: "newer Welcome",
    _odd_format: "list of contents",
    _newer_step: "does not know yet",
    _other_step: "none of Welcome's",
    _no_manifest: "no list of contents",
    _list_that_is_none: "list of contents",
    _lacking_list: "list of contents",
    _huge_list: "too large",
    _negative_count: "list of contents",
    _missing_table: "differ: rows/account",
    _table_left_out: "not those of its schema step",
    _table_twice: "twice",
    _climbing_name: "differ: ../../etc",
    _link: "differ: rows/shortcut",
    _changed_rows: "not those that were saved",
    _lost_rows: "not those that were saved",
    _bomb: "traps",
    _other_columns: "columns of account",
    _short_row: "other columns",
    _row_that_is_none: "other columns",
    _deep_row: "cannot be read",
    _text_for_a_number: "cannot be read",
    _large_number: "cannot be read",
    _same_key_twice: "table pack, rows 1 to 2",
    _pointing_nowhere: "points to one that is not there",
    _unknown_state: "table message",
    _changed_copy: "not what was saved",
}


@pytest.mark.parametrize("harm", HARM, ids=lambda each: each.__name__)
def test_a_harmed_backup_is_refused_with_a_reason(
    filled, take, restore, other_sqlite, tmp_path, harm
):
    parts = Parts(take(with_copy=True))
    harm(parts)
    file = parts.write(tmp_path / "harmed.zip")
    with pytest.raises(RestoreRefused) as refused:
        restore(file, other_sqlite)
    assert HARM[harm] in refused.value.reason
    assert "example.org" not in refused.value.reason
    left = {each.name for each in (tmp_path / "other").iterdir()}
    assert left <= {"other.sqlite.lock"}


def test_every_cut_and_many_flipped_bytes_are_refused(filled, take, tmp_path):
    whole = take().read_bytes()
    file = tmp_path / "harmed.zip"
    for at in range(0, len(whole), len(whole) // 25):
        file.write_bytes(whole[:at])
        with pytest.raises(RestoreRefused), reading.opened(file):
            pass
    flipped = 0
    for at in range(0, len(whole), len(whole) // 60):
        content = bytearray(whole)
        content[at] ^= 0x55
        file.write_bytes(content)
        try:
            with reading.opened(file):
                pass
        except RestoreRefused:
            flipped += 1
    # Some bytes say nothing: times, versions of the writing program.
    assert flipped > 40


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" * 99, b"PK\x03\x04"])
def test_what_is_no_backup_is_refused(tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(RestoreRefused, match="no backup"), reading.opened(file):
        pass


def test_an_archive_of_another_kind_is_refused(tmp_path):
    file = tmp_path / "file"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("manifest.json", "{}" * 99)
    whole = file.read_bytes()
    listed = whole.index(b"PK\x01\x02")
    # The version it takes, a name that is no text, how the stream was packed.
    for at, harm in (
        (listed + 6, b"\x63"),
        (listed + 8, b"\x00\x08\x0e\x00" + whole[listed + 12 : listed + 46] + b"\xff"),
        (30 + len("manifest.json") + 4, b"\xff"),
    ):
        file.write_bytes(whole[:at] + harm + whole[at + len(harm) :])
        with pytest.raises(RestoreRefused, match="no backup"), reading.opened(file):
            pass


def test_other_keys_are_refused_unless_told(filled, take, settings, now, other_sqlite):

    file = take()
    keys = replace(settings.secrets, session="others")
    elsewhere = replace(settings, secrets=keys)
    with pytest.raises(RestoreRefused, match="are not those it was made with"):
        restoring.restore(Wish(file, other_sqlite), elsewhere, now=now)
    restoring.restore(Wish(file, other_sqlite, other_keys=True), elsewhere, now=now)
