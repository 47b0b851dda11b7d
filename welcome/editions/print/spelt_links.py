"""Links on paper: where they lead is spelt out beside them, since nobody can press them."""

import re

from lxml import html
from lxml.html import HtmlElement

_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)")
_NO_LETTER = re.compile(r"[\W_]+")


def spell_links(body: str) -> str:
    """Add its address after every link of a page's HTML whose words do not say it."""
    page = html.fragment_fromstring(body, create_parent="div")
    for link in page.iter("a"):
        address = _SCHEME.sub("", link.get("href", "")).removesuffix("/")
        if _SCHEME.match(link.get("href", "")) and not _says(link, address):
            _put_behind(link, f"({address})")
    inner = [page.text or "", *(html.tostring(e, encoding="unicode") for e in page)]
    return "".join(inner)


def _says(link: HtmlElement, address: str) -> bool:
    words = _NO_LETTER.sub("", link.text_content()).casefold()
    # Numbers are written in many ways: any number says where it leads.
    is_number = link.get("href", "").startswith("tel:") and re.search(r"\d", words)
    return bool(is_number) or _NO_LETTER.sub("", address).casefold() in words


def _put_behind(link: HtmlElement, address: str) -> None:
    """Put an address behind a link, in its own direction, before what follows it."""
    spelt = html.Element("bdi", {"class": "spelt", "dir": "ltr"})
    spelt.text = address
    rest, link.tail = link.tail, " "
    link.addnext(spelt)
    spelt.tail = rest
