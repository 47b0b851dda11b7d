"""The whole registry, entry by entry, against CLDR, Unicode and the print study."""

import itertools
import subprocess
import sys

import babel
import pytest
import regex

from welcome.errors import NotFound
from welcome.locales import MalformedTag, UnknownLocale, every, find, get
from welcome.locales.tags import from_babel, normalise, parts

STUDIED_IN_PRINT = (
    "en cy ar fa prs ps ckb kmr ur pa gu bn hi ne ta si ti am so pl ro sq lt tr vi es "
    "pt fr uk ru bg zh-Hans zh-Hant-HK ml my th"
)
PRINT_FAMILIES = (
    "Noto Sans|Noto Naskh Arabic|Noto Nastaliq Urdu|Noto Sans Gurmukhi|"
    "Noto Sans Gujarati|Noto Sans Bengali|Noto Sans Devanagari|Noto Sans Tamil|"
    "Noto Sans Sinhala|Noto Sans Ethiopic|Noto Sans Malayalam|Noto Sans Myanmar|"
    "Noto Sans Thai|Noto Sans SC|Noto Sans HK"
)
ARGOS_INDEX = (
    "ar az bg bn ca cs da de el en eo es et eu fa fi fr ga gl he hi hu id it ja ko ky "
    "lt lv ms nb nl pb pl pt ro ru sk sl sq sv th tl tr uk ur zh zt"
)
UNICODE_SCRIPTS = {"Hans": "Han", "Hant": "Han", "Mymr": "Myanmar"}
LINE_HEIGHTS = {
    "Latn": 1.55,
    "Cyrl": 1.55,
    "Arab": 1.8,
    "Aran": 2.3,
    "Deva": 1.75,
    "Guru": 1.75,
    "Beng": 1.75,
    "Ethi": 1.7,
    "Hans": 1.75,
    "Hant": 1.75,
    "Mymr": 1.9,
}
# Where people in the UK look for another word than CLDR's.
OWN_WORDS = {
    "ckb": "کوردی (سۆرانی)",
    "om": "Afaan Oromoo",
    "prs": "دری",
    "pa-Arab": "پنجابی",
    "yo": "Yorùbá",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "zh-Hant-HK": "繁體中文（香港）",
    "pt": "Português",
}

each_locale = pytest.mark.parametrize("locale", every(), ids=lambda one: one.tag)


def test_the_studied_locales_are_there():
    assert {*STUDIED_IN_PRINT.split(), "pt-BR", "zh-Hant"} <= {
        one.tag for one in every()
    }


def test_tags_autonyms_and_english_names_are_unique():
    for name in ("tag", "autonym", "english", "cldr"):
        values = [getattr(locale, name) for locale in every()]
        assert len(set(values)) == len(values), name


@each_locale
def test_tag_is_canonical(locale):
    assert normalise(locale.tag) == locale.tag
    script = parts(locale.tag).script
    assert script in {None, locale.script, locale.writing}


@each_locale
def test_autonym_is_in_its_script(locale):
    letters = regex.findall(r"\p{L}", locale.autonym)
    name = UNICODE_SCRIPTS.get(locale.script, locale.script)
    assert letters
    assert all(regex.fullmatch(rf"\p{{Script={name}}}", one) for one in letters)
    assert locale.autonym[0] == locale.autonym[0].upper()


@each_locale
def test_autonym_is_cldrs_or_chosen_on_purpose(locale):
    named = babel.Locale.parse(locale.cldr.partition("_")[0]).display_name
    if parts(locale.tag).region:
        named = locale.babel().display_name
    if locale.tag in OWN_WORDS:
        assert locale.autonym == OWN_WORDS[locale.tag]
    else:
        assert locale.autonym.casefold() == named.casefold()


@each_locale
def test_cldr_exists_and_agrees(locale):
    known = babel.Locale.parse(locale.cldr)
    assert str(known) == locale.cldr
    assert from_babel(locale.cldr)
    assert known.text_direction == locale.direction
    assert any(char.isalpha() for char in known.months["format"]["wide"][3]) or (
        locale.script in {"Hans", "Hant"}
    )


@each_locale
def test_script_is_what_cldr_thinks_likely(locale):
    likely = babel.core.get_global("likely_subtags")
    language, _, script = locale.cldr.partition("_")
    guess = likely.get(language, "").split("_")[1:2]
    assert locale.script in {*guess, script.split("_")[0]}


