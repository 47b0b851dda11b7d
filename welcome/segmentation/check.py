"""Is a document in the subset, and if not: where, what, and how to mend it."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from markdown.extensions.attr_list import get_attrs_and_remainder

from .caps import find_excess, lines_of
from .dialect import CALLOUT_KINDS, CLASSES
from .errors import OutsideSubset
from .inline import (
    ANY_FACT,
    FACT,
    inline_tree,
    is_link_allowed,
    is_own_media,
    without_code,
)
from .keys import HEADINGS
from .lines import lines_by_element
from .lints import find_in_lines, find_reserved
from .merge import canonical
from .problems import Problem
from .tree import Slot, list_slots, parse

_MOST_SHOWN = 100
_MAY_LINK = re.compile(r"[\[<]")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\[\]]*\]:[ ]*\S")
_LATE_ITEM = re.compile(r"[ ]*(?:[*+-]|\d+\.)[ ]+\S")
_REFERENCE = re.compile(r"\]\[[^\]]*\]")
_ATTRIBUTES = re.compile(r"(?<!\\)\{:?[ ]*([.#:][^{}\n]*|[\w-]+=[^{}\n]*)\}")


def check(markdown: str) -> list[Problem]:
    """List what keeps a document out of the subset, by line; empty means accepted.

    An accepted document can be taken apart and put together again, has a canonical
    form that reads the same, and is rendered without a part being refused.
    """
    if excess := find_excess(markdown):
        return sorted(excess)
    problems = find_in_lines(lines_of(markdown)) + find_reserved(markdown)
    try:
        problems += _find_in_tree(markdown)
        if not problems:
            canonical(markdown)
    except OutsideSubset as reason:
        problems += reason.problems
    except RecursionError:
        problems.append(Problem(1, "unreadable"))
    return sorted({(p.line, p.code): p for p in reversed(problems)}.values())


def _find_in_tree(markdown: str) -> list[Problem]:
    tree = parse(markdown)
    lines = lines_by_element(markdown, tree.root)
    found = [
        Problem(number, "reference-link")
        for number, line in enumerate(lines_of(markdown), 1)
        if tree.references and _DEFINITION.match(line)
    ]
    if tree.references and not found:
        found.append(Problem(1, "reference-link"))
    for element in tree.root.iter():
        found += [
            Problem(lines[element], code, params) for code, params in _blocks(element)
        ]
    for slot in list_slots(tree.root):
        found += _find_in_text(slot, lines)
    return found


def _blocks(element: Element) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give what is wrong with one block as such."""
    tag, names = element.tag, element.get("class", "").split()
    if tag == "pre":
        yield "indented-code", {}
    elif tag == "h1":
        yield "h1", {}
    elif tag in ("h5", "h6"):
        yield "heading-level", {}
    if tag in HEADINGS and not (element.text or "").strip():
        yield "empty-heading", {}
    if names[:1] == ["admonition"] and (
        len(names) != 2 or names[1] not in CALLOUT_KINDS
    ):
        yield (
            "callout-kind",
            {"found": " ".join(names[1:]), "allowed": ", ".join(CALLOUT_KINDS)},
        )


def _find_in_text(slot: Slot, lines: Mapping[Element, int]) -> Iterator[Problem]:
    first = lines[slot.element]
    text = slot.text.lstrip("\n")
    bare = without_code(text)
    found = [
        *_lists(text),
        *_facts(bare),
        *_attributes(bare),
        *_references(bare),
        *_links(text),
    ]
    for mark, code, params in found:
        at = max(text.find(mark), 0)
        before = text.count("\n", 0, at) + mark.startswith("\n")
        yield Problem(first + before, code, params)


Finding = tuple[str, str, Mapping[str, object]]


def _lists(text: str) -> Iterator[Finding]:
    for line in text.split("\n")[1:]:
        if _LATE_ITEM.match(line):
            yield "\n" + line, "list-needs-blank", {}


def _facts(bare: str) -> Iterator[Finding]:
    for found in ANY_FACT.finditer(bare):
        if not FACT.fullmatch(found[0]):
            yield found[0], "bad-fact-name", {"found": found[1].strip() or "{{}}"}
    if "{{" in ANY_FACT.sub("", bare.replace("\\{", "")):
        yield "{{", "bad-fact-name", {"found": "{{"}


def _attributes(bare: str) -> Iterator[Finding]:
    for found in _ATTRIBUTES.finditer(bare):
        for name, value in get_attrs_and_remainder(found[1])[0]:
            if name == "." and value not in CLASSES:
                params = {"found": value, "allowed": ", ".join(CLASSES)}
                yield found[0], "unknown-class", params
            elif name not in (".", "id", ":"):
                yield found[0], "unknown-attribute", {"found": name}


def _references(bare: str) -> Iterator[Finding]:
    for found in _REFERENCE.finditer(bare):
        yield found[0], "reference-link", {}


def _links(text: str) -> Iterator[Finding]:
    if not _MAY_LINK.search(text):
        return
    root = inline_tree(text)
    for element in root.iter():
        if element.tag == "a":
            target = element.get("href", "")
            if not is_link_allowed(target) and not FACT.fullmatch(target.strip()):
                yield target, "refused-link", {"target": target[:_MOST_SHOWN]}
            inner = "".join(element.itertext())
            if element.find(".//a") is not None or "](" in inner:
                yield target, "nested-link", {}
        elif element.tag == "img" and not is_own_media(element.get("src", "")):
            target = element.get("src", "")
            yield target, "remote-image", {"target": target[:_MOST_SHOWN]}
