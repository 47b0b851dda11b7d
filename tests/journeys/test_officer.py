"""An officer who reads no Urdu: a table to an agency, its statement, web and print."""

from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.journeys.people import Person, Staff, at
from tests.journeys.site import running
from welcome import clock
from welcome.cli import cast

pytestmark = pytest.mark.browser

OLD, NEW = "08:30 to 18:00", "08:30 to 19:00"
CHANGED = "In an emergency call"
URDU = "ہنگامی صورت میں {{emergency}} یا 112 پر کال کریں۔ پیر کو 08:30 سے 19:00 تک کھلا ہے۔"
STAMP = "ایک ایجنسی نے اس کا ترجمہ کیا اور اسے جانچا"
AGENCY, REFERENCE = "Example Languages", "EL-2026-17"
# Nobody is left who reads Urdu.
AWAY = ("translator_ur", "reviewer_ur")


def fill_in(file: Path) -> Path:
    """Do the agency's work: one row is open, and only that one goes out."""
    document = docx.Document(str(file))
    (table,) = document.tables
    _heading, row = table.rows
    assert row.cells[0].text.startswith(CHANGED)
    assert "19:00" in row.cells[0].text
    row.cells[1].text = URDU
    back = file.with_name("from-the-agency.docx")
    document.save(str(back))
    return back


def walk_to_the_table(officer: Staff) -> None:
    officer.open("/-/translating/")
    officer.press("main a[href='/-/translating/town/ur/']")
    officer.press(".tabs a[href$='word-table/']")


def accept_on_the_statement(officer: Staff) -> None:
    officer.press(".tabs a[href$='statement/']")
    assert officer.page.locator("input[name=targets]:checked").count() == 1
    officer.page.fill("input[name=agency]", AGENCY)
    officer.page.fill("input[name=reference]", REFERENCE)
    officer.page.fill("input[name=revised_on]", clock.now().date().isoformat())
    officer.page.check("input[name=two_linguists]")


def read_pdf(content: bytes) -> str:
    """Give all text of a PDF."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\n".join(pages)


def reveals_nobody(text: str) -> bool:
    """Tell whether a text names neither the agency nor anybody of the cast."""
    names = [AGENCY, REFERENCE, *(part.name for part in cast.PARTS)]
    return [name for name in names if name in text] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_language_that_nobody_here_reads(browser, tmp_path, pictures, width):
    with running(tmp_path, interface_tag="en", away=AWAY) as site:
        mark = f"officer-{width}"
        officer = at(browser, site.url, width)
        officer.sign_in("officer")
        officer.change_page("doctor", OLD, NEW)

        walk_to_the_table(officer)
        officer.sees("Everything that is open (1)")
        officer.keeps_picture(pictures, f"{mark}-1-table")
        back = fill_in(officer.fetch_table(tmp_path))
        officer.bring_table_back(back)
        officer.sees("1 row saved")
        officer.keeps_picture(pictures, f"{mark}-2-outcome")

        walk_to_the_table(officer)
        accept_on_the_statement(officer)
        officer.keeps_picture(pictures, f"{mark}-3-statement")
        officer.press("form[action$='/statement/'] button[type=submit]")
        officer.sees("1 unit is accepted on the agency’s statement.")
        officer.publish("en", "ur")
        officer.keeps_picture(pictures, f"{mark}-4-published")

        reader = at(browser, site.url, width, Person)
        reader.page.wait_for_timeout(2_500)
        reader.open("/ur/doctor/")
        reader.sees("19:00")
        reader.sees(STAMP)
        reader.keeps_picture(pictures, f"{mark}-5-reader")
        assert reveals_nobody(reader.page.content())

        link = reader.page.locator("nav.bar a[href*='/-/print/']")
        printed = reader.waits_for(str(link.get_attribute("href")))
        assert printed.headers["content-type"] == "application/pdf"
        text = read_pdf(printed.body())
        assert "19:00" in text
        assert "18:00" not in text
        assert reveals_nobody(text)
        (pictures / f"{mark}-6.pdf").write_bytes(printed.body())
