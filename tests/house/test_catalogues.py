"""Every catalogue keeps placeholders, has its plural forms, and is complete where said."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import welcome
from welcome.locales import tags
from welcome.phrases import catalogues, codes
from welcome.web.words import INTERFACE_TAGS

ROOT = Path(welcome.__file__).parent
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")
MAPPING = [
    ("**.py", "python"),
    ("**/templates/**.*", "jinja2"),
    ("messages/letters/**.*", "jinja2"),
]
# Where the words stand that readers of an edition meet.
READERS = ("editions/", "web/templates/reading/")
READERS_CODES = ("Group.", "Standing.")
KEYWORDS = {
    "_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "mark": None,
}  # fmt: skip


def phrases_in_code() -> dict[str, set[str]]:
    """Every phrase with the files it stands in."""
    found: dict[str, set[str]] = {}
    for file, _line, message, _comments, _context in extract_from_dir(
        # Folders such as _parts hold phrases too.
        ROOT,
        MAPPING,
        keywords=KEYWORDS,
        directory_filter=lambda path: not path.endswith("__pycache__"),
    ):
        singular = message if isinstance(message, str) else message[0]
        found.setdefault(singular, set()).add(file)
    return found


PHRASES = phrases_in_code()
TAGS = [tag for tag in catalogues.list_tags() if tag != "en"]


def catalogue(tag: str):
    file = catalogues.folder() / tags.to_babel(tag) / "LC_MESSAGES" / "messages.po"
    return read_po(io.BytesIO(file.read_bytes()), locale=tags.to_babel(tag))


def needed(tag: str) -> set[str]:
    if tag in INTERFACE_TAGS:
        return set(PHRASES)
    coded = {t for key, t in codes.PHRASES.items() if key.startswith(READERS_CODES)}
    return coded | {
        phrase
        for phrase, files in PHRASES.items()
        if any(f.startswith(READERS) for f in files)
    }


def test_there_are_catalogues_for_the_interface_and_the_pack():
    assert set(TAGS) >= {"ar", "ur", "pl", "uk", "pa"}
    assert len(PHRASES) > 100


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_is_complete(tag):
    said = {
        entry.id if isinstance(entry.id, str) else entry.id[0]
        for entry in catalogue(tag)
        if entry.id
        and entry.string
        and all([entry.string] if isinstance(entry.string, str) else entry.string)
        and not entry.fuzzy
    }
    assert sorted(needed(tag) - said) == []


@pytest.mark.parametrize("tag", TAGS)
def test_placeholders_and_plural_forms_are_kept(tag):
    for entry in catalogue(tag):
        if not entry.id or not entry.string:
            continue
        ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        given = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
        for text in given:
            assert set(PLACEHOLDER.findall(text)) <= wanted, text
        if len(ids) == 1:
            assert set(PLACEHOLDER.findall(given[0])) == wanted, given[0]
        elif any(given):
            assert len(given) == catalogue(tag).num_plurals
