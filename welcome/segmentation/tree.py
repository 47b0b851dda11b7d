"""The block tree of a document and the places in it that hold text."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.util import AtomicString

from .caps import refuse_excess
from .dialect import LimitedAttributes, new_markdown, shield_facts
from .errors import OutsideSubset
from .keys import HEADINGS
from .problems import Problem

_SUFFIX_ON_THE_LINE = HEADINGS | {"dt", "td", "th"}
_CONTENTS_MARK = "[TOC]"
_own = threading.local()


@dataclass(frozen=True)
class BlockTree:
    """A document before its inline markup is read."""

    root: Element
    references: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Slot:
    """One place that holds text: an element's own text or the text after it."""

    element: Element
    kind: str
    path: str

    @property
    def is_tail(self) -> bool:
        """Whether the text stands after the element."""
        return self.kind == "tail"

    @property
    def text(self) -> str:
        """The text as it stands, attribute list included."""
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def parts(self) -> tuple[str, str]:
        """Give the text and its attribute list apart."""
        return (
            (self.text, "")
            if self.is_tail
            else split_suffix(self.element.tag, self.text)
        )

    def put(self, text: str) -> None:
        """Replace the text."""
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


def parse(markdown: str) -> BlockTree:
    """Read the blocks of a document; raises OutsideSubset before it would take long."""
    refuse_excess(markdown)
    return read_blocks(markdown)


def read_blocks(markdown: str) -> BlockTree:
    """Read the blocks of a text that is known to be small."""
    md = _parser().reset()
    lines = markdown.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    try:
        root = md.parser.parseDocument(lines).getroot()
    except RecursionError:
        del _own.parser
        raise OutsideSubset([Problem(1, "unreadable")]) from None
    # Python-Markdown always gives a root; its types do not say so.
    return BlockTree(Element("div") if root is None else root, dict(md.references))


def list_slots(root: Element) -> list[Slot]:
    """List the places that hold text, in document order; code is none of them."""
    return list(_slots(root, "", is_root=True))


def split_suffix(tag: str, text: str) -> tuple[str, str]:
    """Separate a text from the attribute list at its end, as {#name} or {.class}."""
    on_the_line = tag in _SUFFIX_ON_THE_LINE
    pattern = LimitedAttributes.HEADER_RE if on_the_line else LimitedAttributes.BLOCK_RE
    found = pattern.search(shield_facts(text))
    if found and not get_attrs_and_remainder(found[1])[1]:
        return text[: found.start()], text[found.start() :]
    return text, ""


def is_callout_title(element: Element) -> bool:
    """Tell whether the element is the title of a callout."""
    return element.get("class") == "admonition-title"


def _parser() -> Markdown:
    if not hasattr(_own, "parser"):
        _own.parser = new_markdown()
    md: Markdown = _own.parser
    return md


def _slots(element: Element, path: str, *, is_root: bool = False) -> Iterator[Slot]:
    if not is_root and _holds_text(element.tag, element.text):
        kind = "title" if is_callout_title(element) else element.tag
        yield Slot(element, kind, path)
    seen = Counter[str]()
    for child in element:
        seen[child.tag] += 1
        place = f"{path}/{child.tag}{seen[child.tag]}".removeprefix("/")
        if child.tag != "pre":
            yield from _slots(child, place)
        if _holds_text("", child.tail):
            yield Slot(child, "tail", place)


def _holds_text(tag: str, text: str | None) -> bool:
    if not text or isinstance(text, AtomicString) or text.strip() == _CONTENTS_MARK:
        return False
    return bool(split_suffix(tag, text)[0].strip())
