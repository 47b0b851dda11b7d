"""The pack on paper: what the PDF says, what is refused, what is made only once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import html as lxml_html
from sqlmodel import Session

from tests.editions.conftest import Translate, current_of
from welcome import locales
from welcome.config import Settings
from welcome.database import Sessions
from welcome.editions import artifacts
from welcome.editions.errors import GlyphsMissing, PrintFailed
from welcome.editions.markup import to_html
from welcome.editions.models import ArtifactKind
from welcome.editions.print import document, fonts, pdf
from welcome.editions.print.coverage import find_gaps
from welcome.editions.print.spelt_links import spell_links
from welcome.packs.models import Pack, Policy
from welcome.translation.models import Target

Ordered = Callable[..., object]
PLENTY = pdf.Limits(seconds=120, megabytes=1024)
SITE = "https://welcome.example.org"


def set_on_paper(body: str, limits: pdf.Limits = PLENTY) -> bytes:
    text = f'<!doctype html><html lang="en"><title>T</title><body>{body}</body></html>'
    return pdf.press(text, SITE, limits)


@pytest.fixture
def printed(
    session: Session,
    order: Ordered,
    translate: Translate,
    settings: Settings,
    maker: Sessions,
    now: datetime,
) -> Callable[[str], Path]:
    """Publish a locale and print it."""

    def prints(tag: str) -> Path:
        if tag != "en":
            translate(tag, "start", "doctor")
        order("en", tag) if tag != "en" else order("en")
        edition_id = current_of(session, tag).id
        session.commit()
        made = pdf.make(maker, edition_id, settings=settings, now=now)
        return settings.editions / made.path

    return prints


def text_of(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


def test_the_whole_pack_is_on_paper(printed: Callable[[str], Path]) -> None:
    text = text_of(printed("en"))

    for words in (
        "Welcome to Town",
        "Contents",
        "See a doctor",
        "If you are not safe",
        "Your privacy",
        "01632 960001",
        "Edition 1, 2 March 2026",
        "Written by Town cohesion team",
        f"{SITE}/en/",
    ):
        assert words in text


def test_the_pdf_is_tagged_and_says_its_language(
    printed: Callable[[str], Path],
) -> None:
    with pikepdf.open(printed("ar")) as opened:
        root = opened.Root
        assert str(root.Lang) == "ar"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        width, height = (float(each) for each in opened.pages[0].MediaBox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_the_cover_is_in_the_place_s_colour_and_the_code_at_the_inline_end(
    printed: Callable[[str], Path],
) -> None:
    for tag, is_left in (("en", False), ("ur", True)):
        with pypdfium2.PdfDocument(printed(tag)) as opened:
            picture = opened[0].render(scale=1).to_pil().convert("RGB")
        assert picture.getpixel((5, 5)) == (15, 82, 87)
        x = 80 if is_left else picture.width - 80
        corner = picture.crop((x - 50, 680, x + 50, 780))
        assert {(0, 0, 0), (255, 255, 255)} <= {
            each for _, each in corner.getcolors(9999)
        }


def test_a_locale_s_own_faces_are_used_and_no_other(
    printed: Callable[[str], Path],
) -> None:
    with pikepdf.open(printed("ur")) as opened:
        names = {
            re.sub(r"^/[A-Z]+\+|-.*$", "", str(each.get("/BaseFont")))
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        }
    assert {name.replace("-", " ").split()[0] for name in names} <= {
        "Noto",
        "NotoSans",
        "NotoNastaliqUrdu",
    }


def test_print_is_the_same_bytes_again(
    session: Session, printed: Callable[[str], Path], settings: Settings
) -> None:
    file = printed("ar")
    html = document.html(session, current_of(session, "ar"))

    assert pdf.press(html, settings.site_url, PLENTY) == file.read_bytes()


def test_the_same_print_is_made_once(
    session: Session,
    printed: Callable[[str], Path],
    settings: Settings,
    maker: Sessions,
    now: datetime,
) -> None:
    file = printed("en")
    before = file.stat().st_ino
    edition_id = current_of(session, "en").id
    session.commit()
    later = now + timedelta(days=1)

    pdf.make(maker, edition_id, settings=settings, now=later)
    artifact = artifacts.find(session, current_of(session, "en"), ArtifactKind.PRINT)
    assert artifact
    assert (artifact.made_at, file.stat().st_ino) == (now, before)

    session.commit()
    file.unlink()
    pdf.make(maker, edition_id, settings=settings, now=later)
    assert file.is_file()


def test_missing_glyphs_are_named_with_section_and_locale(
    session: Session,
    order: Ordered,
    translate: Translate,
    settings: Settings,
    maker: Sessions,
    now: datetime,
) -> None:
    targets: list[Target] = translate("pl", "start", "doctor")
    targets[-1].text += " 😀"
    session.commit()
    order("en", "pl")
    edition_id = current_of(session, "pl").id
    session.commit()
    assert artifacts.list_missing_prints(session) == [edition_id - 1, edition_id]
    session.commit()

    with pytest.raises(GlyphsMissing) as caught:
        pdf.make(maker, edition_id, settings=settings, now=now)

    detail = str(caught.value.params["detail"])
    assert "doctor (pl)" in detail
    assert "U+1F600 GRINNING FACE" in detail
    # It is not tried again and again, and readers keep what they have.
    session.expire_all()
    assert artifacts.list_missing_prints(session) == [edition_id - 1]
    assert artifacts.find(session, current_of(session, "pl"), ArtifactKind.WEB)


@pytest.mark.parametrize(
    ("text", "tag", "gaps"),
    [
        ("<p>plain words</p>", "en", 0),
        ("<p>اردو</p>", "en", 4),
        ('<p lang="ur">اردو</p>', "en", 0),
        # Nastaliq lacks this Sorani letter: another face would jump in.
        ('<p lang="ur">ڵ</p>', "en", 1),
        ("<title>ترجمة</title><p>a\u200b\u2066b</p>", "en", 0),
        ("<p>&#9742;</p>", "pl", 1),
    ],
)
def test_gaps_are_found_before_printing(text: str, tag: str, gaps: int) -> None:
    assert len(find_gaps(text, tag, fonts.coverage())) == gaps


def test_boxes_are_found_after_printing() -> None:
    with pytest.raises(GlyphsMissing) as caught:
        set_on_paper("<p>\U0001f600</p>")

    assert caught.value.params["detail"] == "\U0001f600"


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import "http://127.0.0.1:9/x.css";</style>',
        '<p style="background: url(/etc/passwd)">x</p>',
        '<object data="file:///etc/passwd"></object>',
        '<img src="data:image/png;base64,AAAA" alt="x">',
    ],
)
def test_nothing_is_fetched_from_anywhere(hostile: str) -> None:
    with pytest.raises(PrintFailed) as caught:
        set_on_paper(hostile)

    assert caught.value.params["reason"] == "refused"


def test_a_print_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(PrintFailed) as caught:
        set_on_paper("<p>x</p>" * 20_000, pdf.Limits(seconds=2, megabytes=1024))

    assert caught.value.params["reason"] == "time"


def test_a_print_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(PrintFailed) as caught:
        set_on_paper("<p>x</p>" * 20_000, pdf.Limits(seconds=120, megabytes=250))

    assert caught.value.params["reason"] == "memory"


def test_a_document_nested_too_deep_ends_the_child_only() -> None:
    with pytest.raises(PrintFailed) as caught:
        set_on_paper("<div>" * 2000 + "x" + "</div>" * 2000)

    assert caught.value.params["reason"] in {"crash", "memory"}


def test_missing_fonts_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(PrintFailed, match="welcome assets fetch"):
        fonts.require([locales.get("en")], tmp_path)
    (tmp_path / "fonts.conf").touch()
    with pytest.raises(PrintFailed, match="Noto Sans"):
        fonts.require([locales.get("en")], tmp_path)


def test_a_locale_whose_start_page_is_not_ready_prints(
    session: Session, pack: Pack, order: Ordered
) -> None:
    pack.policy = Policy.ENGLISH_WITH_NOTE
    order("en", "ur")
    html = document.html(session, current_of(session, "ur"))
    assert "ایمرجنسی" in html
    assert find_gaps(html, "ur", fonts.coverage()) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[NHS](https://www.nhs.uk/gp/).", "NHS (www.nhs.uk/gp)."),
        ("[nhs.uk](https://nhs.uk/)", "nhs.uk"),
        ("[Write](mailto:a@example.org) now", "Write (a@example.org) now"),
        ("[01632 960001](tel:01632960001)", "01632 960001"),
        ("[Ring us](tel:01632960001), **please**", "Ring us (01632960001), please"),
        ("[Contents](#contents)", "Contents"),
    ],
)
def test_links_on_paper_say_where_they_lead(text: str, told: str) -> None:
    spelt = spell_links(to_html(text, direction="rtl"))
    words = lxml_html.fragment_fromstring(spelt, create_parent="div").text_content()
    assert words.strip() == told
