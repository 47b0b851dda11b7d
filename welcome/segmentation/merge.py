"""Put a document together again, with targets where its segments were."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from .caps import find_excess_in_text
from .errors import OutsideSubset
from .guards import CannotWrite, make_bare
from .keys import clean_target, normalise
from .lines import lines_by_element
from .problems import Problem
from .serialise import serialise
from .structure import signature
from .tree import BlockTree, Slot, list_slots, parse, read_blocks, split_suffix


def merge(markdown: str, targets: Mapping[int, str]) -> str:
    """Give the source's structure as canonical Markdown with target text in it.

    `targets` maps the position of a segment, as `extract` counts them from 0, to its
    text; where one is missing or empty the source stays. Whatever a target holds, the
    blocks are those of the source. Raises OutsideSubset where the source is no document
    of the subset (see `check`).
    """
    skeleton = signature(parse(markdown).root, with_text=False)
    for form in (_as_given, _bare):
        written = _written(markdown, form(targets))
        # Each target is within the limits; together they may exceed those of a source.
        if written is not None:
            again = signature(read_blocks(written).root, with_text=False)
            if again == skeleton:
                return written
    # If the source itself is at fault this says where.
    canonical(markdown)
    raise OutsideSubset([Problem(1, "ambiguous")])


def canonical(markdown: str) -> str:
    """Give the canonical form of a document; it reads the same and is its own canonical form.

    Raises OutsideSubset where the document is outside the subset.
    """
    tree = parse(markdown)
    lines = lines_by_element(markdown, tree.root)
    if tree.references:
        raise OutsideSubset([Problem(1, "reference-link")])
    try:
        written = serialise(tree.root)
    except CannotWrite as reason:
        line = lines.get(reason.element, 1)
        raise OutsideSubset([Problem(line, reason.code)]) from reason
    again = parse(written)
    if signature(again.root, with_text=True) != signature(tree.root, with_text=True):
        raise OutsideSubset([_first_change(tree, again, lines)])
    return written


def pour(root: Element, targets: Mapping[int, str]) -> None:
    """Put targets into a block tree; raises OutsideSubset for a text beyond the limits."""
    for position, slot in enumerate(list_slots(root)):
        target = targets.get(position)
        if target is None:
            continue
        source, suffix = slot.parts()
        text = _inert_target(slot, target)
        # A copied source stays as it is, byte for byte.
        if text and target != source:
            slot.put(("\n" if slot.is_tail else "") + text + suffix)


def _inert_target(slot: Slot, target: str) -> str:
    """Take from a target what would reach beyond its own text."""
    text = normalise(clean_target(target, slot.kind))
    if excess := find_excess_in_text(text):
        raise OutsideSubset(excess)
    if text == "[TOC]":
        return "\\[TOC]"
    body, suffix = ("", "") if slot.is_tail else split_suffix(slot.element.tag, text)
    return body + suffix.replace("{", "\\{", 1) if suffix else text


def _as_given(targets: Mapping[int, str]) -> Mapping[int, str]:
    return targets


def _bare(targets: Mapping[int, str]) -> Mapping[int, str]:
    """Two targets can be harmless each and together read as, say, a table."""
    return {at: make_bare(normalise(clean_target(t, "p"))) for at, t in targets.items()}


def _written(markdown: str, targets: Mapping[int, str]) -> str | None:
    tree = parse(markdown)
    if tree.references:
        return None
    pour(tree.root, targets)
    try:
        return serialise(tree.root)
    except CannotWrite:
        return None


def _first_change(
    before: BlockTree, after: BlockTree, lines: Mapping[Element, int]
) -> Problem:
    old = [signature(block, with_text=True) for block in before.root]
    new = [signature(block, with_text=True) for block in after.root]
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    blocks = list(before.root)
    line = lines[blocks[min(same, len(blocks) - 1)]] if blocks else 1
    return Problem(line, "ambiguous")
