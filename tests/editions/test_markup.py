"""Rendering: equal to Python-Markdown but for direction and safety, and never harmful."""

import html
from collections.abc import Iterator
from functools import cache

import markdown as python_markdown
import pytest
from markdown.extensions.toc import slugify_unicode

from tests.segmentation import documents
from tests.segmentation.conftest import EVERYTHING
from tests.segmentation.reading_html import events
from tests.segmentation.sentences import sentence
from welcome.editions.markup import FactValue, list_heading_ids, to_html, to_html_raw
from welcome.segmentation import OutsideSubset, check, links_in

FETCH = ".venv/bin/python -m welcome.cli.assets fetch --locales all --keep"
LISTED = {"refused-link", "remote-image"}
# Rendering repairs these (the sanitiser ends a link before one inside it begins), and a
# reference hides where a link leads until it is rendered.
MENDED = {*LISTED, "nested-link", "reference-link", "too-deep"}


@cache
def stock() -> python_markdown.Markdown:
    """Python-Markdown itself, raw HTML off, with none of our steps."""
    names = ["tables", "attr_list", "def_list", "admonition", "toc", "sane_lists"]
    md = python_markdown.Markdown(
        extensions=names,
        extension_configs={"toc": {"slugify": slugify_unicode}},
        output_format="html",
    )
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    return md


ALIGNED = {
    'class="align-start"': 'style="text-align: left;"',
    'class="align-centre"': 'style="text-align: center;"',
    'class="align-end"': 'style="text-align: right;"',
}


def assert_plain(name: str, markdown: str) -> None:
    """The raw rendering is Python-Markdown's, byte for byte; alignment is a class."""
    raw = to_html_raw(markdown)
    for ours, theirs in ALIGNED.items():
        raw = raw.replace(ours, theirs)
    assert raw == stock().reset().convert(markdown), name


def assert_same(name: str, markdown: str) -> None:
    """Without `bdi` and `rel` the rendering says what the raw one says."""
    raw = events(to_html_raw(markdown))
    for direction in ("ltr", "rtl"):
        assert events(to_html(markdown, direction=direction, id_prefix="")) == raw, name


def corpus() -> Iterator[tuple[str, str]]:
    yield "everything", EVERYTHING
    yield from documents.on_disk()
    yield from documents.generated(220)


def test_what_is_accepted_renders_as_python_markdown_does() -> None:
    """Every document of the subset in a corpus of more than 200, and most others."""
    names, accepted = set(), 0
    for name, markdown in corpus():
        names.add(name)
        problems = check(markdown)
        assert all(p.line >= 1 and sentence(p) for p in problems), name
        if not problems:
            accepted += 1
            assert_plain(name, markdown)
        if not {p.code for p in problems} & MENDED:
            assert_same(name, markdown)
    assert len(names) >= 260
    assert accepted >= 200


def test_the_examples_of_the_specification() -> None:
    if not documents.SPECIFICATION.exists():
        pytest.fail(f"The specification is not there; run: {FETCH}")
    examples = documents.specification()
    assert len(examples) == 652
    accepted = 0
    for name, markdown in examples:
        problems = check(markdown)
        lines = markdown.count("\n") + 1
        assert all(1 <= p.line <= lines and sentence(p) for p in problems), name
        if not problems:
            accepted += 1
            assert_plain(name, markdown)
        if not {p.code for p in problems} & MENDED:
            assert_same(name, markdown)
    assert accepted >= 300


def test_only_refused_links_differ() -> None:
    markdown = "[a](javascript:x) [b](/c) ![d](https://e.example/f.png) g\n"
    assert {p.code for p in check(markdown)} == LISTED
    assert to_html(markdown) == (
        '<p><a rel="noopener noreferrer">a</a>'
        ' <a href="/c" rel="noopener noreferrer">b</a> d g</p>'
    )


