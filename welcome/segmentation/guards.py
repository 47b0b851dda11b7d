"""Keep text from being read as block markup where it is written into a document."""

import re
from xml.etree.ElementTree import Element

from .inline import without_code
from .keys import normalise
from .tree import read_blocks

_ENTITY = {":": "&#58;", "=": "&#61;", "`": "&#96;", "|": "&#124;"}
_LIVE_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
# Only a line that starts so, or holds a pipe, can be anything but text.
_SUSPICIOUS = re.compile(r"^[ ]*[#>\-+*_:!=\[\d|]|\|", re.M)
_MARKS = (
    re.compile(r"^()(\d+)(\.)(?=[ ])"),
    re.compile(r"^()()([*+\->#|]|!(?=!!)|\[(?=[^\[\]]*\]:))"),
    re.compile(r"^()()(_)(?=[_ ]*$)"),
    re.compile(r"^()()([:=])"),
)
_CONTEXTS = {"p": "{}", "dt": "{}\n:   D", "dd": "T\n:   {}", "li": "- {}"}
_PLACES = {"p": ("p",), "li": ("ul", "li"), "dd": ("dl", "dd"), "dt": ("dl", "dt")}


class CannotWrite(Exception):
    """This part of a tree has no Markdown that reads back the same."""

    def __init__(self, code: str, element: Element) -> None:
        super().__init__(code)
        self.code = code
        self.element = element


def guard(text: str, context: str, element: Element) -> str:
    """Give the text escaped as far as this context ('p', 'li', 'dt', 'dd') needs."""
    text = "\n".join(line.lstrip(" ") for line in text.strip("\n").split("\n"))
    escaped = "\n".join(_escape_mark(line) for line in text.split("\n"))
    one_line = _escape_mark(normalise(text).replace("  \n", " "))
    # A paragraph may be the first of a list item.
    contexts = ("p", "li") if context == "p" else (context,)
    for form in (text, escaped, one_line):
        if all(is_inert(form, each) for each in contexts):
            return form
    raise CannotWrite("ambiguous", element)


def make_bare(text: str) -> str:
    """Give the text on one line with every sign escaped that could join its neighbours'."""
    text = _escape_mark(text.replace("  \n", " "))
    bare = without_code(text)
    signs = zip(text, bare, strict=True)
    return "".join(_ENTITY["|"] if there == "|" else here for here, there in signs)


def is_inert(text: str, context: str) -> bool:
    """Tell whether the text, written here, is read back as one text and nothing else."""
    if not _SUSPICIOUS.search(text):
        return True
    written = _CONTEXTS[context].format(hang(text) if context in ("li", "dd") else text)
    tree = read_blocks("Z\n\n" + written)
    if tree.references or len(tree.root) != 2 or tree.root[0].text != "Z":
        return False
    return _reads_back(tree.root[1], text, context)


def hang(block: str) -> str:
    """Indent every line but the first by one level."""
    first, *rest = block.split("\n")
    return "\n".join(
        [first, *(f"    {line}" if line.strip() else line for line in rest)]
    )


def indent(block: str) -> str:
    """Indent every line by one level."""
    return "\n".join(
        f"    {line}" if line.strip() else line for line in block.split("\n")
    )


def heading_text(text: str) -> str:
    """Give the text as a heading can hold it: one line, no sign at its end lost."""
    text = _even_backslashes(text.replace("\n", " "))
    body = text.rstrip("#")
    if body.endswith("\\"):
        return text
    return body + "\\#" * (len(text) - len(body))


def row_text(cells: list[str]) -> str:
    """Give a table row of these cells, escaped as far as it needs."""
    texts = [_one_line(cell) for cell in cells]
    row = ""
    for escape in (_escape_pipes, _escape_lone_ticks, _escape_all):
        row = f"| {' | '.join(escape(text) for text in texts)} |"
        if _reads_as_row(row, len(cells)):
            break
    return row


def _one_line(text: str) -> str:
    return _even_backslashes(re.sub(r"[ ]*\n[ ]*", " ", text.strip("\n")))


def _escape_pipes(text: str) -> str:
    if "|" not in text:
        return text
    parts, start = list[str](), 0
    for pipe in _LIVE_PIPE.finditer(without_code(text)):
        parts.append(text[start : pipe.end() - 1])
        start = pipe.end()
    return "\\|".join([*parts, text[start:]])


def _escape_lone_ticks(text: str) -> str:
    """Write as entities the back-ticks that would pair with one in another cell."""
    bare = without_code(text)
    signs = zip(text, bare, strict=True)
    return "".join(_ENTITY[there] if there in "`|" else here for here, there in signs)


def _escape_all(text: str) -> str:
    return text.replace("`", _ENTITY["`"]).replace("|", _ENTITY["|"])


def _reads_as_row(row: str, count: int) -> bool:
    if "`" not in row and "\\" not in row:
        return True
    tree = read_blocks(f"{row}\n{'| --- ' * count}|")
    return [block.tag for block in tree.root] == ["table"]


def _escape_mark(line: str) -> str:
    for mark in _MARKS:
        if found := mark.match(line):
            sign = _ENTITY.get(found[3], "\\" + found[3])
            return found[1] + found[2] + sign + line[found.end() :]
    return line


def _even_backslashes(text: str) -> str:
    return text + "\\" if (len(text) - len(text.rstrip("\\"))) % 2 else text


def _reads_back(block: Element, text: str, context: str) -> bool:
    names = _PLACES[context]
    if block.tag != names[0]:
        return False
    if context in ("dt", "dd"):
        if [child.tag for child in block] != ["dt", "dd"]:
            return False
        block = block[0] if context == "dt" else block[1]
    elif context == "li":
        if len(block) != 1:
            return False
        block = block[0]
    return len(block) == 0 and normalise(block.text or "") == normalise(text)
