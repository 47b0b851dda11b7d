"""Finds characters that a locale's own fonts lack, before anything is printed."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from welcome import locales

# Controls, joiners and spaces have no shape of their own.
SHAPELESS = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})

_UNSEEN = frozenset({"title", "style", "script"})
_VOID = frozenset({"br", "hr", "img", "meta", "link", "col", "wbr", "input"})


@dataclass(frozen=True)
class Gap:
    """A character that would come out as an empty box, and where it stands."""

    character: str
    tag: str
    section: str

    def __str__(self) -> str:
        name = unicodedata.name(self.character, "unnamed character")
        code = f"U+{ord(self.character):04X}"
        return f"{self.section or 'cover'} ({self.tag}): {self.character} {code} {name}"


def find_gaps(html: str, tag: str, families: Mapping[str, frozenset[int]]) -> list[Gap]:
    """List the characters that the fonts of their language lack, each place once."""
    reader = _Reader(tag, families)
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys(reader.gaps))


@dataclass(frozen=True)
class _Open:
    """An element that is open, with what its text inherits."""

    name: str
    tag: str
    section: str


@dataclass
class _Reader(HTMLParser):
    tag: str
    families: Mapping[str, frozenset[int]]
    gaps: list[Gap] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open = [_Open("", self.tag, "")]
        self.covered: dict[str, frozenset[int]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow language and section inwards."""
        if tag in _VOID:
            return
        given, outer = dict(attrs), self.open[-1]
        section = given.get("id") if tag == "article" else None
        self.open.append(
            _Open(tag, given.get("lang") or outer.tag, section or outer.section)
        )

    def handle_endtag(self, tag: str) -> None:
        """Follow language and section outwards."""
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].name == tag:
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Compare a text with what its fonts can write."""
        place = self.open[-1]
        if place.name in _UNSEEN:
            return
        for character in sorted(set(data)):
            if unicodedata.category(character) in SHAPELESS:
                continue
            if ord(character) not in self._covered_by(place.tag):
                self.gaps.append(Gap(character, place.tag, place.section))

    def _covered_by(self, tag: str) -> frozenset[int]:
        if tag not in self.covered:
            fonts = locales.get(tag).fonts
            sets = [self.families.get(name, frozenset()) for name in fonts]
            self.covered[tag] = frozenset().union(*sets)
        return self.covered[tag]
