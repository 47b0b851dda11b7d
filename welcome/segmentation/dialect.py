"""Our Markdown: Python-Markdown with six extensions, raw HTML off, attributes limited."""

import re
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import (
    AttrListExtension,
    AttrListTreeprocessor,
    get_attrs_and_remainder,
)
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor

CALLOUT_KINDS = ("note", "warning", "stop")
CLASSES = ("button", "lead", "wide")
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
FACT_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"

_ID = re.compile(r"[^\s\"'<>&{}]+")
_SHIELD = "\x02\x03"
_ALIGNMENTS = {
    "text-align: left;": "align-start",
    "text-align: center;": "align-centre",
    "text-align: right;": "align-end",
}


class LimitedAttributes(AttrListTreeprocessor):
    """Attribute lists that only ever set an id or a known class."""

    def run(self, doc: Element) -> None:
        """Apply the lists; two braces begin a fact, {{name}}, never a list."""
        for element in doc.iter():
            if element.tag != "code":
                element.text = shield_facts(element.text or "")
            element.tail = shield_facts(element.tail or "")
        super().run(doc)
        for element in doc.iter():
            if element.tag != "code":
                element.text = (element.text or "").replace(_SHIELD, "{{")
            element.tail = (element.tail or "").replace(_SHIELD, "{{")

    def assign_attrs(
        self, elem: Element, attrs_string: str, *, strict: bool = False
    ) -> str:
        """Set id and class, drop the rest; give back text taken by mistake."""
        attributes, remainder = get_attrs_and_remainder(attrs_string)
        if strict and remainder:
            return remainder
        for name, value in attributes:
            if name == "." and value in CLASSES:
                elem.set("class", f"{elem.get('class', '')} {value}".strip())
            elif name == "id" and _ID.fullmatch(value or ""):
                elem.set("id", value or "")
        return remainder


def shield_facts(text: str) -> str:
    """Give the text, as long as it was, with the braces of facts hidden."""
    return text.replace("{{", _SHIELD)


class AlignmentClasses(Treeprocessor):
    """Cell alignment as a class, because pages allow no inline style."""

    def run(self, root: Element) -> None:
        """Replace each cell's style by the class that means the same."""
        for cell in root.iter():
            style = cell.attrib.pop("style", None) if cell.tag in ("td", "th") else None
            if style:
                names = f"{cell.get('class', '')} {_ALIGNMENTS[style]}"
                cell.set("class", names.strip())


def new_markdown(*more: Extension) -> markdown.Markdown:
    """Make a Python-Markdown instance of our dialect; instances are not thread-safe."""
    extensions: list[Extension | str] = [
        TableExtension(),
        AttrListExtension(),
        DefListExtension(),
        AdmonitionExtension(),
        TocExtension(slugify=slugify_unicode),
        SaneListExtension(),
        *more,
    ]
    md = markdown.Markdown(extensions=extensions, output_format="html")
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.treeprocessors.register(LimitedAttributes(md), "attr_list", 8)
    md.treeprocessors.register(AlignmentClasses(md), "alignment", 7)
    return md
