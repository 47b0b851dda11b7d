"""Write a block tree as canonical Markdown, or say which part cannot be written."""

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element

from .guards import CannotWrite, guard, hang, heading_text, indent, row_text
from .keys import HEADINGS
from .tree import is_callout_title

_MERGING = ("ul", "ol", "dl", "blockquote")
_RULERS = {"left": ":---", "center": ":---:", "right": "---:"}


def serialise(root: Element) -> str:
    """Give the canonical Markdown of a tree; raises CannotWrite."""
    return "\n\n".join(_blocks(list(root))).strip("\n") + "\n"


def _blocks(elements: list[Element]) -> list[str]:
    for before, after in pairwise(elements):
        if before.tag == after.tag and after.tag in _MERGING:
            raise CannotWrite("ambiguous", after)
    for element in elements:
        if element.tail and element.tail.strip():
            raise CannotWrite("text-after-block", element)
    return [_block(element) for element in elements]


def _block(element: Element) -> str:
    write = _WRITERS.get("h" if element.tag in HEADINGS else element.tag)
    if write is None:
        raise CannotWrite("ambiguous", element)
    return write(element)


def _own_text(element: Element) -> str:
    if len(element):
        raise CannotWrite("ambiguous", element)
    return (element.text or "").strip("\n")


def _heading(element: Element) -> str:
    return f"{'#' * int(element.tag[1])} {heading_text(_own_text(element))}"


def _paragraph(element: Element) -> str:
    return guard(_own_text(element), "p", element)


def _rule(_element: Element) -> str:
    return "* * *"


def _code(element: Element) -> str:
    code = element[0].text or ""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        code = code.replace(entity, sign)
    return indent(code.rstrip("\n"))


def _quote(element: Element) -> str:
    body = "\n\n".join(_blocks(list(element)))
    return "\n".join(f"> {line}" if line.strip() else ">" for line in body.split("\n"))


def _is_loose(item: Element) -> bool:
    return len(item) > 0 and item[0].tag == "p" and not (item.text or "").strip()


def _list(element: Element) -> str:
    if any(item.tag != "li" for item in element):
        raise CannotWrite("list-item", element)
    loose = [_is_loose(item) for item in element]
    if len(element) == 1 and loose[0] and len(element[0]) == 1:
        raise CannotWrite("list-spacing", element)
    first = int(element.get("start", "1"))
    written = ""
    for number, item in enumerate(element):
        if number:
            written += "\n\n" if loose[number - 1] and loose[number] else "\n"
        mark = "-" if element.tag == "ul" else f"{first + number}."
        written += _item(item, mark)
    return written


def _item(item: Element, mark: str) -> str:
    mark += " "
    if _is_loose(item):
        first, *rest = _blocks(list(item))
        return mark + hang(first) + "".join("\n\n" + indent(block) for block in rest)
    if not (item.text or "").strip():
        raise CannotWrite("list-item", item)
    for child in item:
        if child.tail and child.tail.strip():
            raise CannotWrite("text-after-block", child)
        if child.tag not in ("ul", "ol"):
            raise CannotWrite("block-needs-blank", child)
    text = guard(item.text or "", "li", item)
    return mark + hang(text) + "".join("\n" + indent(_block(child)) for child in item)


def _table(element: Element) -> str:
    head, body = element
    ruler = (_ruler(cell) for cell in head[0])
    rows = [_row(head[0]), f"| {' | '.join(ruler)} |"]
    if not (len(body) == 1 and all(cell.text is None for cell in body[0])):
        rows += [_row(row) for row in body]
    return "\n".join(rows)


def _row(row: Element) -> str:
    return row_text([cell.text or "" for cell in row])


def _ruler(cell: Element) -> str:
    style = cell.get("style", "")
    return next((mark for side, mark in _RULERS.items() if side in style), "---")


def _definitions(element: Element) -> str:
    written, terms = [], list[Element]()
    for tag, group in groupby(element, key=lambda child: child.tag):
        if tag == "dt":
            terms = list(group)
        else:
            written.append(_entry(terms, list(group), element))
            terms = []
    if terms or not written:
        raise CannotWrite("definition", element)
    return "\n\n".join(written)


def _entry(terms: list[Element], meanings: list[Element], parent: Element) -> str:
    if not terms:
        raise CannotWrite("definition", parent)
    if len({_is_loose(meaning) for meaning in meanings}) > 1:
        raise CannotWrite("definition-spacing", parent)
    names = "\n".join(guard(term.text or "", "dt", term) for term in terms)
    return names + "".join(_meaning(meaning) for meaning in meanings)


def _meaning(element: Element) -> str:
    if _is_loose(element):
        first, *rest = _blocks(list(element))
        body = hang(first) + "".join("\n\n" + indent(block) for block in rest)
        return "\n\n:   " + body
    if len(element) or not (element.text or "").strip():
        raise CannotWrite("definition", element)
    return "\n:   " + hang(guard(element.text or "", "dd", element))


def _callout(element: Element) -> str:
    names = element.get("class", "").split(" ")
    if names[0] != "admonition":
        raise CannotWrite("ambiguous", element)
    children = list(element)
    title = None
    if children and is_callout_title(children[0]):
        title = children.pop(0).text or ""
    blocks = [indent(block) for block in _blocks(children)]
    return "\n".join(_callout_head(names[1:], title)) + _below("\n\n".join(blocks))


def _callout_head(kind: list[str], title: str | None) -> Iterator[str]:
    head = f"!!! {' '.join(kind)}"
    if title is None:
        yield f'{head} ""'
    elif title == kind[0].capitalize():
        yield head
    else:
        yield f'{head} "{title.replace(chr(34), "&quot;")}"'


def _below(body: str) -> str:
    return f"\n{body}" if body else ""


_WRITERS: dict[str, Callable[[Element], str]] = {
    "h": _heading,
    "p": _paragraph,
    "hr": _rule,
    "pre": _code,
    "blockquote": _quote,
    "ul": _list,
    "ol": _list,
    "table": _table,
    "dl": _definitions,
    "div": _callout,
}
