"""Word files as files: what is written, what office programs do to it, what is refused."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from welcome.translation.errors import TableRefused
from welcome.translation.exchange import word_reading
from welcome.translation.exchange.pins import Pin, find_pin
from welcome.translation.exchange.word_reading import Refusal, Row, read
from welcome.translation.exchange.word_writing import Line, write

KEY = "ab12cd34" * 8
LINES = [
    Line("See a doctor", Pin("town", "ur", 7, KEY, 0), "Find a surgery near you."),
    Line(
        "See a doctor",
        Pin("town", "ur", 8, KEY, 3),
        "Call {{council-line}} if they say **no**.",
        "{{council-line}} پر کال کریں۔",
    ),
    Line("Your privacy", Pin("town", "ur", 9, KEY, 1), "One  \ntwo", "ایک  \nدو"),
]
PART = "word/document.xml"


def written(tag: str = "ur") -> bytes:
    return write(LINES, source_tag="en", tag=tag)


def repacked(file: bytes, change: Callable[[str], str]) -> bytes:
    """Change the text part as an office program would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == PART:
                content = change(content.decode()).encode()
            new.writestr(part, content)
    return out.getvalue()


def packed(xml: str, name: str = PART) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return out.getvalue()


def test_what_goes_out_comes_back() -> None:
    rows = read(written())
    assert [row.known_pin.unit_id for row in rows] == [7, 8, 9]
    assert [row.known_pin.revision for row in rows] == [0, 3, 1]
    assert [row.source for row in rows] == [
        "Find a surgery near you.",
        "Call {{council-line}} if they say **no**.",
        "One\ntwo",
    ]
    assert [row.text for row in rows] == [
        "",
        "{{council-line}} پر کال کریں۔",
        "ایک\nدو",
    ]
    assert all(row.known_pin.fits(KEY) for row in rows)


def test_a_table_for_each_page_in_the_right_direction() -> None:
    document = docx.Document(io.BytesIO(written()))
    assert len(document.tables) == 2
    assert [len(table.columns) for table in document.tables] == [2, 2]
    cells = document.tables[0].rows[1].cells
    assert "w:bidi" in cells[1]._tc.xml
    assert "<w:rtl/>" in cells[1]._tc.xml
    assert "w:bidi" not in cells[0]._tc.xml
    assert "<w:rtl/>" not in docx.Document(io.BytesIO(written("pl"))).element.xml
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "English – Urdu (اردو)"
    assert any("second column" in text for text in texts)


