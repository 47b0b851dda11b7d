"""What a document is taken apart into."""

import pytest

from welcome.segmentation import (
    OutsideSubset,
    Segment,
    clean_target,
    extract,
    key_hash,
    normalise,
)


def told(markdown: str) -> list[tuple[str, str, str]]:
    return [(s.kind, s.path, s.text) for s in extract(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("", []),
        ("  \n\n", []),
        ("Hello *you*", [("p", "p1", "Hello *you*")]),
        ("a\nb  \nc", [("p", "p1", "a\nb  \nc")]),
        ("## Head {#x}", [("h2", "h21", "Head")]),
        ("## Call {{gp}} {#x}", [("h2", "h21", "Call {{gp}}")]),
        ("## Call {{gp}}", [("h2", "h21", "Call {{gp}}")]),
        ("Text\n{: .button}", [("p", "p1", "Text")]),
        ("- a\n- b", [("li", "ul1/li1", "a"), ("li", "ul1/li2", "b")]),
        ("- a\n\n- b", [("p", "ul1/li1/p1", "a"), ("p", "ul1/li2/p1", "b")]),
        ("- a\n    1. b", [("li", "ul1/li1", "a"), ("li", "ul1/li1/ol1/li1", "b")]),
        ("> a\n>\n> b", [("p", "blockquote1/p1", "a"), ("p", "blockquote1/p2", "b")]),
        ("T\n:   M", [("dt", "dl1/dt1", "T"), ("dd", "dl1/dd1", "M")]),
        ('!!! note "T"\n    M', [("title", "div1/p1", "T"), ("p", "div1/p2", "M")]),
        ("!!! stop\n    M", [("title", "div1/p1", "Stop"), ("p", "div1/p2", "M")]),
        ('!!! note ""\n    M', [("p", "div1/p1", "M")]),
        ("* * *", []),
        ("[TOC]", []),
        ("    code", []),
        ("{{gp}}", [("p", "p1", "{{gp}}")]),
    ],
)
def test_segments(markdown: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(markdown) == expected


def test_cells_in_reading_order() -> None:
    found = extract("| A | B |\n|---|--:|\n| c |   |\n| `d` | e {.wide} |")
    assert [(s.kind, s.text) for s in found] == [
        ("th", "A"),
        ("th", "B"),
        ("td", "c"),
        ("td", "`d`"),
        ("td", "e"),
    ]


def test_the_attribute_list_is_kept_apart() -> None:
    assert extract("## Head {#x .wide}")[0] == Segment(
        "h2", "h21", "Head", " {#x .wide}"
    )
    assert extract("Text\n{: .lead}")[0].suffix == "\n{: .lead}"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a  b\n c", "a b c"),
        ("a  \nb", "a  \nb"),
        ("a   \n   b", "a  \nb"),
        (" a ", "a"),
        ("e\u0301", "é"),
        ("a\u00a0b", "a\u00a0b"),
        ("A", "A"),
    ],
)
def test_keys(text: str, key: str) -> None:
    assert normalise(text) == key
    assert key_hash(text) == key_hash(key)


def test_keys_tell_apart() -> None:
    texts = ["a", "A", "a.", "a  \nb", "a b", "1.5", "15"]
    assert len({key_hash(text) for text in texts}) == len(texts)


@pytest.mark.parametrize(
    ("text", "kind", "stored"),
    [
        ("a\r\nb\tc", "p", "a\nb c"),
        ("a\n\n\n b", "p", "a\n b"),
        ("a  \nb", "p", "a  \nb"),
        ("a  \nb", "h2", "a b"),
        ("a\nb", "title", "a b"),
        ("\x02wzxhzdk:0\x03", "p", "wzxhzdk:0"),
        ("one\x0btwo\x0cthree", "p", "one\ntwo\nthree"),
        ("one\x85two\u2028three\u2029four", "p", "one\ntwo\nthree\nfour"),
        ("one\u2028\u2028two", "h2", "one two"),
        ("on\x1be\x80", "p", "one"),
        ("\u202eabc\u202c\u2066d\u2069", "p", "abcd"),
        ("مي\u200cخواهم \u200f(x)", "p", "مي\u200cخواهم \u200f(x)"),
        ("e\u0301", "td", "é"),
        ("\ud800\ufffe", "p", ""),
        ("  ", "p", ""),
    ],
)
def test_what_is_stored(text: str, kind: str, stored: str) -> None:
    assert clean_target(text, kind) == stored


def test_too_much_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(OutsideSubset) as refused:
        extract("ok\n\n" + "[" * 400)
    assert refused.value.params == {"line": 3, "problem": "too-many-brackets"}
