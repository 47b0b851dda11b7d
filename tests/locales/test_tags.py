"""Tags: one spelling, one converter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welcome.locales.errors import MalformedTag
from welcome.locales.tags import (
    fallbacks,
    from_babel,
    normalise,
    parts,
    to_babel,
)

letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCXYZ")
languages = st.text(letters, min_size=2, max_size=3)
scripts = st.text(letters, min_size=4, max_size=4)
regions = st.text(letters, min_size=2, max_size=2) | st.text(
    "0123456789", min_size=3, max_size=3
)
variants = st.text(letters, min_size=5, max_size=8)
tags = st.builds(
    lambda first, *rest: "-".join([first, *(part for part in rest if part)]),
    languages,
    st.none() | scripts,
    st.none() | regions,
    st.none() | variants,
)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("en", "en"),
        ("PT-br", "pt-BR"),
        ("ZH-hANT-hk", "zh-Hant-HK"),
        ("pa-arab", "pa-Arab"),
        ("CKB", "ckb"),
        ("prs", "prs"),
        ("es-419", "es-419"),
        ("ca-ES-VALENCIA", "ca-ES-valencia"),
        ("de-1996", "de-1996"),
    ],
)
def test_canonical_case(written, canonical):
    assert normalise(written) == canonical


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        "e",
        "engl",
        "pt_BR",
        "en-",
        "-en",
        "en--GB",
        "en GB",
        " en",
        "en\n",
        "en-GB-Latn",
        "zh-yue",
        "en-u-ca-gregory",
        "x-private",
        "i-klingon",
        "еn",
        "en-４１９",
        "../en",
        "de-1996-1996",
        "en-" + "-".join(f"vari{n:03}" for n in range(9)),
        "a" * 5000,
    ],
)
def test_malformed_tags_are_refused(malformed):
    with pytest.raises(MalformedTag) as refused:
        normalise(malformed)
    assert len(refused.value.params["tag"]) <= 35


@given(tags)
def test_canonical_is_a_fixed_point(tag):
    assert normalise(normalise(tag)) == normalise(tag)


@given(tags)
def test_babel_spelling_round_trips(tag):
    assert from_babel(to_babel(tag)) == normalise(tag)


@given(st.text(max_size=60))
def test_any_text_is_a_tag_or_malformed(text):
    try:
        tag = normalise(text)
    except MalformedTag:
        return
    assert tag.lower() == text.lower()


@pytest.mark.parametrize(
    ("tag", "babel"),
    [
        ("pt-BR", "pt_BR"),
        ("zh-Hant-HK", "zh_Hant_HK"),
        ("ca-ES-valencia", "ca_ES_VALENCIA"),
    ],
)
def test_to_babel(tag, babel):
    assert to_babel(tag) == babel


def test_from_babel_refuses_modifiers():
    with pytest.raises(MalformedTag):
        from_babel("ca_ES@valencia")


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("zh-hant-hk", ("zh-Hant-HK", "zh-Hant", "zh")),
        ("pt-BR", ("pt-BR", "pt")),
        ("ur", ("ur",)),
    ],
)
def test_fallbacks(tag, chain):
    assert fallbacks(tag) == chain


def test_parts():
    assert parts("ca-latn-es-VALENCIA") == ("ca", "Latn", "ES", ("valencia",))
    assert parts("ur") == ("ur", None, None, ())
