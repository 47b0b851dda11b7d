"""Keep what reads from left to right in one piece, whatever stands around it."""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import escape

from .foreign_runs import BREAK, OBJECT, Run, find_runs

_TAG = re.compile(r"(<[^>]*>)")
_ISOLATED = ("code", "pre", "bdi")
_INLINE = ("a", "strong", "em", "span")
_SHOWN = {"img": OBJECT, "br": BREAK}
_ARABIC_GROUP = re.compile(r"[٠-٩]+(?:[:.,/][٠-٩]+)*")
_BEGIN, _END = '<bdi dir="ltr">', "</bdi>"
_PLAIN_NUMBER = re.compile(r"[0-9]+")
# Letters that have a direction of their own.
_STRONG = frozenset({"L", "R", "AL"})


@dataclass(frozen=True)
class _Piece:
    """A tag, a text between two tags, or an element that is isolated already.

    `text` is what a reader sees of it; `depth` is 1 for a tag that opens an element
    inside a line, -1 for one that closes it.
    """

    markup: str
    text: str = ""
    depth: int = 0
    is_inline: bool = True
    is_words: bool = False


def isolate(rendered: str, *, is_rtl: bool) -> str:
    """Wrap what must be read from left to right; without it 0300 123 comes out reversed.

    In a right-to-left text that is every run of foreign words and numbers, because some
    print engines know no other isolation than this element.
    """
    written = list[_Piece]()
    for is_line, pieces in groupby(_pieces(rendered), lambda piece: piece.is_inline):
        line = list(pieces)
        written += _isolated(line, is_rtl=is_rtl) if is_line else line
    return "".join(piece.markup for piece in written)


def isolate_typed(text: str) -> str:
    """Escape what somebody typed in any language, with numbers in one piece.

    It stands in an element that takes its direction from the first letter.
    """
    ways = (unicodedata.bidirectional(letter) for letter in text)
    first = next((way for way in ways if way in _STRONG), "L")
    return isolate(str(escape(text)), is_rtl=first != "L")


def _pieces(rendered: str) -> Iterator[_Piece]:
    """Take a rendering apart; what is isolated already stays in one piece."""
    held, inside = "", 0
    for at, markup in enumerate(_TAG.split(rendered)):
        is_tag = at % 2 == 1
        name = markup.strip("</>").partition(" ")[0] if is_tag else ""
        depth = (-1 if markup.startswith("</") else 1) if is_tag else 0
        if inside or name in _ISOLATED:
            held += markup
            inside += depth if name in _ISOLATED else 0
            if inside <= 0:
                yield _Piece(held, OBJECT, is_inline=not held.startswith("<pre"))
                held, inside = "", 0
        elif is_tag:
            yield _tag(markup, name, depth)
        elif markup:
            yield _Piece(markup, html.unescape(markup), is_words=True)
    if held:
        yield _Piece(held, OBJECT)


def _tag(markup: str, name: str, depth: int) -> _Piece:
    if name in _SHOWN:
        return _Piece(markup, _SHOWN[name])
    return _Piece(markup, depth=depth, is_inline=name in _INLINE)


def _isolated(line: Sequence[_Piece], *, is_rtl: bool) -> Sequence[_Piece]:
    """Wrap the runs of one line, of whatever elements it is made."""
    text = "".join(piece.text for piece in line)
    runs = [
        run
        for run in find_runs(text, _elements(line), is_rtl=is_rtl)
        if not _PLAIN_NUMBER.fullmatch(text, *run)
    ]
    if not runs:
        return line
    cut = _cut(line, sorted({place for run in runs for place in run}))
    wrapped = list[_Piece]()
    at = 0
    for first, last in _spans(cut, runs):
        wrapped += cut[at:first]
        wrapped.append(_wrapped(cut[first:last]))
        at = last
    return wrapped + cut[at:]


def _elements(line: Sequence[_Piece]) -> Iterator[Run]:
    """Say where the texts of the line's elements begin and end."""
    opened, at = list[int](), 0
    for piece in line:
        if piece.depth > 0:
            opened.append(at)
        elif piece.depth < 0 and opened:
            yield opened.pop(), at
        at += len(piece.text)


def _cut(line: Sequence[_Piece], places: Sequence[int]) -> list[_Piece]:
    """Cut texts so that runs begin and end between pieces."""
    cut, start = list[_Piece](), 0
    for piece in line:
        end = start + len(piece.text)
        inner = places[bisect_right(places, start) : bisect_left(places, end)]
        if inner and piece.is_words:
            bounds = pairwise([start, *inner, end])
            cut += [_words(piece.text[a - start : b - start]) for a, b in bounds]
        else:
            cut.append(piece)
        start = end
    return cut


def _words(text: str) -> _Piece:
    return _Piece(html.escape(text, quote=False), text, is_words=True)


def _spans(line: Sequence[_Piece], runs: Sequence[Run]) -> Iterator[Run]:
    """Say which pieces the runs are made of."""
    begins, ends, at = dict[int, int](), dict[int, int](), 0
    for index, piece in enumerate(line):
        if piece.text:
            begins[at], ends[at + len(piece.text)] = index, index + 1
        at += len(piece.text)
    for start, end in runs:
        first, last = begins[start], ends[end]
        whole = _with_elements_closed(line, first, last)
        yield from [whole] if whole else _words_alone(line, first, last)


def _with_elements_closed(line: Sequence[_Piece], first: int, last: int) -> Run | None:
    """Take in the tags around a run that it needs; None where elements cross its end."""
    opened = closed = 0
    for piece in line[first:last]:
        opened += piece.depth
        closed = max(closed, -opened)
    opened += closed
    first, last = first - closed, last + opened
    if first < 0 or any(piece.depth <= 0 for piece in line[first : first + closed]):
        return None
    after = line[last - opened : last]
    if len(after) < opened or any(piece.depth >= 0 for piece in after):
        return None
    return first, last


def _words_alone(line: Sequence[_Piece], first: int, last: int) -> Iterator[Run]:
    for index in range(first, last):
        if line[index].is_words and any(map(str.isalnum, line[index].text)):
            yield index, index + 1


def _wrapped(pieces: Sequence[_Piece]) -> _Piece:
    """Wrap pieces in one element; blanks around them stay outside."""
    groups = _ARABIC_GROUP.findall("".join(piece.text for piece in pieces))
    # These run from right to left even here, unless each group stands alone.
    are_turned = len(groups) > 1
    markup = "".join(
        _ARABIC_GROUP.sub(rf"{_BEGIN}\g<0>{_END}", piece.markup)
        if are_turned and piece.is_words
        else piece.markup
        for piece in pieces
    )
    inner = markup.strip()
    return _Piece(markup.replace(inner, f"{_BEGIN}{inner}{_END}"))
