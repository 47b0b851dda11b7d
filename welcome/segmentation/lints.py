"""What one can see line by line: one small function per rule, its docstring is its title."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from .inline import without_code
from .problems import Problem

Found = Iterator[tuple[str, dict[str, object]]]

_ITEM = re.compile(r"^( *)([*+-]|\d+[.)])( +)\S")
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^<>]*>|<[^<> !]+@[^@<> ]+>")
_ESCAPE_IN_AUTOLINK = re.compile(r"<([^<>\s]*\\[^<>\s]*)>")
_HTML = re.compile(
    r"<(?:[a-zA-Z][\w-]*(?=[\s/>]|$)|/[a-zA-Z]|!--|!\[CDATA|![A-Za-z]|\?)"
)
_FENCE = re.compile(r"^[ >]*(?:[*+-] +|\d+\. +)?(```|~~~)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_TASK = re.compile(r"^[ >]*[*+-] +\[[ xX]\] ")
_PAREN = re.compile(r"^[ >]*\d+\) ")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Python-Markdown keeps these for itself and drops them where an author wrote them.
_RESERVED = re.compile("[\x02\x03]")
_LINE_END = re.compile(r"\r\n?|\n")
_MACRO = re.compile(r"^ *(///|:::|--8<--|\{%|\{\*)")


def find_in_lines(lines: list[str]) -> list[Problem]:
    """List what is wrong with single lines; `lines` as `caps.lines_of` gives them."""
    problems = []
    for number, line in enumerate(lines, 1):
        bare = _AUTOLINK.sub("x", without_code(line))
        for rule in _RULES:
            problems += [
                Problem(number, code, params) for code, params in rule(bare, line)
            ]
    return problems + list(_lists(lines))


def find_reserved(markdown: str) -> list[Problem]:
    """List the lines with characters that the parser's own reading of them lacks."""
    return [
        Problem(number, "control", {"codepoint": f"{ord(found[0]):04X}"})
        for number, line in enumerate(_LINE_END.split(markdown), 1)
        if (found := _RESERVED.search(line))
    ]


def raw_html(bare: str, _line: str) -> Found:
    """HTML would be shown as text."""
    if found := _HTML.search(bare):
        yield "raw-html", {"found": bare[found.start() : found.start() + 20]}


def escape_in_autolink(_bare: str, line: str) -> Found:
    """Backslashes in <…> would become part of the address."""
    if _AUTOLINK.search(line) and (found := _ESCAPE_IN_AUTOLINK.search(line)):
        yield "refused-link", {"target": found[1]}


def code_fence(_bare: str, line: str) -> Found:
    """Fenced code is not part of the dialect."""
    if _FENCE.match(line):
        yield "code-fence", {}


def footnote(bare: str, _line: str) -> Found:
    """Footnotes are not part of the dialect."""
    if _FOOTNOTE.search(bare):
        yield "footnote", {}


def task_list(bare: str, _line: str) -> Found:
    """Tick boxes are not part of the dialect."""
    if _TASK.match(bare):
        yield "task-list", {}


def paren_list(bare: str, _line: str) -> Found:
    """1) is no list mark here."""
    if _PAREN.match(bare):
        yield "paren-list", {}


def control(_bare: str, line: str) -> Found:
    """Invisible characters change what is read."""
    if found := _CONTROL.search(line):
        yield "control", {"codepoint": f"{ord(found[0]):04X}"}


def macro(bare: str, _line: str) -> Found:
    """Other systems' markup."""
    if found := _MACRO.match(bare):
        yield "macro", {"found": found[1]}


_RULES: tuple[Callable[[str, str], Found], ...] = (
    raw_html,
    escape_in_autolink,
    code_fence,
    footnote,
    task_list,
    paren_list,
    control,
    macro,
)


def _lists(lines: list[str]) -> Iterator[Problem]:
    for number, (before, line) in enumerate(pairwise(lines), 2):
        item, item_before = _ITEM.match(line), _ITEM.match(before)
        if item and item_before and 0 < len(item[1]) - len(item_before[1]) < 4:
            yield Problem(number, "list-indent")
