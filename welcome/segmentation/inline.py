"""Inline Markdown: codes a translator must keep, links, facts, and the text one sees."""

import html
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from .dialect import FACT_NAME, new_markdown

FACT = re.compile(r"(?<!\\)\{\{[ ]?(" + FACT_NAME + r")[ ]?\}\}")
ANY_FACT = re.compile(r"(?<!\\)\{\{([^{}\n]*)\}\}")
SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})

_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BLANK_OR_CONTROL = re.compile(
    r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_own = threading.local()


class CodeKind(StrEnum):
    """What an inline code is."""

    CODE = "code"
    ESCAPE = "escape"
    FACT = "fact"
    AUTOLINK = "autolink"
    ENTITY = "entity"
    BREAK = "break"
    LINK = "link"
    IMAGE = "image"
    STRONG = "strong"
    EMPHASIS = "emphasis"


@dataclass(frozen=True)
class Code:
    """One inline code; a pair has an `opening` and a `closing`, others only an opening.

    `start` is the offset of the opening in the text, `end` where all of it ends.
    """

    kind: CodeKind
    opening: str
    closing: str
    start: int
    end: int


@dataclass(frozen=True)
class Link:
    """A link or image as it will be rendered; `text` is its visible or alternative text."""

    text: str
    target: str
    is_image: bool = False


_TOKEN = re.compile(
    r"""(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))
    |(?P<escape>\\[\\`*_{}\[\]()>\#+\-.!|])
    |(?P<fact>\{\{[ ]?[a-z0-9]+(?:-[a-z0-9]+)*[ ]?\}\})
    |(?P<autolink><(?:[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]+|[^<>\s@]+@[^<>\s]+)>)
    |(?P<entity>&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)
    |(?P<break>[ ]{2,}\n)
    |(?P<image>!\[)|(?P<link>\[)
    |(?P<end>\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\)(?:\{:?[^{}]*\})?)
    |(?P<strong>\*\*|__)
    |(?P<emphasis>\*|(?<!\w)_|_(?!\w))""",
    re.X | re.S,
)
_PAIRS = (CodeKind.LINK, CodeKind.IMAGE, CodeKind.STRONG, CodeKind.EMPHASIS)


def placeholders(text: str) -> list[Code]:
    """List the inline codes of a text in order of their openings; an unpaired mark is text."""
    found: list[Code] = []
    opened: list[Code] = []
    for token in _TOKEN.finditer(text):
        name, mark = str(token.lastgroup), token[0]
        if name == "end":
            _close(opened, found, (CodeKind.LINK, CodeKind.IMAGE), token)
            continue
        code = Code(CodeKind(name), mark, "", *token.span())
        if code.kind not in _PAIRS:
            found.append(code)
        elif mark in ("[", "![") or not _close(opened, found, (code.kind,), token):
            opened.append(code)
    return sorted(found, key=lambda code: code.start)


def _close(
    opened: list[Code],
    found: list[Code],
    kinds: tuple[CodeKind, ...],
    token: re.Match[str],
) -> bool:
    """Pair the mark with the innermost opening of these kinds; those inside it are text."""
    mark = token[0]
    for at in range(len(opened) - 1, -1, -1):
        code = opened[at]
        same = code.opening == mark or mark.startswith("]")
        if code.kind in kinds and same:
            found.append(Code(code.kind, code.opening, mark, code.start, token.end()))
            del opened[at:]
            return True
    return False


def facts_in(text: str) -> list[str]:
    """List the names of the facts a text uses, in order, repeated ones repeated."""
    return FACT.findall(without_code(text))


def without_code(text: str) -> str:
    """Give the text with every code span blanked, all offsets kept."""
    return _CODE_SPAN.sub(lambda span: " " * len(span[0]), text)


def links_in(text: str) -> list[Link]:
    """List links and images with their targets as the renderer reads them."""
    return list(_links(inline_tree(text)))


def visible_text(text: str) -> str:
    """Give what a reader sees: no marks, no targets; facts stay as {{name}}."""
    seen = "".join(inline_tree(text).itertext())
    return re.sub(r"[ \t\n]+", " ", seen).strip()


def inline_tree(text: str) -> Element:
    """Read inline markup into a tree whose texts and attributes are plain."""
    md = _inline_parser()
    root = Element("div")
    SubElement(root, "p").text = text.replace("\x02", "").replace("\x03", "")
    for name in ("inline", "attr_list", "unescape"):
        md.treeprocessors[name].run(root)
    for element in root.iter():
        element.text = _plain(md, element.text)
        element.tail = _plain(md, element.tail)
        if element.tag == "br":
            element.tail = f"\n{element.tail or ''}"
        for key, value in element.items():
            element.set(key, _plain(md, value) or "")
    return root[0]


def is_link_allowed(target: str) -> bool:
    """Tell whether a link may lead there: by scheme, within the site, or to a fact."""
    bare = plain_target(target)
    if bare.startswith("//") or "\\" in bare:
        return False
    if scheme := _SCHEME.match(bare):
        return scheme[1].lower() in SCHEMES
    # A colon before the first slash could still be read as a scheme by something.
    return ":" not in re.split(r"[/?#]", bare, maxsplit=1)[0]


def is_own_media(target: str) -> bool:
    """Tell whether an image comes from this site: others would track readers."""
    bare = plain_target(target)
    return bool(bare) and is_link_allowed(bare) and not _SCHEME.match(bare)


def plain_target(target: str) -> str:
    """Give a link target without what hides its scheme: entities, blanks, controls."""
    for _ in range(3):
        target = html.unescape(target)
    return _BLANK_OR_CONTROL.sub("", target)


def _links(root: Element) -> Iterator[Link]:
    for element in root.iter():
        if element.tag == "a":
            yield Link("".join(element.itertext()), element.get("href", ""))
        elif element.tag == "img":
            yield Link(element.get("alt", ""), element.get("src", ""), is_image=True)


def _inline_parser() -> Markdown:
    if not hasattr(_own, "parser"):
        _own.parser = new_markdown()
    md: Markdown = _own.parser
    return md.reset()


def _plain(md: Markdown, text: str | None) -> str | None:
    if not text:
        return text
    text = text.replace(AMP_SUBSTITUTE, "&")
    text = HTML_PLACEHOLDER_RE.sub(lambda mark: _stashed(md, int(mark[1])), text)
    return html.unescape(text)


def _stashed(md: Markdown, number: int) -> str:
    blocks = md.htmlStash.rawHtmlBlocks
    return str(blocks[number]) if number < len(blocks) else ""
