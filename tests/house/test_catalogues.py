"""Every catalogue keeps placeholders, has its plural forms, and is complete where said."""

import io
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
import regex
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import welcome
from welcome import locales
from welcome.editions.book import NEEDS
from welcome.locales import tags
from welcome.phrases import catalogues, codes
from welcome.phrases.codes import needs
from welcome.web.words import INTERFACE_TAGS

ROOT = Path(welcome.__file__).parent
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")
MAPPING = [
    ("welcome/**.py", "python"),
    ("welcome/**/templates/**.*", "jinja2"),
    ("welcome/messages/letters/**.*", "jinja2"),
]
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None,
    "mark": None,
}  # fmt: skip
# Words that are the same in every language.
KEPT = regex.compile(r"%\(\w+\)s|PDF")
SCRIPTS = {"Hans": "Han", "Hant": "Han"}


def phrases_in(mapping: Iterable[tuple[str, str]]) -> set[str]:
    """The phrases that stand where a mapping looks."""
    found = extract_from_dir(
        ROOT.parent,
        list(mapping),
        keywords=KEYWORDS,
        # Folders such as _parts hold phrases too.
        directory_filter=lambda path: (
            Path(path).is_relative_to(ROOT) and not path.endswith("__pycache__")
        ),
    )
    messages = (message for _file, _line, message, *_rest in found)
    return {each if isinstance(each, str) else each[0] for each in messages}


def readers_mapping() -> list[tuple[str, str]]:
    """Where `make phrases` finds what readers of editions meet."""
    told = tomllib.loads((catalogues.folder() / "readers.toml").read_text("utf-8"))
    return [(each["pattern"], each["method"]) for each in told["mappings"]]


def written(domain: str) -> list[str]:
    found = catalogues.folder().glob(f"*/LC_MESSAGES/{domain}.po")
    return sorted(tags.from_babel(file.parent.parent.name) for file in found)


PHRASES = phrases_in(MAPPING)
READERS_PHRASES = phrases_in(readers_mapping())
TAGS, READERS_TAGS = written(catalogues.DOMAIN), written(catalogues.READERS)
ALL = [
    *((tag, catalogues.DOMAIN) for tag in TAGS),
    *((tag, catalogues.READERS) for tag in READERS_TAGS),
]


def catalogue(tag: str, domain: str) -> Catalog:
    name = tags.to_babel(tag)
    file = catalogues.folder() / name / "LC_MESSAGES" / f"{domain}.po"
    return read_po(io.BytesIO(file.read_bytes()), locale=name)


def texts(entry: Message, part: str) -> list[str]:
    said = getattr(entry, part)
    return [said] if isinstance(said, str) else list(said)


def said_in(tag: str) -> list[tuple[str, str]]:
    """Each phrase of a readers' catalogue with each form of what it says."""
    return [
        (texts(entry, "id")[0], text)
        for entry in catalogue(tag, catalogues.READERS)
        if entry.id
        for text in texts(entry, "string")
    ]


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Every three words in a row."""
    words = KEPT.sub("", text).casefold().split()
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def needed(tag: str, domain: str) -> set[str]:
    is_whole = domain == catalogues.DOMAIN and tag in INTERFACE_TAGS
    return PHRASES if is_whole else READERS_PHRASES


def test_there_are_catalogues_for_the_interface_and_the_pack():
    assert set(TAGS) >= {"ar", "ur", "pl", "uk", "pa"}
    assert len(PHRASES) > 100


def test_every_locale_has_one_catalogue():
    registered = sorted(locale.tag for locale in locales.every())
    assert sorted([catalogues.SOURCE_TAG, *TAGS, *READERS_TAGS]) == registered


def test_readers_phrases_are_among_all():
    assert READERS_PHRASES < PHRASES
    assert len(READERS_PHRASES) > 30
    assert set(needs.PHRASES) == {codes.key(need) for need in NEEDS}


@pytest.mark.parametrize("tag", [locale.tag for locale in locales.every()])
def test_every_locale_speaks_its_own_words(tag):
    """Never those of a wider tag: Panjabi of Pakistan is not in Gurmukhi."""
    file = catalogues.find_file(tag)
    if tag == catalogues.SOURCE_TAG:
        assert file is None
    else:
        assert file is not None, "not compiled: make catalogues"
        assert file.parent.parent.name == tags.to_babel(tag)


@pytest.mark.parametrize(("tag", "domain"), ALL)
def test_a_catalogue_is_complete(tag, domain):
    said = {
        texts(entry, "id")[0]
        for entry in catalogue(tag, domain)
        if entry.id and all(texts(entry, "string")) and not entry.fuzzy
    }
    assert sorted(needed(tag, domain) - said) == []


@pytest.mark.parametrize(("tag", "domain"), ALL)
def test_placeholders_and_plural_forms_are_kept(tag, domain):
    whole = catalogue(tag, domain)
    for entry in whole:
        if not entry.id or not entry.string:
            continue
        ids, given = texts(entry, "id"), texts(entry, "string")
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
        for text in given:
            assert set(PLACEHOLDER.findall(text)) <= wanted, text
        if len(ids) == 1:
            assert set(PLACEHOLDER.findall(given[0])) == wanted, given[0]
        elif any(given):
            assert len(given) == whole.num_plurals


@pytest.mark.parametrize("tag", READERS_TAGS)
def test_readers_catalogues_hold_nothing_else(tag):
    held = {texts(entry, "id")[0] for entry in catalogue(tag, catalogues.READERS)}
    assert held - {""} == READERS_PHRASES


@pytest.mark.parametrize("tag", READERS_TAGS)
def test_readers_phrases_are_in_the_locales_own_script(tag):
    script = locales.get(tag).script
    foreign = regex.compile(
        rf"[\p{{Letter}}--\p{{Script={SCRIPTS.get(script, script)}}}"
        r"--\p{Script=Common}--\p{Script=Inherited}]+",
        regex.VERSION1,
    )
    for _phrase, text in said_in(tag):
        assert foreign.findall(KEPT.sub("", text)) == [], text


@pytest.mark.parametrize("tag", READERS_TAGS)
def test_no_english_is_left_in_readers_phrases(tag):
    for phrase, text in said_in(tag):
        assert text.casefold() != phrase.casefold()
        assert not runs_of(text) & runs_of(phrase)
