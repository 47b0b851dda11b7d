"""Which line of a document an element came from, found again by its text in order."""

import html
import re
from bisect import bisect_left
from xml.etree.ElementTree import Element

from .caps import lines_of
from .tree import is_callout_title

_RULE = re.compile(r"^[ >]*(?:(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,})$", re.M)


class LineFinder:
    """Walks through a document; each search starts where the last one ended."""

    def __init__(self, markdown: str) -> None:
        self.source = "\n".join(lines_of(markdown))
        self.at = 0
        self.breaks = [found.start() for found in re.finditer("\n", self.source)]

    def line(self) -> int:
        """Give the line the walk has reached, from 1."""
        return bisect_left(self.breaks, self.at) + 1

    def next_line(self) -> int:
        """Give the line where something without text stands: the next that is not empty."""
        found = re.compile(r"\S").search(self.source, self.at)
        return bisect_left(self.breaks, found.start()) + 1 if found else self.line()

    def find(self, text: str) -> int:
        """Give the line where this text begins and walk to its end."""
        parts = [line.strip() for line in text.split("\n") if line.strip()]
        started = 0
        for part in parts:
            found = self.source.find(part, self.at)
            if found < 0:
                break
            self.at = found
            started = started or self.line()
            self.at = found + len(part)
        return started or self.line()

    def find_rule(self) -> int:
        """Give the line of the next horizontal rule."""
        if found := _RULE.search(self.source, self.at):
            self.at = found.end()
        return self.line()

    def find_title(self, text: str) -> int:
        """Give the line of the next callout; its title may not stand in the source."""
        found = self.source.find("!!!", self.at)
        if found < 0:
            return self.line()
        self.at = found
        line = self.line()
        end = self.source.find("\n", found)
        self.at = end if end >= 0 and text not in self.source[found:end] else found
        return self.find(text) if self.at == found else line


def lines_by_element(markdown: str, root: Element) -> dict[Element, int]:
    """Give every element of the tree its line; containers have that of their first text."""
    finder = LineFinder(markdown)
    lines: dict[Element, int] = {}
    _walk(root, finder, lines)
    return lines


def _walk(element: Element, finder: LineFinder, lines: dict[Element, int]) -> int:
    own = _own_line(element, finder)
    inside = [_walk(child, finder, lines) for child in element]
    line = own or (inside[0] if inside else finder.next_line())
    lines[element] = line
    if element.tail and element.tail.strip():
        finder.find(element.tail)
    return line


def _own_line(element: Element, finder: LineFinder) -> int:
    text = element.text or ""
    if element.tag == "hr":
        return finder.find_rule()
    if is_callout_title(element):
        return finder.find_title(text)
    if element.tag == "code":
        text = html.unescape(text)
    return finder.find(text) if text.strip() else 0
