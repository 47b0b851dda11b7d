"""The block skeleton of a document: its fingerprint, and where two skeletons part."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from xml.etree.ElementTree import Element

from .keys import normalise
from .lines import lines_by_element
from .tree import is_callout_title, parse, split_suffix

Signature = tuple[str, tuple[tuple[str, str], ...], str, tuple[object, ...]]


@dataclass(frozen=True)
class Difference:
    """The first place where a target's blocks are not those of its source.

    `line` is in the target, from 1; `expected` and `found` are kinds of block such as
    'h2' or 'li', None where the source or the target has already ended.
    """

    line: int
    expected: str | None
    found: str | None


@dataclass(frozen=True)
class _Node:
    depth: int
    kind: str
    signature: tuple[object, ...]
    element: Element


def shape(markdown: str) -> str:
    """Give the fingerprint (SHA-256) of the block skeleton: equal for equal structure."""
    skeleton = signature(parse(markdown).root, with_text=False)
    return hashlib.sha256(repr(skeleton).encode()).hexdigest()


def signature(element: Element, *, with_text: bool) -> Signature:
    """Give a comparable form of a block tree: tags, attributes, texts or where they are."""
    children = tuple(
        (
            signature(child, with_text=with_text),
            _text("", child.tail, with_text=with_text),
        )
        for child in element
    )
    attributes = tuple(sorted(_attributes(element)))
    return (
        element.tag,
        attributes,
        _text(element.tag, element.text, with_text=with_text),
        children,
    )


def first_difference(source: str, target: str) -> Difference | None:
    """Say where the target's blocks first differ from the source's, if they do."""
    ours, theirs = parse(source).root, parse(target).root
    lines = lines_by_element(target, theirs)
    for wanted, got in zip_longest(_nodes(ours), _nodes(theirs)):
        if wanted and got and wanted.signature == got.signature:
            continue
        line = lines[got.element] if got else target.rstrip("\n").count("\n") + 1
        return Difference(
            line, wanted.kind if wanted else None, got.kind if got else None
        )
    return None


def _nodes(element: Element, depth: int = 0) -> Iterator[_Node]:
    for child in element:
        kind = _kind(child)
        texts = (
            _text(child.tag, child.text, with_text=False),
            _text("", child.tail, with_text=False),
        )
        signed = (depth, kind, tuple(sorted(_attributes(child))), *texts)
        yield _Node(depth, kind, signed, child)
        yield from _nodes(child, depth + 1)


def _kind(element: Element) -> str:
    if is_callout_title(element):
        return "title"
    return "callout" if element.tag == "div" else element.tag


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        yield name, str(int(value)) if name == "start" else value


def _text(tag: str, text: str | None, *, with_text: bool) -> str:
    if not text or not text.strip():
        return ""
    if tag == "code":
        return text.rstrip() if with_text else "…"
    body, suffix = split_suffix(tag, text)
    return (normalise(body) if with_text else "…") + " " + suffix.strip()
