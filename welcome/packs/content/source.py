"""What a folder of content says, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from welcome.packs.models import Fact, Policy
from welcome.packs.versions import PageDraft


@dataclass(frozen=True)
class ContentProblem:
    """Something wrong in a file, at a line."""

    file: str
    line: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PageSource:
    """A page in the pack's own language."""

    name: str
    file: str
    draft: PageDraft


@dataclass(frozen=True)
class TranslationSource:
    """A page in another language, and what it was made from."""

    name: str
    tag: str
    file: str
    title: str
    summary: str
    body: str
    origin: str
    drafted_by: str
    source: str
    missing: tuple[int, ...]
    # Where the body begins, so that problems name the file's line.
    first_line: int


@dataclass(frozen=True)
class PackSource:
    """A whole pack as its files say it."""

    slug: str
    folder: Path
    source_tag: str
    locales: tuple[str, ...]
    policy: Policy
    publish_together: tuple[tuple[str, ...], ...]
    is_default: bool
    do_not_translate: tuple[str, ...]
    place: Mapping[str, Any]
    pages: tuple[PageSource, ...]
    facts: tuple[Fact, ...]
    translations: tuple[TranslationSource, ...]
