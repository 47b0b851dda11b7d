"""What a browser asks for, and what its reader is given."""

import itertools
import string

import langcodes
import pytest
from hypothesis import given
from hypothesis import strategies as st

from welcome.locales import UnknownLocale, every, get, likely, negotiate
from welcome.locales.negotiation import wishes

EVERY = [locale.tag for locale in every()]


@pytest.mark.parametrize(
    ("header", "available", "chosen"),
    [
        ("zh-HK", "en zh-Hans zh-Hant", "zh-Hant"),
        ("zh-HK", "zh-Hant zh-Hant-HK", "zh-Hant-HK"),
        ("zh-TW", "zh-Hans zh-Hant-HK zh-Hant", "zh-Hant"),
        ("zh-MO", "zh-Hans zh-Hant", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hans zh-Hant", "zh-Hant"),
        ("zh", "zh-Hant zh-Hans", "zh-Hans"),
        ("zh-SG", "zh-Hant zh-Hans", "zh-Hans"),
        ("zh-CN", "zh-Hant", None),
        ("yue", "zh-Hans zh-Hant", "zh-Hant"),
        ("yue-HK", "zh-Hans zh-Hant-HK", "zh-Hant-HK"),
        ("yue-CN", "zh-Hans zh-Hant", "zh-Hans"),
        ("yue", "zh-Hans", None),
        ("prs", "fa en", "fa"),
        ("prs-AF", "fa prs", "prs"),
        ("fa-AF", "fa prs", "prs"),
        ("fa-IR", "prs fa", "fa"),
        ("fa", "prs", "prs"),
        ("haz", "fa prs", "prs"),
        ("pa-Arab", "pa en", None),
        ("pa-Arab-PK", "pa en", None),
        ("pa-PK", "pa en", None),
        ("pnb", "pa en", None),
        ("pa-PK", "pa ur pa-Arab", "pa-Arab"),
        ("pa-Arab", "pa ur", "ur"),
        ("pnb", "pa ur", "ur"),
        ("pa-IN", "ur pa", "pa"),
        ("pa", "pa-Arab", None),
        ("pa-Guru-GB", "pa-Arab pa", "pa"),
        ("ckb-IQ", "kmr en", None),
        ("ckb", "kmr ckb", "ckb"),
        ("ku", "ckb kmr", "kmr"),
        ("kmr-TR", "ckb kmr", "kmr"),
        ("ku-TR", "ckb", None),
        ("ku-Arab-IQ", "kmr ckb", "ckb"),
        ("pt", "pt-BR pt", "pt"),
        ("pt-PT", "pt-BR pt", "pt"),
        ("pt-AO", "pt-BR pt", "pt"),
        ("pt-BR", "pt pt-BR", "pt-BR"),
        ("pt-BR", "pt", "pt"),
        ("arz", "ar", "ar"),
        ("apc-LB", "ar", "ar"),
        ("tl-PH", "fil", "fil"),
        ("mo", "ro", "ro"),
        ("phr", "ur pa", "ur"),
        ("syl-GB", "bn", "bn"),
        ("ti-ET", "am ti", "ti"),
        ("es-419", "es", "es"),
        ("en-US", "cy en", "en"),
        ("hi-Latn", "hi", None),
        ("uk", "ru", None),
        ("ur", "hi ar fa", None),
        ("cy", "en", None),
        ("so", "en", None),
    ],
)
def test_nearest_by_language(header, available, chosen):
    assert negotiate(header, available.split()) == chosen


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("ur,en;q=0.9", "ur"),
        ("en;q=0.5,ur;q=0.9", "ur"),
        ("en,ur", "en"),
        ("ps, prs;q=0.9, en;q=0.8", "en"),
        ("ur;q=0, en;q=0.1", "en"),
        ("ur;q=0", None),
        ("ur ; q = 0.8 , en ; q=0.3", "ur"),
        ("UR-pk", "ur"),
        ("*", None),
        ("*, ur;q=0.2", "ur"),
        ("", None),
        ("ur;q=2, en", "en"),
        ("ur;q=-1, en", "en"),
        ("ur;q=0.12345, en", "en"),
        ("ur;level=1, en", "en"),
        ("en-u-nu-latn, ur", "ur"),
        (",,;;q=,ur", "ur"),
        ("ur;q=0.3, ur;q=1, en;q=0.5", "en"),
        ("\x00ur, en", "en"),
    ],
)
def test_quality_values_and_broken_headers(header, chosen):
    assert negotiate(header, ["en", "ur"]) == chosen


@pytest.mark.parametrize("tag", EVERY)
def test_each_locale_is_its_own_nearest(tag):
    assert negotiate(tag, EVERY) == tag
    assert negotiate(tag.lower(), list(reversed(EVERY))) == tag


@pytest.mark.parametrize("tag", EVERY)
def test_each_alias_leads_home(tag):
    for alias in get(tag).aliases:
        assert negotiate(alias, [tag]) == tag


def test_nothing_available():
    assert negotiate("en", []) is None
    assert likely("en", []) == []


def test_available_tags_must_be_in_the_registry():
    with pytest.raises(UnknownLocale):
        negotiate("en", ["en", "xx"])


def test_likely_ones_first_then_by_autonym():
    available = ["en", "pl", "ur", "ar", "cy", "prs", "fa"]
    assert likely("fa-AF,ur;q=0.8", available) == [
        "prs",
        "fa",
        "ur",
        "cy",
        "en",
        "pl",
        "ar",
    ]
    assert likely("", available) == ["cy", "en", "pl", "ur", "ar", "prs", "fa"]


def test_likely_never_loses_or_repeats():
    assert sorted(likely("pt-BR,pt,ur,fa", EVERY)) == sorted(EVERY)


def test_only_the_first_thousand_characters_are_read():
    padding = "xx," * 400
    assert negotiate(padding + "ur", ["ur"]) is None
    assert wishes("a" * 995 + ",en,ur-PK") == ["en"]


def test_only_sixteen_wishes_are_weighed():
    many = [first + second for first in "abcd" for second in string.ascii_lowercase]
    assert wishes(",".join(many)) == many[:16]


def test_hostile_tags_do_not_fill_the_memory():
    regions = ["".join(pair) for pair in itertools.product("ABCDEFGHIJ", repeat=2)]
    scripts = ["".join(four) for four in itertools.product("qxyz", repeat=4)]
    before = len(langcodes.Language._PARSE_CACHE)
    for language in ("en", "ur", "ar", "xx", "qq"):
        for part in (*regions, *scripts):
            negotiate(f"{language}-{part}", EVERY)
    assert len(langcodes.Language._PARSE_CACHE) - before < 50


@given(st.text(max_size=200) | st.text("enurzh-HK*;,q=0.1 ", max_size=1200))
def test_any_header_is_answered(header):
    chosen = negotiate(header, EVERY)
    assert chosen is None or chosen in EVERY
    ordered = likely(header, EVERY)
    assert chosen is None or ordered[0] == chosen
