"""Documents of every kind: generated from the subset's grammar, and found on the machine."""

import random
import re
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
SPECIFICATION = ROOT / "node_modules" / "commonmark-spec" / "spec.txt"

PROSE = """
doctor surgery welcome free GP NHS letter rent school a I 5 12 1.5 ważne żółć zdrowie
лікар школа ڈاکٹر خط مفت طبيب مرحبا 学校 医生 ਡਾਕਟਰ é ñ ﬁ can't e-mail 50% (free) [sic]
x*y a_b <3 A&B &amp; &copy; #1 1) ~ = | : \\* \\[ \\# \\\\ ! !! - -- + ' “q” \\`
https://a.example/x?y=1&z=2
"""
WORDS = tuple(PROSE.split())
FACTS = ("{{emergency}}", "{{gp-phone}}", "{{site}}")
CLASSES = (" {.button}", " {#anchor}", " {: #a-b .wide}")


class Grammar:
    """Writes documents of the subset, one random decision after the other."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def document(self) -> str:
        count = self.chance.randint(1, 7)
        return "\n\n".join(self.block(0) for _ in range(count)) + "\n"

    def block(self, depth: int) -> str:
        simple = [self.paragraph, self.paragraph, self.heading, self.rule]
        nested = [self.plain_list, self.quote, self.callout, self.table, self.terms]
        return self.chance.choice(simple if depth > 1 else simple + nested)(depth)

    def words(self, most: int = 8) -> str:
        picked = [
            self.chance.choice(WORDS) for _ in range(self.chance.randint(1, most))
        ]
        return " ".join(["Text", *picked]) if self.chance.random() < 0.7 else picked[0]

    def text(self, most: int = 8) -> str:
        text = self.words(most)
        for _ in range(self.chance.randint(0, 2)):
            text += " " + self.inline()
        return text

    def inline(self) -> str:
        inner = self.words(2)
        return self.chance.choice(
            (
                f"**{inner}**",
                f"*{inner}*",
                f"__{inner}__",
                f"_{inner}_",
                "`code`",
                f"[{inner}](https://a.example/b)",
                f'[{inner}](/page/ "a title")',
                f"[{inner}](#part)",
                "[call](tel:+442079460958)",
                "<https://a.example/c>",
                "<a@b.example>",
                "![alt](/media/a.png)",
                "0300 123 4567",
                "9am–5pm",
                self.chance.choice(FACTS),
                "**[b](/c) *d***",
            )
        )

    def paragraph(self, _depth: int) -> str:
        breaks = ("\n", "  \n", " ")
        lines = [self.text() for _ in range(self.chance.randint(1, 3))]
        text = lines[0]
        for line in lines[1:]:
            text += self.chance.choice(breaks) + line
        return text

    def heading(self, _depth: int) -> str:
        marks = "#" * self.chance.randint(2, 4)
        ending = self.chance.choice(CLASSES) if self.chance.random() < 0.2 else ""
        return f"{marks} {self.text(4)}{ending}"

    def rule(self, _depth: int) -> str:
        return self.chance.choice(("* * *", "---", "***", "_ _ _"))

    def plain_list(self, depth: int) -> str:
        is_loose = self.chance.random() < 0.3
        count = self.chance.randint(2, 4)
        first = self.chance.choice((1, 1, 3))
        is_numbered = self.chance.random() < 0.4
        items = []
        for number in range(first, first + count):
            mark = f"{number}." if is_numbered else self.chance.choice("-*+")
            items.append(f"{mark} {self.item(depth, is_loose)}")
        return ("\n\n" if is_loose else "\n").join(items)

    def item(self, depth: int, is_loose: bool) -> str:
        item = self.text()
        if depth < 2 and self.chance.random() < 0.3:
            inner = self.plain_list(depth + 2)
            item += ("\n\n" if is_loose else "\n") + indented(inner)
        elif is_loose and self.chance.random() < 0.3:
            item += "\n\n" + indented(self.paragraph(depth))
        return item

    def quote(self, depth: int) -> str:
        inner = "\n\n".join(
            self.block(depth + 1) for _ in range(self.chance.randint(1, 2))
        )
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))

    def callout(self, depth: int) -> str:
        title = self.chance.choice(("", ' "Title"', ' ""', ' "Two *words*"'))
        kind = self.chance.choice(("note", "warning", "stop"))
        inner = "\n\n".join(
            self.block(depth + 1) for _ in range(self.chance.randint(1, 2))
        )
        return f"!!! {kind}{title}\n{indented(inner)}"

    def table(self, _depth: int) -> str:
        width = self.chance.randint(2, 3)
        ruler = " | ".join(
            self.chance.choice(("---", ":--", ":-:", "--:")) for _ in range(width)
        )
        rows = [self.row(width) for _ in range(self.chance.randint(1, 3))]
        return "\n".join([self.row(width), f"| {ruler} |", *rows])

    def row(self, width: int) -> str:
        cells = (self.text(3).replace(" |", "") for _ in range(width))
        return f"| {' | '.join(cells)} |"

    def terms(self, _depth: int) -> str:
        count = self.chance.randint(1, 3)
        return "\n\n".join(f"{self.text(2)}\n:   {self.text()}" for _ in range(count))


def indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents written by the grammar; most, not all, are in the subset."""
    return Grammar(draw(st.randoms(use_true_random=False))).document()


# Text that is likely to be read as something else.
NASTY = st.text(alphabet="ab \n\n#*-_>|:=!`[](){}\\<&;1.\"'~+\t\u00a0", max_size=60)
LINE_KINDS = """\
a
- a
    - b
1. a
> a
>

# a
a | b
---|---
===
---
!!! note
    a
  b
: c
:   d
[x]: /y
[x]
{: .button}
\\
``
"""
LINES = st.lists(st.sampled_from(LINE_KINDS.split("\n")), max_size=12).map("\n".join)
ANY_MARKDOWN = st.one_of(documents(), NASTY, LINES, st.text(max_size=80))


def generated(count: int) -> Iterator[tuple[str, str]]:
    """Documents of the grammar, the same ones each time."""
    for seed in range(count):
        yield f"generated {seed}", Grammar(random.Random(seed)).document()


def on_disk() -> Iterator[tuple[str, str]]:
    """Our content and the documentation of installed packages, read where it is."""
    for root in (
        ROOT / "content",
        Path(sysconfig.get_path("purelib")),
        ROOT / "node_modules",
    ):
        for file in sorted(root.rglob("*.md")):
            yield str(file), body(file.read_text("utf-8", errors="replace"))


def body(text: str) -> str:
    """A file's Markdown without its front matter."""
    return text.split("+++", 2)[2] if text.startswith("+++") else text


@cache
def specification() -> tuple[tuple[str, str], ...]:
    """The examples of the CommonMark specification."""
    text = SPECIFICATION.read_text("utf-8")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", text, re.M | re.S)
    examples = (example.replace("→", "\t") for example in found)
    return tuple((f"example {number}", text) for number, text in enumerate(examples, 1))
