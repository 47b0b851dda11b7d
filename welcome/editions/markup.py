"""Markdown to HTML: targets poured in, facts filled, directions kept apart, sanitised."""

import html
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from welcome.editions.dialling import dialled
from welcome.editions.sanitising import sanitise
from welcome.locales.directions import isolate
from welcome.segmentation import OutsideSubset, Problem
from welcome.segmentation.caps import refuse_excess
from welcome.segmentation.dialect import EMAIL, new_markdown
from welcome.segmentation.inline import FACT, is_link_allowed, is_own_media
from welcome.segmentation.keys import HEADINGS
from welcome.segmentation.merge import pour


@dataclass(frozen=True)
class FactValue:
    """A fact as it is shown in one locale; `kind` as in the fact register ('phone' …)."""

    kind: str
    value: str


@dataclass
class _Fill:
    """What one rendering puts into the source's structure."""

    targets: Mapping[int, str] = field(default_factory=dict)
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    heading_ids: Sequence[str] = ()
    id_prefix: str = ""


class _Renderer:
    """A Python-Markdown instance with our steps; one per thread."""

    def __init__(self) -> None:
        self.fill = _Fill()
        self.md = new_markdown()
        register = self.md.treeprocessors.register
        register(_Targets(self), "targets", 25)
        register(_HeadingIds(self), "heading_ids", 6)
        register(_Facts(self), "facts", 15)
        register(_Attributes(self), "attributes", -10)

    def convert(self, markdown: str, fill: _Fill) -> str:
        self.fill = fill
        return self.md.reset().convert(markdown)


class _Step(Treeprocessor):
    def __init__(self, renderer: _Renderer) -> None:
        super().__init__(renderer.md)
        self.renderer = renderer


class _Targets(_Step):
    """After the blocks are read, before inline markup is: no target can make a block."""

    def run(self, root: Element) -> None:
        pour(root, self.renderer.fill.targets)


class _HeadingIds(_Step):
    """Headings keep the ids of the source, so that a link works in every language."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in HEADINGS]
        ids = self.renderer.fill.heading_ids
        for heading, name in zip(headings, ids, strict=False):
            heading.set("id", name)


class _Attributes(_Step):
    """Fill facts into attributes, prefix ids, take refused targets away."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("title", "alt"):
                if name in element.attrib:
                    element.set(name, self._filled(element.attrib[name]))
            if "id" in element.attrib:
                element.set("id", self.renderer.fill.id_prefix + element.attrib["id"])
            if element.tag == "a":
                self._settle_link(element)
            elif element.tag == "img" and not is_own_media(element.get("src", "")):
                _show_alternative(element)

    def _filled(self, text: str) -> str:
        facts = self.renderer.fill.facts
        return FACT.sub(
            lambda m: _atomic(_clean(facts[m[1]].value)) if m[1] in facts else m[0],
            text,
        )

    def _settle_link(self, element: Element) -> None:
        target = element.get("href", "").replace(AMP_SUBSTITUTE, "&")
        named = FACT.fullmatch(target.strip())
        if named and named[1] in self.renderer.fill.facts:
            target = _atomic(_link_of(self.renderer.fill.facts[named[1]]) or "")
        elif target.startswith("#") and len(target) > 1:
            target = f"#{self.renderer.fill.id_prefix}{target[1:]}"
        elif is_link_allowed(target):
            return
        else:
            target = ""
        element.set("href", target)
        if not target:
            del element.attrib["href"]


class _Facts(_Step):
    """{{name}} becomes the value of the fact; an unknown name stays as it is."""

    def run(self, root: Element) -> None:
        if self.renderer.fill.facts:
            self._walk(root, is_linked=False)

    def _walk(self, element: Element, *, is_linked: bool) -> None:
        is_linked = is_linked or element.tag == "a"
        for child in list(element):
            self._walk(child, is_linked=is_linked)
            before, shown = self._taken_apart(child.tail, is_linked=is_linked)
            child.tail = before
            at = list(element).index(child) + 1
            element[at:at] = shown
        if element.tag != "code" and not isinstance(element.text, AtomicString):
            element.text, shown = self._taken_apart(element.text, is_linked=is_linked)
            element[0:0] = shown

    def _taken_apart(
        self, text: str | None, *, is_linked: bool
    ) -> tuple[str, list[Element]]:
        """Give the text before the first known fact, and elements with all the rest."""
        text, facts = text or "", self.renderer.fill.facts
        known = [found for found in FACT.finditer(text) if found[1] in facts]
        ends = [found.start() for found in known[1:]] + [len(text)]
        shown = []
        for found, end in zip(known, ends, strict=True) if known else ():
            element = _shown(facts[found[1]], is_linked=is_linked)
            element.tail = text[found.end() : end]
            shown.append(element)
        return text[: known[0].start()] if known else text, shown


