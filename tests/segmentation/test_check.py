"""What keeps a document out of the subset: the place and the reason."""

import pytest

from tests.segmentation.conftest import EVERYTHING
from welcome.segmentation import CODES, Problem, check

from .sentences import sentence

DEEP = "".join("    " * level + "- a\n" for level in range(8))
CASES = [
    ("a\n\nb <b>c</b>", 3, "raw-html"),
    ("a\n\n<!-- c -->", 3, "raw-html"),
    ("a <br/> b", 1, "raw-html"),
    ("a\n\n<div\nclass=x>", 3, "raw-html"),
    ("a\n\n```\nb\n```", 3, "code-fence"),
    ("> ~~~\n> b", 1, "code-fence"),
    ("a\n\n\n    code", 4, "indented-code"),
    ("a\n- b", 2, "list-needs-blank"),
    ("one\n\ntwo\nthree\n1. b", 5, "list-needs-blank"),
    ("- a\n\n    b\n- c", 4, "list-needs-blank"),
    ("- a\n  - b", 2, "list-indent"),
    ("- \n- b", 1, "list-item"),
    ("1) a", 1, "paren-list"),
    ("- [ ] a", 1, "task-list"),
    ("a[^1]\n\n[^1]: b", 1, "footnote"),
    ("a\n\n{% include x %}", 3, "macro"),
    ("a\u202eb", 1, "control"),
    ("a\n\nb\x0bc", 3, "control"),
    ("a\n\nb\x02c", 3, "control"),
    ("a\x03", 1, "control"),
    ("a\r\n\x02\r\nb \x02\x03", 2, "control"),
    ("a\x85b", 1, "control"),
    ("# a", 1, "h1"),
    ("a\n\nb\n===", 3, "h1"),
    ("##### a", 1, "heading-level"),
    ("a\n\n## \n\nb", 3, "empty-heading"),
    ('a\n\n!!! tip "x"\n    b', 3, "callout-kind"),
    ("!!! note wide\n    b", 1, "callout-kind"),
    ("T\n:   a\nT\n:   b", 2, "definition"),
    ("b\n: c\n: d\n\n    e", 1, "definition-spacing"),
    ("a\n\n- b\n> c", 4, "block-needs-blank"),
    (": c", 1, "ambiguous"),
    ("a [x][y]\n\n[y]: https://a.example", 3, "reference-link"),
    ("a\n\nb [x][y]", 3, "reference-link"),
    ("a\n\n- b\n- [x](javascript:alert(1))", 4, "refused-link"),
    ("a\nb [x](//a.example)", 2, "refused-link"),
    ("[x](ftp://a.example)", 1, "refused-link"),
    ("<ftp://a.example>", 1, "refused-link"),
    (r"<a\+b@c.example>", 1, "refused-link"),
    ("[a [b](/c) d](/e)", 1, "nested-link"),
    ("a\n\n[a <https://b.example>](/e)", 3, "nested-link"),
    ("[a <b@c.example>](/e)", 1, "nested-link"),
    ("![a](https://a.example/b.png)", 1, "remote-image"),
    ("| a | b |\n|---|---|\n| c | ![d](//e/f.png) |", 3, "remote-image"),
    ("## a {.huge}", 1, "unknown-class"),
    ("a\n\n*b*{: .huge}", 3, "unknown-class"),
    ("a\nb\n{: onclick=x}", 3, "unknown-attribute"),
    ("a {{Big Name}}", 1, "bad-fact-name"),
    ("a\nb {{x_y}}", 2, "bad-fact-name"),
    ("a {{}}", 1, "bad-fact-name"),
    ("a\n\nb {{gp", 3, "bad-fact-name"),
    ("a\n\n" + DEEP, 9, "too-deep"),
    ("> " * 7 + "a", 1, "too-deep"),
    ("a\n\n" + "b" * 5001, 3, "block-too-long"),
    ("- a\n" * 501, 1, "too-many-block-lines"),
    ("a\n\nb " + "[" * 201, 3, "too-many-brackets"),
    ("a\n\n" * 2600, 1, "too-many-lines"),
    ("a" * 200_001, 1, "too-large"),
]


@pytest.mark.parametrize(("markdown", "line", "code"), CASES)
def test_the_place_and_the_reason(markdown: str, line: int, code: str) -> None:
    found = check(markdown)
    assert (line, code) in {(p.line, p.code) for p in found}
    assert all(sentence(problem) for problem in found)


def test_every_reason_has_a_case_or_needs_none() -> None:
    shown = {code for _, _, code in CASES}
    # These are walls behind the others; a document that meets one is a lucky find.
    assert CODES - shown == {"unreadable", "list-spacing", "text-after-block"}


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        EVERYTHING,
        "`<b>` and `[x][y]` and `{{X Y}}`",
        "a < b > c <3 & d",
        "<https://a.example> <a@b.example>",
        "2024. A year.",
        "a - b\nc + d",
        "[x](#y) [x](/y/) [x](y.html) [x](tel:999) [x](mailto:a@b.example)",
        "[x]({{site}})",
        "{{gp}} and \\{{not a fact}}",
        "- a\n- b\n    - c\n    - d\n\n> e",
        "1. a\n2. b\n\n    c\n\n3. d",
        "T {.wide}\n:   M",
    ],
)
def test_accepted(markdown: str) -> None:
    assert check(markdown) == []


def test_sentences_say_what_and_how() -> None:
    problem = Problem(1, "unknown-class", {"found": "huge", "allowed": "button"})
    assert sentence(problem) == "Unknown class “huge”. Use one of: button."


def test_problems_come_in_order_and_once() -> None:
    found = check("# a\n\n<b>x</b> <i>y</i>\n\n# b\n")
    assert [(p.line, p.code) for p in found] == [(1, "h1"), (3, "raw-html"), (5, "h1")]


def test_windows_line_ends_keep_the_numbers() -> None:
    assert [p.line for p in check("a\r\n\r\nb\r\n\r\n# c\r\n")] == [5]