@each_locale
def test_direction_agrees_with_script(locale):
    assert locale.direction == ("rtl" if locale.script == "Arab" else "ltr")
    assert locale.is_rtl == (locale.direction == "rtl")


@each_locale
def test_fonts_are_those_of_the_print_study(locale):
    assert locale.fonts
    assert set(locale.fonts) <= set(PRINT_FAMILIES.split("|"))
    assert "Noto Sans" in locale.fonts
    assert locale.web_family.endswith("sans-serif")


@each_locale
def test_faces_follow_the_look(locale):
    assert locale.line_height == LINE_HEIGHTS.get(locale.writing, 1.7)
    assert locale.print_points == (13 if locale.writing == "Aran" else 11.5)
    assert locale.italics == (locale.script == "Latn")


@each_locale
def test_machine_code_is_in_the_public_index(locale):
    assert locale.machine is None or locale.machine in ARGOS_INDEX.split()


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt", "pt"),
        ("pt-BR", "pb"),
        ("zh-Hans", "zh"),
        ("zh-Hant", "zt"),
        ("zh-Hant-HK", "zt"),
        ("fil", "tl"),
        ("ti", None),
        ("pa", None),
        ("prs", None),
        ("vi", None),
    ],
)
def test_machine_codes(tag, code):
    assert get(tag).machine == code


@each_locale
def test_aliases_are_canonical_and_not_each_others_tags(locale):
    for alias in locale.aliases:
        assert normalise(alias) == alias
        assert alias != locale.tag
    assert len(set(locale.aliases)) == len(locale.aliases)


@each_locale
def test_plural_forms_end_in_other_and_cover_every_count(locale):
    forms = locale.plural_forms
    assert forms[-1] == "other"
    assert {locale.plural_form(count) for count in range(200)} <= set(forms)


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("en", ("one", "other")),
        ("pl", ("one", "few", "many", "other")),
        ("ar", ("zero", "one", "two", "few", "many", "other")),
        ("zh-Hant", ("other",)),
        ("prs", ("one", "other")),
    ],
)
def test_plural_forms(tag, forms):
    assert get(tag).plural_forms == forms


def test_plural_form_of_a_count():
    assert [get("pl").plural_form(count) for count in (1, 3, 5, 22)] == [
        "one",
        "few",
        "many",
        "few",
    ]


@each_locale
def test_digits_are_ten_in_order(locale):
    assert len(locale.digits) == 10
    if locale.script not in {"Hans", "Hant"}:
        assert [int(digit) for digit in locale.digits] == list(range(10))


@pytest.mark.parametrize(
    ("tag", "zero"),
    [("en", "0"), ("ar", "٠"), ("fa", "۰"), ("ur", "۰"), ("bn", "০"), ("ti", "0")],
)
def test_digits(tag, zero):
    assert get(tag).digits[0] == zero


def test_get_and_find_take_any_case():
    assert get("PT-br") is find("pt-BR") is get("pt-BR")


@pytest.mark.parametrize("tag", ["xx", "yue", "not a tag", "", "pt_BR", "en-AU"])
def test_what_is_not_there(tag):
    assert find(tag) is None
    with pytest.raises(UnknownLocale) as refused:
        get(tag)
    assert refused.value.params == {"tag": tag}
    assert refused.value.code == "unknown_locale"
    assert isinstance(refused.value, NotFound)
    assert issubclass(MalformedTag, NotFound)


def test_order_keeps_each_script_together_and_forgets_accents():
    order = [locale.tag for locale in every()]
    scripts = [locale.script.replace("Hans", "Hant") for locale in every()]
    changes = sum(a != b for a, b in itertools.pairwise(scripts))
    assert changes == len(set(scripts)) - 1
    assert order.index("cs") < order.index("cy") < order.index("de")
    assert order.index("tr") > order.index("vi")
    assert order.index("pt") + 1 == order.index("pt-BR")


def test_locales_are_values():
    locale = get("ur")
    assert locale in {get("ur")}
    with pytest.raises(AttributeError):
        locale.tag = "en"


def test_importing_reads_no_registry():
    asked = (
        "import welcome.locales; from welcome.locales import registry; "
        "print(registry.load.cache_info().currsize)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "0"
