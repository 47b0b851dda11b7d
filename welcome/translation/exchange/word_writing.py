"""Writing the Word table."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from welcome.locales import registry
from welcome.phrases.catalogues import mark, phrase
from welcome.translation.exchange.pins import Pin

# How a heading row is told from the others when the table comes back.
SOURCE_MARK, TARGET_MARK = "Source:", "Translation:"

INSTRUCTIONS = (
    mark(
        "Write the translation in the second column. Leave the first column as it is."
    ),
    mark(
        "Keep the grey mark in square brackets below each text: by it we find the place"
        " of your translation."
    ),
    mark(
        "Keep what stands in double braces, such as {{emergency}}, as it is: the right"
        " phone number or price is filled in later. Keep **stars** around the same words,"
        " and translate only the text in square brackets of a [link](address)."
    ),
    mark("Leave a cell empty where you are not sure. Save the file as .docx."),
)
_GREY = RGBColor(0x76, 0x76, 0x76)


@dataclass(frozen=True)
class Line:
    """A text on its way out: the page it stands on, its pin, and what is there."""

    page: str
    pin: Pin
    source: str
    text: str = ""


def write(
    lines: Sequence[Line], *, source_tag: str, tag: str, interface_tag: str = "en"
) -> bytes:
    """Write a .docx with a table for each page; the instructions stand on top."""
    document = docx.Document()
    paper = document.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    source, target = registry.get(source_tag), registry.get(tag)
    title = f"{source.english} – {target.english} ({target.autonym})"
    document.core_properties.title = title
    document.core_properties.identifier = lines[0].pin.pack if lines else ""
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_heading(title, level=1)
    for sentence in INSTRUCTIONS:
        document.add_paragraph(phrase(interface_tag, sentence))
    for page, group in groupby(lines, key=attrgetter("page")):
        document.add_heading(page, level=2)
        of_page = list(group)
        table = document.add_table(1 + len(of_page), 2, style="Table Grid")
        first, *others = table.rows
        heads = first.cells
        _say(heads[0], f"{SOURCE_MARK} {source.english}", tag=source_tag, is_bold=True)
        _say(heads[1], f"{TARGET_MARK} {target.english}", tag=source_tag, is_bold=True)
        _mark_row(first, "w:tblHeader")
        for row, line in zip(others, of_page, strict=True):
            _fill(row, line, source_tag, tag)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _fill(row: _Row, line: Line, source_tag: str, tag: str) -> None:
    _mark_row(row, "w:cantSplit")
    for cell in row.cells:
        cell.width = Cm(8)
    _say(row.cells[0], line.source, tag=source_tag)
    pin = row.cells[0].add_paragraph().add_run(str(line.pin))
    pin.font.size, pin.font.color.rgb, pin.font.name = Pt(7), _GREY, "Consolas"
    pin.font.no_proof = True
    _say(row.cells[1], line.text, tag=tag)


def _say(cell: _Cell, text: str, *, tag: str, is_bold: bool = False) -> None:
    """Write a text into a cell, in the direction of its locale."""
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run()
    run.bold = is_bold
    for at, piece in enumerate(text.split("  \n")):
        if at:
            run.add_break(WD_BREAK.LINE)
        run.add_text(piece.replace("\n", " "))
    _set_direction(paragraph, run, tag)


def _set_direction(paragraph: Paragraph, run: Run, tag: str) -> None:
    """Say which language it is; the mark of an empty paragraph says it to the typist."""
    is_rtl = registry.get(tag).is_rtl
    of_paragraph = paragraph._p.get_or_add_pPr()
    if is_rtl:
        of_paragraph.append(OxmlElement("w:bidi"))
    of_its_mark = OxmlElement("w:rPr")
    of_paragraph.append(of_its_mark)
    for properties in (run._r.get_or_add_rPr(), of_its_mark):
        if is_rtl:
            properties.append(OxmlElement("w:rtl"))
        language = OxmlElement("w:lang")
        language.set(qn("w:bidi" if is_rtl else "w:val"), tag)
        properties.append(language)


def _mark_row(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
