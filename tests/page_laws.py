"""What every HTML answer that any test opens must obey."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from welcome import locales

UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
# Signs and groups of digits that change places where the text around them runs to the left.
IN_GROUPS = re.compile(r"\+\d{5,}|\+?\d{2,}(?:[ \u00a0-]\d{2,})+")
ISOLATED = re.compile("[\u2066\u2068][^\u2069]*\u2069")
RIGHT_TO_LEFT = {"R", "AL"}


class LawfulClient(FlaskClient):
    """A client that refuses pages which break the laws."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Open a page and hold it against the laws."""
        answer = super().open(*args, **kwargs)
        whole = answer.mimetype == "text/html" and b"<html" in answer.data
        if whole and not 300 <= answer.status_code < 400:
            obey(answer.get_data(as_text=True))
        return answer


def obey(text: str) -> HtmlElement:
    """Check a whole page; an assertion says which law it breaks and where."""
    page = html.document_fromstring(text)
    for law in LAWS:
        law(page)
    return page


def one_heading_that_the_title_starts_with(page: HtmlElement) -> None:
    headings = page.xpath("//h1")
    assert len(headings) == 1, f"{len(headings)} h1 elements"
    heading = " ".join(headings[0].text_content().split())
    title = " ".join((page.findtext(".//title") or "").split())
    assert heading, "an empty h1"
    assert title.startswith(heading), f"title {title!r} does not start with {heading!r}"


def language_and_direction_agree(page: HtmlElement) -> None:
    assert page.get("lang"), "html without lang"
    for element in page.xpath("//*[@lang]"):
        locale = locales.get(element.get("lang"))
        wanted = element.get("dir") or element.xpath(
            "string(ancestor::*[@dir][1]/@dir)"
        )
        assert wanted in {locale.direction, "auto"}, f"{locale.tag} set {wanted}"


def ids_are_unique(page: HtmlElement) -> None:
    counted = Counter(page.xpath("//@id"))
    assert [name for name, count in counted.items() if count > 1] == []


def fields_have_labels(page: HtmlElement) -> None:
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input|//select|//textarea"):
        if field.get("type") in UNLABELLED:
            continue
        named = (
            field.get("id") in labelled
            or field.get("aria-label")
            or field.get("aria-labelledby")
            or field.xpath("ancestor::label")
        )
        assert named, f"no label for {html.tostring(field)[:120]!r}"


def posting_forms_carry_their_token(page: HtmlElement) -> None:
    for form in page.xpath("//form[translate(@method, 'POST', 'post')='post']"):
        # Forms without a session carry a token of their own.
        token = form.xpath(".//input[@name='csrf_token' or @name='form_token']")
        assert token, f"no token in the form to {form.get('action')}"


def nothing_inline(page: HtmlElement) -> None:
    assert page.xpath("//style") == [], "an inline style sheet"
    assert page.xpath("//@style") == [], "a style attribute"
    scripts = [s for s in page.xpath("//script[not(@src)]") if (s.text or "").strip()]
    assert scripts == [], "an inline script"
    handlers = [
        n for e in page.iter() for n in e.attrib if re.fullmatch(r"on[a-z]+", n)
    ]
    assert handlers == [], handlers


def references_resolve(page: HtmlElement) -> None:
    ids = set(page.xpath("//@id"))
    for name in ("aria-describedby", "aria-labelledby", "for"):
        for value in page.xpath(f"//@{name}"):
            missing = [each for each in value.split() if each not in ids]
            assert missing == [], f"{name} names {missing}"


def numbers_stay_whole(page: HtmlElement) -> None:
    for text in page.xpath("//body//text()"):
        around = text.getparent().getparent() if text.is_tail else text.getparent()
        if around.tag in {"script", "textarea"}:
            continue
        shown = ISOLATED.sub("", text)
        for found in IN_GROUPS.finditer(shown):
            before = _first_strong(reversed(shown[: found.start()]))
            turned = before in RIGHT_TO_LEFT or _direction(around) == "rtl"
            assert not turned, f"{found[0]!r} is turned round in {text.strip()[:80]!r}"


def _direction(element: HtmlElement) -> str:
    """Tell how the text of an element runs."""
    holder = next(
        each
        for each in (element, *element.iterancestors())
        if each.get("dir") or each.tag in {"bdi", "html"}
    )
    told = str(holder.get("dir", "auto" if holder.tag == "bdi" else "ltr"))
    if told != "auto":
        return told
    return "rtl" if _first_strong(holder.text_content()) in RIGHT_TO_LEFT else "ltr"


def _first_strong(letters: Iterable[str]) -> str:
    ways = (unicodedata.bidirectional(letter) for letter in letters)
    return next((way for way in ways if way in {"L", *RIGHT_TO_LEFT}), "")


LAWS = (
    one_heading_that_the_title_starts_with,
    language_and_direction_agree,
    ids_are_unique,
    fields_have_labels,
    posting_forms_carry_their_token,
    nothing_inline,
    references_resolve,
    numbers_stay_whole,
)