FACTS = {
    "emergency": FactValue("phone", "999"),
    "gp": FactValue("phone", "+44 (0)300 123 4567, option 2"),
    "ar-phone": FactValue("phone", "٠٣٠٠ ١٢٣"),
    "site": FactValue("url", "https://www.walsall.example/help/"),
    "mail": FactValue("email", "help@walsall.example"),
    "fee": FactValue("money", "£10.50"),
    "place": FactValue("address", "1 High Street\nWS1 1AA"),
    "name": FactValue("text", "Fish & *Chips* <b> &amp;"),
}


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("{{emergency}}", '<bdi dir="ltr"><a href="tel:999"{rel}>999</a></bdi>'),
        (
            "{{gp}}",
            '<bdi dir="ltr"><a href="tel:+443001234567"{rel}>'
            "+44 (0)300 123 4567, option 2</a></bdi>",
        ),
        (
            "{{ar-phone}}",
            '<bdi dir="ltr"><a href="tel:0300123"{rel}>٠٣٠٠ ١٢٣</a></bdi>',
        ),
        (
            "{{site}}",
            '<bdi dir="ltr"><a href="https://www.walsall.example/help/"{rel}>'
            "www.walsall.example/help</a></bdi>",
        ),
        (
            "{{mail}}",
            '<bdi dir="ltr"><a href="mailto:help@walsall.example"{rel}>'
            "help@walsall.example</a></bdi>",
        ),
        ("{{fee}}", "£10.50"),
        ("{{place}}", "1 High Street<br>\nWS1 1AA"),
        ("{{name}}", "Fish &amp; *Chips* &lt;b&gt; &amp;amp;"),
        ("{{unknown}} `{{fee}}` \\{{fee}}", "{{unknown}} <code>{{fee}}</code> {{fee}}"),
        ("**{{fee}}**{{fee}}", "<strong>£10.50</strong>£10.50"),
        ("*x*{{unknown}}", "<em>x</em>{{unknown}}"),
        ("[call]({{gp}})", '<a href="tel:+443001234567"{rel}>call</a>'),
        (
            "[{{emergency}}](/a)",
            '<a href="/a"{rel}><bdi dir="ltr">999</bdi></a>',
        ),
        ("[x]({{name}})", "<a{rel}>x</a>"),
        (
            "![{{fee}}](/a.png '{{name}}')",
            '<img src="/a.png" alt="£10.50" title="Fish &amp; *Chips* &lt;b&gt; &amp;amp;">',
        ),
    ],
)
def test_facts(markdown: str, expected: str) -> None:
    rendered = to_html(markdown, facts=FACTS)
    rel = ' rel="noopener noreferrer"'
    wanted = f"<p>{expected.replace('{rel}', rel)}</p>"
    assert events(rendered) == events(wanted)
    assert ("<bdi" in rendered) == ("<bdi" in wanted)


def test_every_use_of_a_fact_is_filled() -> None:
    rendered = to_html("{{fee}} a {{fee}} b {{nope}} c {{fee}}", facts=FACTS)
    assert rendered == "<p>£10.50 a £10.50 b {{nope}} c £10.50</p>"


def test_targets_by_position() -> None:
    source = "## One\n\nSame\n\nSame\n\n- a\n- b {{fee}}\n"
    rendered = to_html(
        source, targets={0: "Jeden", 2: "Drugi **raz**", 4: "", 9: "x"}, facts=FACTS
    )
    assert rendered == (
        '<h2 id="h-one">Jeden</h2>\n<p>Same</p>\n<p>Drugi <strong>raz</strong></p>\n'
        "<ul>\n<li>a</li>\n<li>b £10.50</li>\n</ul>"
    )


def test_a_target_beyond_the_limits_is_refused_and_the_next_is_not() -> None:
    with pytest.raises(OutsideSubset):
        to_html("Text\n", targets={0: "[" * 300})
    with pytest.raises(OutsideSubset):
        to_html("Text\n", targets={0: "a" * 5001})
    assert to_html("Text\n", targets={0: "b"}) == "<p>b</p>"


