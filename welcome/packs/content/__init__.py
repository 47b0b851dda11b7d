"""`content/`: packs as files, read whole, checked whole, written back equal."""

from welcome.packs.content.loading import Loaded, load
from welcome.packs.content.reading import list_folders, read
from welcome.packs.content.source import PackSource, PageSource, TranslationSource
from welcome.packs.content.standing import find_second_claims
from welcome.packs.content.writing import page_file, remove_others, write

__all__ = [
    "Loaded",
    "PackSource",
    "PageSource",
    "TranslationSource",
    "find_second_claims",
    "list_folders",
    "load",
    "page_file",
    "read",
    "remove_others",
    "write",
]
