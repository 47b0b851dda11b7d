"""Code-Point files become sectors; people find theirs however they type it."""

import zipfile

import pytest
from sqlmodel import select

from welcome.buddies.models.people import Area, AreaKind
from welcome.buddies.people import areas, code_point
from welcome.buddies.people.errors import BadAreas

ROWS = """\
"WS1 3AB",10,401000,298000,"E92000001","","E1","","E2","E3"
"WS1 3AC",10,401003,298001,"E92000001","","E1","","E2","E3"
"WS1 4XY",10,402000,299000,"E92000001","","E1","","E2","E3"
"WS131AA",10,411000,309000,"E92000001","","E1","","E2","E3"
"WS9 9ZZ",90,0,0,"E92000001","","E1","","E2","E3"
"""
BIRMINGHAM = '"B1  1AA",10,406000,286000,"E92000001","","","","",""\n'


def pack(folder, files):
    path = folder / "codepo.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return path


@pytest.fixture
def file(tmp_path):
    """A small file in the layout of the real one; every postcode here is made up."""
    return pack(
        tmp_path,
        {
            "Data/CSV/ws.csv": ROWS,
            "Data/CSV/b.csv": BIRMINGHAM,
            "Doc/licence.txt": "Made up.",
            "Doc/Code-Point_Open_Column_Headers.csv": "PC,PQ,EA,NO\n",
        },
    )


@pytest.fixture
def known(session, file, now):
    read = code_point.read_zip(file)
    named = {"Caldmore": (401500, 297500), "الحي": (401900, 297900)}
    areas.import_areas(session, read.middles(), named, actor=None, now=now)


def test_points_of_postcodes_become_middles_of_sectors(file):
    read = code_point.read_zip(file)
    assert read.middles() == {
        "WS1 3": (401002, 298001),
        "WS1 4": (402000, 299000),
        "WS13 1": (411000, 309000),
        "B1 1": (406000, 286000),
    }
    assert (read.bad, read.without_point) == (0, 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("WS1 3AB", "WS1 3"), ("ws13ab", "WS1 3"), (" wS1  3 zz ", "WS1 3"),
        ("WS1 3", "WS1 3"), ("ws1 3", "WS1 3"), ("WS١ ٣AB", "WS1 3"),
        ("ＷＳ１　３ＡＢ", "WS1 3"), ("B11", "B1 1"), ("b1 1aa", "B1 1"),
        ("caldmore", "caldmore"), (" CALDMORE ", "caldmore"), ("الحي", "الحي"),
        # A district is too wide; this one is also what a sector could look like.
        ("WS13", None), ("WS1", None), ("", None), ("SW1A 1AA", None),
        ("x" * 10_000, None), ("%", None), ("WS_ 3", None),
    ],
)  # fmt: skip
def test_an_area_is_found_however_it_is_typed(session, known, typed, code):
    found = areas.find_area(session, typed)
    assert (found.code if found else None) == code


def test_no_full_postcode_is_kept(session, known):
    kept = session.exec(select(Area)).all()
    assert {each.name for each in kept if each.kind is AreaKind.SECTOR} == {
        "WS1 3", "WS1 4", "WS13 1", "B1 1",
    }  # fmt: skip


def test_an_import_twice_changes_nothing_and_a_moved_point_moves(session, file, now):
    points = code_point.read_zip(file).middles()
    first = areas.import_areas(session, points, {}, actor=None, now=now)
    again = areas.import_areas(session, points, {}, actor=None, now=now)
    moved = areas.import_areas(session, {"WS1 3": (1, 2)}, {}, actor=None, now=now)
    assert (first.added, again.added, again.unchanged, moved.moved) == (4, 0, 4, 1)
    found = areas.find_area(session, "WS1 3")
    assert (found.easting, found.northing) == (1, 2)
    assert areas.cell_of(found) == (0, 0)
    assert areas.cell_of(None) == (None, None)


@pytest.mark.parametrize(
    "row",
    [
        "WS1,10,401000,298000", "WS1 3AB,10,,298000", "WS1 3AB,10,1e5,298000",
        "WS1 3AB,10,-5,298000", "WS1 3AB,10,9000000,1", "WS1 3AB,10",
        "WS1 3AB,10,0,0", "=cmd(),10,401000,298000", "WS1 3AB,10,٤٠١٠٠٠,298000",
    ],
)  # fmt: skip
def test_bad_rows_are_counted_and_named(tmp_path, row):
    file = pack(tmp_path, {"Data/CSV/ws.csv": f"{ROWS}{row}\n"})
    read = code_point.read_zip(file)
    assert (read.bad, read.named) == (1, ["Data/CSV/ws.csv:6"])
    assert len(read.middles()) == 3


def test_many_bad_rows_are_counted_and_the_first_named(tmp_path):
    read = code_point.read_zip(pack(tmp_path, {"Data/CSV/x.csv": "no,row\n" * 5000}))
    assert read.bad == 5000
    assert len(read.named) == code_point.MOST_NAMED


def test_what_is_no_such_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "plain.zip").write_text("no zip")
    with pytest.raises(BadAreas):
        code_point.read_zip(tmp_path / "plain.zip")
    with pytest.raises(BadAreas, match="no Data/CSV"):
        code_point.read_zip(pack(tmp_path, {"other.csv": ROWS}))
    with pytest.raises(BadAreas, match="UTF-8"):
        code_point.read_zip(pack(tmp_path, {"Data/CSV/a.csv": b"\xff\xfe"}))
    with pytest.raises(BadAreas, match="longer"):
        code_point.read_zip(pack(tmp_path, {"Data/CSV/a.csv": "a" * 100_000}))
    whole = pack(tmp_path, {"Data/CSV/a.csv": ROWS * 500})
    damaged = bytearray(whole.read_bytes())
    damaged[60:90] = bytes(30)
    (tmp_path / "damaged.zip").write_bytes(damaged)
    with pytest.raises(BadAreas):
        code_point.read_zip(tmp_path / "damaged.zip")
    monkeypatch.setattr(code_point, "MOST_FILES", 1)
    with pytest.raises(BadAreas, match="more than 1 files"):
        code_point.read_zip(pack(tmp_path, {"Data/CSV/a.csv": "", "b": ""}))


def test_a_bomb_is_left_packed(tmp_path, monkeypatch):
    monkeypatch.setattr(code_point, "MOST_BYTES", 10_000)
    with pytest.raises(BadAreas, match="more than 10000 bytes"):
        code_point.read_zip(pack(tmp_path, {"Data/CSV/a.csv": ROWS * 1000}))


def test_a_list_of_neighbourhoods_is_taken_whole_or_not_at_all(tmp_path):
    file = tmp_path / "n.csv"
    file.write_text("name,easting,northing\nCaldmore,401500,297500\n", "utf-8-sig")
    assert code_point.read_neighbourhoods(file) == {"Caldmore": (401500, 297500)}
    file.write_text("Caldmore,401500,297500\ncaldmore,1,1\n,5,5\nB,x,y\n", "utf-8")
    with pytest.raises(BadAreas, match=r"3 rows.*n.csv:2, n.csv:3, n.csv:4"):
        code_point.read_neighbourhoods(file)