def test_headings_keep_the_ids_of_the_source() -> None:
    source = (
        "## One two\n\n### Call {{gp}}\n\n#### Żółć {#own}\n\n## One two\n\n[x](#own)\n"
    )
    assert list_heading_ids(source) == ("one-two", "call-gp", "own", "one-two_1")
    rendered = to_html(source, targets={0: "Raz", 2: "Dwa"}, facts=FACTS)
    for name in ("h-one-two", "h-call-gp", "h-own", "h-one-two_1"):
        assert f'id="{name}"' in rendered
    assert 'href="#h-own"' in rendered
    chosen = to_html(source, heading_ids=["a", "b", "c", "d"], id_prefix="x-")
    assert [f'id="x-{name}"' in chosen for name in "abcd"] == [True] * 4


def test_alignment_is_a_class() -> None:
    rendered = to_html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 {.wide} |\n")
    assert "style" not in rendered
    assert '<td class="wide align-end">3</td>' in rendered
    assert '<th class="align-start">a</th>' in rendered
    assert '<td class="align-centre">2</td>' in rendered


@pytest.mark.parametrize(
    ("text", "kept_together"),
    [
        ("Call 0300 123 4567 now", ["0300 123 4567"]),
        ("Call +44 20 7946 0958.", ["+44 20 7946 0958"]),
        ("Open 9am–5pm or 16:00", ["9am–5pm", "16:00"]),
        ("See https://a.example/b?c=d.", ["https://a.example/b?c=d"]),
        ("Write to a.b@c.example, please", ["a.b@c.example"]),
        ("Room 12 on page 5", []),
        ("`16:00`", []),
        ("A & B <3 text", []),
    ],
)
def test_kept_together_from_left_to_right(text: str, kept_together: list[str]) -> None:
    rendered = to_html(text)
    for run in kept_together:
        assert f'<bdi dir="ltr">{html.escape(run)}</bdi>' in rendered
    assert rendered.count("<bdi") == len(kept_together)


@pytest.mark.parametrize(
    ("text", "kept_together"),
    [
        ("اتصل على 0300 123 4567 الآن", ["0300 123 4567"]),
        ("اتصل على ۰۳۰۰ ۱۲۳ ۴۵۶۷ اب", ["۰۳۰۰ ۱۲۳ ۴۵۶۷"]),
        ("مكتب NHS 111 و GP", ["NHS 111", "GP"]),
        ("من 9am–5pm يوميا", ["9am–5pm"]),
        ("السعر £10.50 فقط", ["£10.50"]),
        ("عدد 5 فقط", []),
        ("اتصل {{no-such-fact}} الآن", ["{{no-such-fact}}"]),
        ("[NHS & Co](https://a.example)", ["NHS &amp; Co"]),
        ("`NHS` <a@b.example>", ["a@b.example"]),
        ("Лікар و доктор", ["Лікар", "доктор"]),
    ],
)
def test_kept_together_in_right_to_left_text(
    text: str, kept_together: list[str]
) -> None:
    rendered = to_html(text, direction="rtl")
    for run in kept_together:
        assert f'<bdi dir="ltr">{run}</bdi>' in rendered
    assert rendered.count("<bdi") == len(kept_together)


def test_groups_of_arabic_digits_keep_their_order() -> None:
    """Seen in Chromium: without the inner elements the last group comes first."""
    group = '<bdi dir="ltr">{}</bdi>'
    inner = " ".join(group.format(digits) for digits in ("٠٣٠٠", "١٢٣", "٤٥٦٧"))
    rendered = to_html("اتصل على ٠٣٠٠ ١٢٣ ٤٥٦٧ الآن", direction="rtl")
    assert group.format(inner) in rendered


def test_links_say_where_they_lead() -> None:
    rendered = to_html("[a](https://b.example) <c@d.example> [e](tel:1)\n")
    assert rendered.count('rel="noopener noreferrer"') == 3
    targets = [
        link.target
        for link in links_in("[a](https://b.example) <c@d.example> [e](tel:1)")
    ]
    for target in targets:
        assert f'href="{target}"' in rendered


def test_blank_documents() -> None:
    assert to_html("") == to_html("\n \n") == to_html_raw("") == ""
