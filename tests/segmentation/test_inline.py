"""Inline codes, facts, links and visible text."""

import pytest

from welcome.segmentation import facts_in, links_in, placeholders, visible_text
from welcome.segmentation.inline import is_link_allowed, is_own_media


def codes(text: str) -> list[tuple[str, str, str]]:
    return [(c.kind.value, c.opening, c.closing) for c in placeholders(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain - text * here", []),
        ("`a*b` c", [("code", "`a*b`", "")]),
        ("**a** b", [("strong", "**", "**")]),
        ("*a **b** c*", [("emphasis", "*", "*"), ("strong", "**", "**")]),
        ("a_b_c _d_", [("emphasis", "_", "_")]),
        ("[a](/b)", [("link", "[", "](/b)")]),
        ('[a](/b "t")', [("link", "[", '](/b "t")')]),
        ("![a](/b.png)", [("image", "![", "](/b.png)")]),
        ("[**a**](/b)", [("link", "[", "](/b)"), ("strong", "**", "**")]),
        ("[a](/b(c))", [("link", "[", "](/b(c))")]),
        ("[a", []),
        ("**a", []),
        (r"\* \[", [("escape", r"\*", ""), ("escape", r"\[", "")]),
        ("{{gp}} {x}", [("fact", "{{gp}}", "")]),
        ("{{ gp }} {{-x}}", [("fact", "{{ gp }}", "")]),
        ("<https://a.example>", [("autolink", "<https://a.example>", "")]),
        ("<a@b.example>", [("autolink", "<a@b.example>", "")]),
        ("a &amp; b", [("entity", "&amp;", "")]),
        ("a  \nb", [("break", "  \n", "")]),
    ],
)
def test_codes(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{a}} {{b-c}} {{a}}", ["a", "b-c", "a"]),
        ("[x]({{site}})", ["site"]),
        ("`{{a}}` \\{{b}}", []),
        ("{{A}} {{a_b}} {a} {{-a}}", []),
        ("{{ a }}", ["a"]),
    ],
)
def test_facts(text: str, names: list[str]) -> None:
    assert facts_in(text) == names


def test_links_as_they_are_rendered() -> None:
    found = links_in(
        '[**a** b](/c "d") ![e](/f.png) <https://g.example> <h@i.example> `[j](/k)`'
    )
    assert [(link.text, link.target, link.is_image) for link in found] == [
        ("a b", "/c", False),
        ("e", "/f.png", True),
        ("https://g.example", "https://g.example", False),
        ("h@i.example", "mailto:h@i.example", False),
    ]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**a** [b](/c) `d` &amp; \\* {{e}}", "a b d & * {{e}}"),
        ("a  \nb\nc", "a b c"),
        ("a **b", "a **b"),
        ("<b>x</b>", "<b>x</b>"),
    ],
)
def test_visible_text(text: str, seen: str) -> None:
    assert visible_text(text) == seen


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("https://a.example/b?c=d:e", True),
        ("HTTP://a.example", True),
        ("mailto:a@b.example", True),
        ("tel:+44", True),
        ("sms:1", True),
        ("#a", True),
        ("/a/b:c", True),
        ("a/b.html", True),
        ("", True),
        ("javascript:x", False),
        ("java\nscript:x", False),
        ("&#106;avascript:x", False),
        ("&amp;#106;avascript:x", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("\\\\a.example", False),
        ("/\\a.example", False),
        ("ftp://a.example", False),
        ("a:b", False),
        ("ä:b", False),
    ],
)
def test_where_links_may_lead(target: str, allowed: bool) -> None:
    assert is_link_allowed(target) is allowed


@pytest.mark.parametrize(
    ("target", "is_own"),
    [
        ("/media/a.png", True),
        ("a.png", True),
        ("https://a.example/b.png", False),
        ("//a/b.png", False),
        ("", False),
        ("data:image/png,x", False),
    ],
)
def test_own_media(target: str, is_own: bool) -> None:
    assert is_own_media(target) is is_own
