"""Languages are found by any name people use, and named as each reader names them."""

import unicodedata

import pytest

from welcome.buddies.rules import languages, spellings, spoken
from welcome.buddies.rules.errors import LanguageTooWide, NoLanguage
from welcome.web.words import INTERFACE_TAGS


@pytest.mark.parametrize("tag", INTERFACE_TAGS)
def test_every_language_is_found_by_each_of_its_names(tag):
    for each in languages.list_languages(tag):
        assert each.name
        assert each.autonym
        assert languages.find_code(each.name, tag) == each.code, each
        assert languages.read_code(each.name, tag) == each.code, each
        assert languages.read_code(each.autonym, tag) == each.code, each
        assert len(each.code) <= languages.LONGEST_NAME


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Pahari-Pothwari", "phr"),
        ("  mirpuri ", "phr"),
        ("KURMANJI", "kmr"),
        ("Kurmancî", "kmr"),
        (unicodedata.normalize("NFD", "Kurmancî"), "kmr"),
        ("Kurmanci", "kmr"),
        ("廣東話", "yue"),
        ("پہاڑی", "phr"),
        ("پهاڑي", "phr"),
        ("فارسي", "fa"),
        ("دَري", "prs"),
        ("عربى", "ar"),
        ("سورانی", "ckb"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("پنجابی", "pa"),
        ("الأوكرانية", "uk"),
        ("یوکرینیائی", "uk"),
        ("普通話", "cmn"),
        ("Twi", "ak"),
        ("BSL", "bfi"),
        ("makaton", "other:makaton"),
        ("Bajuni", "other:bajuni"),
        ("Farsi", "fa"),
        ("Dari", "prs"),
        ("فارسی", "fa"),
        ("polski", "pl"),
    ],
)
def test_what_people_type_is_read(typed, code):
    assert languages.read_code(typed) == code


@pytest.mark.parametrize("typed", ["", " ", "a", "123", "x" * 61, "a\nb\0c", "‮fa"])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(NoLanguage):
        languages.read_code(typed)


@pytest.mark.parametrize("tag", INTERFACE_TAGS)
@pytest.mark.parametrize(
    "typed",
    [
        "Kurdish",
        "chinese",
        "Sign language",
        "ku",
        "kurdi",
        "Kurdî",
        "كردي",
        "کوردی",
        "الكردية",
        "کردش",
        "kurdyjski",
        "中文",
        "汉语",
        "الصينية",
        "chiński",
    ],
)
def test_names_too_wide_to_talk_in_are_answered_with_a_choice(typed, tag):
    with pytest.raises(LanguageTooWide) as refused:
        languages.read_code(typed, tag)
    assert refused.value.params["choices"]
    assert spoken.OTHER not in str(refused.value.params["choices"])


def test_the_choice_is_named_as_the_reader_names_it():
    with pytest.raises(LanguageTooWide) as refused:
        languages.read_code("كردي", "ar")
    assert languages.name_of("kmr", "ar") in str(refused.value.params["choices"])


@pytest.mark.parametrize("tag", INTERFACE_TAGS)
def test_names_of_other_readers_are_read_as_well(tag):
    for other in INTERFACE_TAGS:
        for each in languages.list_languages(other):
            found = languages.read_code(each.name, tag)
            assert not found.startswith(spoken.OTHER) or found == languages.MAKATON


def test_no_spelling_is_of_two_languages():
    named = [
        (spellings.folded(each), code)
        for names_of in (spellings.SPELLINGS, spoken.NAMES, spellings.WIDE_SPELLINGS)
        for code, names in names_of.items()
        for each in names
    ]
    assert len(dict(named)) == len({(name, code) for name, code in named})


def test_readers_find_their_own_words_and_order():
    english = [each.name for each in languages.list_languages("en")]
    assert {"Bengali", "Pahari-Pothwari (Mirpuri)", "Makaton", "Tigrinya"} <= set(
        english
    )
    assert english == sorted(english, key=str.casefold)
    polish = {each.code: each.name for each in languages.list_languages("pl")}
    assert polish["uk"] == "ukraiński"
    assert len(polish) == len(english) > 90
    assert languages.name_of("other:bajuni", "ar") == "bajuni"
    assert languages.autonym_of("so") == "Soomaali"