def to_html(
    markdown: str,
    *,
    targets: Mapping[int, str] | None = None,
    direction: str = "ltr",
    facts: Mapping[str, FactValue] | None = None,
    heading_ids: Sequence[str] | None = None,
    id_prefix: str = "h-",
) -> str:
    """Render a source with targets at its segments: safe HTML without the page around it.

    `targets` maps positions in `segmentation.extract(markdown)` to texts; where one is
    missing the source stands. `direction` ('ltr' or 'rtl') is that of the whole text.
    `heading_ids` replace those made from the source's headings. Raises OutsideSubset
    beyond the limits of `segmentation.caps`; everything else is rendered.
    """
    if heading_ids is None:
        heading_ids = list_heading_ids(markdown) if targets or facts else ()
    fill = _Fill(targets or {}, facts or {}, heading_ids, id_prefix)
    rendered = isolate(_convert(markdown, fill), is_rtl=direction == "rtl")
    return sanitise(rendered)


def to_html_raw(markdown: str) -> str:
    """Render as Python-Markdown does: our extensions, raw HTML off, nothing else done."""
    refuse_excess(markdown)
    if not hasattr(_own, "plain"):
        _own.plain = new_markdown()
    plain: Markdown = _own.plain
    try:
        return plain.reset().convert(markdown)
    except RecursionError:
        del _own.plain
        raise OutsideSubset([Problem(1, "unreadable")]) from None


@lru_cache(maxsize=512)
def list_heading_ids(markdown: str) -> tuple[str, ...]:
    """List the ids of a source's headings in order, without a prefix."""
    found = _HEADING_ID.findall(to_html_raw(markdown))
    return tuple(html.unescape(name) for name in found)


_HEADING_ID = re.compile(r'<h[1-6](?: class="[^"]*")? id="([^"]*)"')
_own = threading.local()


def _convert(markdown: str, fill: _Fill) -> str:
    refuse_excess(markdown)
    if not hasattr(_own, "renderer"):
        _own.renderer = _Renderer()
    renderer: _Renderer = _own.renderer
    try:
        return renderer.convert(markdown, fill)
    except (RecursionError, OutsideSubset) as reason:
        # The parser was left in the middle of its work.
        del _own.renderer
        if isinstance(reason, OutsideSubset):
            raise
        raise OutsideSubset([Problem(1, "unreadable")]) from None


# ---- facts

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_EMAIL = re.compile(EMAIL)
_LINKED = ("phone", "url", "email")


def _clean(value: str) -> str:
    return _CONTROL.sub("", value.replace("\r\n", "\n")).strip()


def _shown(fact: FactValue, *, is_linked: bool) -> Element:
    """Give the element that shows a fact; nothing in its value is read as markup."""
    value = _clean(fact.value)
    if fact.kind not in _LINKED:
        return _lines(value)
    shown = Element("bdi", {"dir": "ltr"})
    target = _link_of(fact)
    holder = shown
    if target and not is_linked:
        holder = SubElement(shown, "a", {"href": _atomic(target)})
    if fact.kind == "url":
        value = re.sub(r"^https?://", "", value).removesuffix("/")
    holder.text = _atomic(value)
    return shown


def _lines(value: str) -> Element:
    """Give a text with its line breaks; the sanitiser takes the span around it away."""
    first, *rest = value.split("\n")
    shown = Element("span")
    shown.text = _atomic(first)
    for line in rest:
        SubElement(shown, "br").tail = _atomic(line)
    return shown


def _atomic(text: str) -> AtomicString:
    return AtomicString(text.replace("&", f"{AMP_SUBSTITUTE}amp;"))


def _link_of(fact: FactValue) -> str | None:
    value = _clean(fact.value)
    if fact.kind == "phone":
        return dialled(value)
    if fact.kind == "email":
        return f"mailto:{value}" if _EMAIL.fullmatch(value) else None
    if fact.kind == "url" and value.startswith(("https://", "http://")):
        return value
    return None


def _show_alternative(image: Element) -> None:
    alternative = image.get("alt", "")
    image.tag = "span"
    image.attrib.clear()
    image.text = AtomicString(alternative)
