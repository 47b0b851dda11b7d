"""Numbers and addresses stay in one piece where staff check them."""

import pytest

from welcome.segmentation import word_diff
from welcome.web.isolating import is_turned, isolated, typed, unbroken

PHONE = '<bdi dir="ltr">0300 123 1000</bdi>'


@pytest.mark.parametrize("tag", ["ur", "en"])
def test_a_number_is_isolated_and_the_rest_escaped(tag):
    shown = isolated("<b> فون 0300 123 1000", tag)
    assert PHONE in shown.__html__()
    assert "<b>" not in shown
    assert "&lt;" in shown


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        (
            "فون (01922) 650000 ہے",
            "فون (01922) 650111 ہے",
            [
                ("=", "فون "),
                ("-", "(01922) 650000"),
                ("+", "(01922) 650111"),
                ("=", " ہے"),
            ],
        ),
        ("0300 123", "0300 123 1000", [("-", "0300 123"), ("+", "0300 123 1000")]),
        ("ایک دو", "ایک تین", [("=", "ایک "), ("-", "دو"), ("+", "تین")]),
    ],
)
def test_a_number_that_changed_in_part_is_shown_whole(old, new, pieces):
    assert unbroken(word_diff(old, new)) == pieces


def test_nothing_of_either_text_is_lost():
    old, new = "Call 0300 123 1000 or 999, 9am-5pm", "Call 0300 123 2000, 9am-6pm"
    pieces = unbroken(word_diff(old, new))
    assert "".join(text for op, text in pieces if op != "+") == old
    assert "".join(text for op, text in pieces if op != "-") == new


@pytest.mark.parametrize(
    ("text", "tag", "wanted"),
    [
        ("فون 0300 123 1000", "ur", True),
        ("فون", "ur", False),
        ("0300 123 1000", "pl", False),
    ],
)
def test_a_box_shows_numbers_out_of_order_only_from_right_to_left(text, tag, wanted):
    assert is_turned(text, tag) is wanted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "مريم حسن 020 7946 0999",
            'مريم حسن <bdi dir="ltr">020 7946 0999</bdi>',
        ),
        (
            "Ring <b>020 7946 0999</b>",
            'Ring &lt;b&gt;<bdi dir="ltr">020 7946 0999</bdi>&lt;/b&gt;',
        ),
        ("٧ (هاتف) a@b.example", '٧ (هاتف) <bdi dir="ltr">a@b.example</bdi>'),
        ("", ""),
    ],
)
def test_what_somebody_typed_keeps_its_numbers_whole(text, shown):
    assert typed(text) == shown