MANGLED = {
    "runs cut apart": lambda xml: xml.replace(
        "Find a surgery", "Find a </w:t></w:r><w:proofErr/><w:r><w:t>surgery"
    ),
    "pin cut apart": lambda xml: xml.replace(
        "[#town_ur_7", "[#town</w:t></w:r><w:r><w:t>_ur_7"
    ),
    "tracked insertion": lambda xml: xml.replace(
        "<w:t>Find a surgery near you.</w:t></w:r>",
        '<w:t>Find a surgery</w:t></w:r><w:ins w:id="1" w:author="x"><w:r>'
        '<w:t xml:space="preserve"> near you.</w:t></w:r></w:ins>',
    ),
    "tracked deletion": lambda xml: xml.replace(
        "<w:t>Find a surgery near you.</w:t></w:r>",
        "<w:t>Find a surgery near you.</w:t></w:r><w:del><w:r><w:delText>gone</w:delText>"
        "</w:r></w:del><w:moveFrom><w:r><w:t>gone too</w:t></w:r></w:moveFrom>",
    ),
    "content control around a row": lambda xml: re.sub(
        r"(<w:tr>.*?</w:tr>)",
        r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>",
        xml,
        flags=re.S,
    ),
    "strict namespace": lambda xml: xml.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    "comments and instructions": lambda xml: xml.replace(
        "<w:body>", "<w:body><!-- x --><?y z?>"
    ),
    "a row of blanks": lambda xml: xml.replace(
        "</w:tbl>", "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    ),
}


@pytest.mark.parametrize("how", MANGLED)
def test_what_office_programs_do_changes_nothing(how: str) -> None:
    file = written()
    changed = repacked(file, MANGLED[how])
    assert changed != repacked(file, str)

    def told(rows: list[Row]) -> list[tuple[object, ...]]:
        return [(row.pin, row.source, row.text) for row in rows]

    assert told(read(changed)) == told(read(file))


def test_a_row_that_lost_its_pin_is_still_read() -> None:
    rows = read(repacked(written(), lambda xml: xml.replace("[#town_ur_7", "[")))
    assert rows[0].pin is None
    assert rows[0].source.startswith("Find a surgery near you.")


def test_a_third_column_and_a_table_inside_a_cell_are_not_lost() -> None:
    cell = "<w:tc><w:p><w:r><w:t>more</w:t></w:r></w:p></w:tc>"
    inside = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    more = read(
        repacked(written(), lambda xml: xml.replace("</w:tr>", f"{cell}</w:tr>"))
    )
    assert [row.text.split("\n")[-1] for row in more[:3]] == ["more"] * 3
    nested = repacked(
        written(),
        lambda xml: xml.replace("ایک", f"ایک</w:t></w:r></w:p>{inside}<w:p><w:r><w:t>"),
    )
    assert read(nested)[2].text == "ایک\nmore\nدو"


BODY = '<w:document xmlns:w="urn:w"><w:body>%s</w:body></w:document>'
ROW = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
REFUSED = {
    Refusal.NOT_DOCX: [b"", b"hello", packed("<a/>", "other.xml"), b"PK\x03\x04broken"],
    Refusal.OLD_WORD: [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100],
    Refusal.TOO_LARGE: [
        b"x" * (word_reading.MAX_FILE + 1),
        packed("<a>" + " " * (word_reading.MAX_TEXT_PART + 1) + "</a>"),
    ],
    Refusal.DECLARATION: [
        packed('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        packed("<!DOCTYPE a><a/>"),
    ],
    Refusal.BROKEN: [
        packed("<a><b></a>"),
        packed(""),
        packed('<?xml version="1.0" encoding="utf-16"?><a/>'),
        packed("<a>&undefined;</a>"),
        packed("<a>" * 400 + "</a>" * 400),
        repacked(written(), lambda xml: xml)[:-500] + b"\0" * 400,
    ],
    Refusal.NO_TABLE: [packed(BODY % "<w:p/>")],
    Refusal.TOO_MANY_ROWS: [packed(BODY % (ROW * (word_reading.MAX_ROWS + 1)))],
}


@pytest.mark.parametrize(
    ("reason", "at"),
    [(reason, at) for reason, files in REFUSED.items() for at in range(len(files))],
)
def test_what_is_refused_says_why(reason: Refusal, at: int) -> None:
    with pytest.raises(TableRefused) as raised:
        read(REFUSED[reason][at])
    got = raised.value.params["reason"]
    assert got == reason.value or (reason is Refusal.BROKEN and got == "not-docx")


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PART, BODY % ROW)
        for number in range(4):
            archive.writestr(f"word/media/{number}.bin", b"\0" * 20_000_000)
    assert len(out.getvalue()) < 200_000
    with pytest.raises(TableRefused) as raised:
        read(out.getvalue())
    assert raised.value.params["reason"] == "too-large"


def test_no_more_is_built_than_a_table_needs() -> None:
    cells = "<tc/>" * (word_reading.MAX_ELEMENTS - 2)
    assert reason_of(packed(f"<d><tr>{cells}</tr></d>")) is None
    too_many = packed(f"<d><tr>{cells}<tc/></tr></d>")
    assert reason_of(too_many) == Refusal.TOO_MANY_ELEMENTS.value


def test_a_cell_holds_no_more_than_a_target() -> None:
    text = "x" * word_reading.MAX_CELL
    (row,) = read(packed(f"<d><tr><tc/><tc><t>{text}</t></tc></tr></d>"))
    assert row.text == text
    too_long = packed(f"<d><tr><tc/><tc><t>{text}x</t></tc></tr></d>")
    assert reason_of(too_long) == Refusal.CELL_TOO_LONG.value


def test_a_locked_file_is_refused() -> None:
    file = bytearray(packed(BODY % ROW))
    for at in (file.find(b"PK\x03\x04") + 6, file.find(b"PK\x01\x02") + 8):
        file[at] |= 1
    with pytest.raises(TableRefused) as raised:
        read(bytes(file))
    assert raised.value.params["reason"] == "not-docx"


def reason_of(file: bytes) -> str | None:
    try:
        read(file)
    except TableRefused as refused:
        return str(refused.params["reason"])
    return None


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 60_000))
def test_no_damage_crashes_the_reader(noise: bytes, at: int) -> None:
    file = written()
    start = at % len(file)
    damaged = file[:start] + noise + file[start + len(noise) :]
    assert reason_of(damaged) in {None, *(reason.value for reason in Refusal)}


@pytest.mark.parametrize("method", [8, 12, 14, 99])
def test_a_damaged_text_part_is_refused(method: int) -> None:
    """Whatever it says it is packed with."""
    file = bytearray(packed(BODY % (ROW * 50)))
    for header, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        file[file.find(header) + at] = method
    start = file.find(PART.encode()) + len(PART)
    file[start : start + 20] = b"\xff" * 20
    assert reason_of(bytes(file)) in {"broken", "not-docx"}


@settings(deadline=None)
@given(
    pack=st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True),
    unit_id=st.integers(1, 10**12 - 1),
    revision=st.integers(0, 10**9 - 1),
    around=st.text(max_size=20),
)
def test_a_pin_is_found_in_any_text(
    pack: str, unit_id: int, revision: int, around: str
) -> None:
    pin = Pin(pack, "zh-Hant", unit_id, KEY[:8], revision)
    assert find_pin(f"{around}\n{pin} {around}")[0] == pin
    assert find_pin(f"{pin}{pin}") == (None, f"{pin}{pin}")
