"""A text taken apart: words for the engine, and what it must give back untouched."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from welcome.segmentation.inline import Code, CodeKind, placeholders
from welcome.translation.checks import money, phones
from welcome.translation.checks.plain import EMAIL, Span, fold


@dataclass(frozen=True)
class Kept:
    """Something that stands in the draft as it stands in the source."""

    text: str


@dataclass(frozen=True)
class Wrapped:
    """A link, an image, an emphasis: its inside is translated as a text of its own."""

    opening: str
    inside: "Line"
    closing: str


Piece = str | Kept | Wrapped
Line = tuple[Piece, ...]

_AROUND = frozenset({CodeKind.LINK, CodeKind.IMAGE, CodeKind.STRONG, CodeKind.EMPHASIS})
# What a piece of words may hold that is no word: addresses, placeholders of programs,
# sentinels themselves, and everything with a digit in it.
_INNER = r"(?:[^\s<>()\]»”]|\([^\s()]*\))*(?<![.,;:!?])"
_ADDRESS = rf"(?:https?://|mailto:|tel:|www\.){_INNER}"
_HOST = rf"(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|gov|edu|uk|info)\b(?:/{_INNER})?"
_PROGRAM = r"%\(\w+\)[sd]|%[sd]\b|\{\w*\}"
_SIGN = r"(?:\w|(?<=\d)[.,:/](?=\d)|(?<=\w)[-\u2011](?=\d))"
_FIGURE = rf"(?:[£€$]\s?)?{_SIGN}*\d{_SIGN}*%?"
ADDRESSES = re.compile(rf"{_ADDRESS}|{EMAIL.pattern}|{_HOST}", re.I)
OTHER = re.compile(rf"{ADDRESSES.pattern}|{_PROGRAM}|[⟦⟧]|{_FIGURE}", re.I)
# Between two kept things: they are kept as one, which is one sentinel less.
_BETWEEN = re.compile(r"[ \u00a0]?[–—/-]?[ \u00a0]?")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[A-Za-z]{3,}")


def read(text: str, names: Collection[str], region: str) -> list[Line | Kept]:
    """Take a text of inline Markdown apart into lines, and the breaks between them."""
    codes = placeholders(text)
    breaks = [
        code
        for code in codes
        if code.kind is CodeKind.BREAK and _is_outside(code, codes)
    ]
    edges = [
        0,
        *(edge for code in breaks for edge in (code.start, code.end)),
        len(text),
    ]
    reader = _Reader(text, codes, names, region)
    parts: list[Line | Kept] = []
    for number, (start, end) in enumerate(pairwise(edges)):
        parts.append(Kept(text[start:end]) if number % 2 else reader.line(start, end))
    return parts


def has_words(line: Line) -> bool:
    """Tell whether a line holds anything to translate, insides left aside."""
    return any(isinstance(each, str) and _LETTER.search(each) for each in line)


def lines_in(line: Line) -> Iterator[Line]:
    """List a line and those inside of it."""
    yield line
    for each in line:
        if isinstance(each, Wrapped):
            yield from lines_in(each.inside)


class _Reader:
    def __init__(
        self, text: str, codes: Sequence[Code], names: Collection[str], region: str
    ) -> None:
        self.text, self.codes, self.region = text, codes, region
        found = sorted(filter(None, names), key=len, reverse=True)
        listed = "|".join(re.escape(each) for each in found)
        self.names = re.compile(rf"(?<!\w)(?:{listed})(?!\w)") if found else None

    def line(self, start: int, end: int) -> Line:
        """Read what stands between two offsets."""
        pieces: list[Piece] = []
        at = start
        for code in self.codes:
            if code.start < at or code.end > end:
                continue
            pieces += self._words(self.text[at : code.start])
            pieces.append(self._code(code))
            at = code.end
        pieces += self._words(self.text[at:end])
        return tuple(_joined(pieces))

    def _code(self, code: Code) -> Piece:
        if code.kind not in _AROUND:
            return Kept(self.text[code.start : code.end])
        first = code.start + len(code.opening)
        last = code.end - len(code.closing)
        return Wrapped(code.opening, self.line(first, last), code.closing)

    def _words(self, words: str) -> Iterator[Piece]:
        at = 0
        for start, end in _disjoint(self._spans(words)):
            yield words[at:start]
            yield Kept(words[start:end])
            at = end
        yield words[at:]

    def _spans(self, words: str) -> Iterator[Span]:
        if self.names:
            yield from (each.span() for each in self.names.finditer(words))
        # Values are read in folded digits; folding must not move anything.
        if len(fold(words)) == len(words):
            folded = fold(words)
            yield from phones.read(folded, self.region)
            for amount in money.read(folded, strict=True):
                if not _WORD.search(amount.text):
                    yield amount.span
        yield from (each.span() for each in OTHER.finditer(words))


def _is_outside(code: Code, codes: Sequence[Code]) -> bool:
    return not any(
        each.kind in _AROUND and each.start < code.start < each.end for each in codes
    )


def _disjoint(spans: Iterator[Span]) -> list[Span]:
    """Keep the earliest and longest of spans that overlap."""
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join kept things that nothing but a blank or a dash parts; leave out no words."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece == "":
            continue
        match joined[-2:], piece:
            case [*_, Kept(one)], Kept(other):
                joined[-1] = Kept(one + other)
            case [Kept(one), str(between)], Kept(other) if _BETWEEN.fullmatch(between):
                joined[-2:] = [Kept(one + between + other)]
            case [*_, str(one)], str(other):
                joined[-1] = one + other
            case _:
                joined.append(piece)
    return joined
