"""Reading a pack's folder whole, with every problem named by file and line."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from welcome.packs import facts as register
from welcome.packs.content.fields import Fields, line_of, noting
from welcome.packs.content.front_matter import (
    Broken,
    Parts,
    parse_toml,
    read_text,
    split,
)
from welcome.packs.content.pack_file import is_known, read_settings
from welcome.packs.content.source import (
    ContentProblem,
    PackSource,
    PageSource,
    TranslationSource,
)
from welcome.packs.errors import BadFact, ContentRefused
from welcome.packs.fact_kinds import CONTROL
from welcome.packs.models import SLUG, Fact, FactKind, Group, Risk
from welcome.packs.place import region_of
from welcome.packs.versions import (
    PageDraft,
    find_head_problems,
    is_slug,
    unknown_facts,
)
from welcome.segmentation import check

PAGE_FILE = re.compile(rf"([0-9]{{2,3}})-({SLUG})\.md")
MOST_FILES = 5_000
PAGE_KEYS = ("id", "title", "summary", "group", "icon", "risk")
TRANSLATION_KEYS = (
    "id", "title", "summary", "origin", "drafted_by", "source", "missing",
)  # fmt: skip
ORIGINS = ("machine", "human", "agency", "import")


def read(folder: Path) -> PackSource:
    """Read a pack's folder; raises ContentRefused with every problem found."""
    reader = _Reader(folder)
    source = reader.pack()
    if reader.problems or source is None:
        found = sorted(reader.problems, key=lambda p: (p.file, p.line))
        raise ContentRefused(found)
    return source


def list_folders(folder: Path) -> list[Path]:
    """List the packs' folders in a folder; it alone where it is no folder of packs."""
    if (folder / "pack.toml").exists():
        return [folder]
    return sorted(file.parent for file in folder.glob("*/pack.toml")) or [folder]


class _Reader:
    """One reading of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[ContentProblem] = []

    def pack(self) -> PackSource | None:
        """Read pack.toml, then facts, pages and translations."""
        if not is_slug(self.folder.name):
            self._note("pack.toml", 1, "bad-slug", slug=self.folder.name)
        table = self._table("pack.toml", needed=True)
        if table is None:
            return None
        note = noting(self.problems, "pack.toml", self._raw("pack.toml"))
        settings = read_settings(Fields(table, note))
        tag = settings.source_tag
        if tag not in settings.locales:
            return None
        facts = self._facts(region_of(settings.place))
        pages = self._pages(tag, {fact.name for fact in facts})
        others = tuple(each for each in settings.locales if each != tag)
        return PackSource(
            slug=self.folder.name,
            folder=self.folder,
            pages=pages,
            facts=facts,
            translations=self._translations(others, pages),
            **vars(settings),
        )

    def _facts(self, region: str) -> tuple[Fact, ...]:
        table = self._table("facts.toml", needed=False) or {}
        text = self._raw("facts.toml")
        found = (self._fact(name, entry, text, region) for name, entry in table.items())
        return tuple(fact for fact in found if fact)

    def _fact(self, name: str, entry: object, text: str, region: str) -> Fact | None:
        note = noting(self.problems, "facts.toml", text)
        if not isinstance(entry, dict):
            note("needs-table", name)
            return None
        before = len(self.problems)
        given = Fields(entry, lambda code, _key: note(code, name))
        given.refuse_unknown((*register.FIELDS, "stale"))
        check_by = entry.get("check_by")
        if check_by is not None and type(check_by) is not date:
            note("needs-date", name)
        fact = Fact(
            pack_id=0,
            name=name,
            kind=given.member("kind", FactKind, FactKind.TEXT),
            value=given.text("value"),
            values=given.text_table("values"),
            stale=given.text_table("stale"),
            label=given.text_table("label"),
            owner=given.text("owner", ""),
            source=given.text("source", ""),
            check_by=check_by if type(check_by) is date else None,
            urgent=given.number("urgent", 99) or None,
        )
        if not all(map(is_known, (*fact.values, *fact.label))):
            note("unknown-locale", name)
        try:
            register.refuse_bad(fact, region)
        except BadFact as bad:
            self._note("facts.toml", line_of(text, name), bad.code, **bad.params)
        return fact if len(self.problems) == before else None

    def _pages(self, tag: str, known: set[str]) -> tuple[PageSource, ...]:
        pages = [
            page
            for file in self._files(tag)
            if (page := self._page(file, known)) is not None
        ]
        self._refuse_twice([(page.file, "", page.name) for page in pages])
        self._refuse_twice([(page.file, "", page.draft.slug) for page in pages])
        self._refuse_second_start(pages)
        if not pages:
            self._note(tag, 1, "no-pages")
        return tuple(pages)

    def _page(self, file: Path, known: set[str]) -> PageSource | None:
        named = self._parts(file)
        if named is None:
            return None
        where, parts, given, (position, slug) = named
        given.refuse_unknown(PAGE_KEYS)
        draft = PageDraft(
            slug=slug,
            position=position,
            title=given.text("title"),
            summary=given.text("summary", ""),
            group=given.member("group", Group, Group.LIVING_HERE),
            icon=given.text("icon", ""),
            risk=given.member("risk", Risk, Risk.NORMAL),
            body=parts.body,
        )
        name = given.text("id")
        for key, problem in find_head_problems(draft).items():
            given.note(problem.code, key)
        for key, text, most in (("id", name, 60), ("icon", draft.icon, 40)):
            if text and (len(text) > most or not is_slug(text)):
                given.note("bad-slug", key)
        self._check_body(where, parts)
        for problem in unknown_facts(draft, known) if self._has_facts() else ():
            line = parts.first_line + problem.line - 1
            self._note(where, line, problem.code, **problem.params)
        return PageSource(name, where, draft)

    def _translations(
        self, tags: tuple[str, ...], pages: tuple[PageSource, ...]
    ) -> tuple[TranslationSource, ...]:
        names = {page.name for page in pages}
        found = []
        for tag in tags:
            for file in self._files(tag):
                translation = self._translation(file, tag, names)
                if translation:
                    found.append(translation)
        self._refuse_twice([(each.file, each.tag, each.name) for each in found])
        return tuple(found)

    def _translation(
        self, file: Path, tag: str, names: set[str]
    ) -> TranslationSource | None:
        named = self._parts(file)
        if named is None:
            return None
        where, parts, given, _place = named
        given.refuse_unknown(TRANSLATION_KEYS)
        title, summary = given.text("title"), given.text("summary", "")
        self._refuse_control(where, file, "title", title)
        self._refuse_control(where, file, "summary", summary)
        name = given.text("id")
        if name not in names:
            given.note("unknown-page", "id")
        origin = given.text("origin", "import")
        if origin not in ORIGINS:
            given.note("unknown-choice", "origin")
        missing = given.of_type("missing", list, [])
        if not all(isinstance(each, int) for each in missing):
            given.note("needs-list", "missing")
        self._check_body(where, parts)
        return TranslationSource(
            name=name,
            tag=tag,
            file=where,
            title=title,
            summary=summary,
            body=parts.body,
            origin=origin,
            drafted_by=given.text("drafted_by", ""),
            source=given.text("source", ""),
            missing=tuple(missing),
            first_line=parts.first_line,
        )

    def _parts(self, file: Path) -> tuple[str, Parts, Fields, tuple[int, str]] | None:
        where = file.relative_to(self.folder).as_posix()
        named = PAGE_FILE.fullmatch(file.name)
        is_ours = file.is_file() and not file.is_symlink()
        if not named or not is_slug(named[2]) or not is_ours:
            self._note(where, 1, "bad-file-name")
            return None
        try:
            text = read_text(file)
            parts = split(text)
        except Broken as problem:
            self._note(where, problem.line, problem.code, **problem.params)
            return None
        given = Fields(parts.front, noting(self.problems, where, text))
        return where, parts, given, (int(named[1]), named[2])

    def _check_body(self, where: str, parts: Parts) -> None:
        for problem in check(parts.body):
            line = parts.first_line + problem.line - 1
            self._note(where, line, problem.code, **problem.params)

    def _refuse_control(self, where: str, file: Path, key: str, text: str) -> None:
        """Note a character that would be dropped in silence from a line of text."""
        if found := CONTROL.search(text):
            line = line_of(read_text(file), key)
            self._note(where, line, "control", codepoint=f"{ord(found[0]):04X}")

    def _files(self, tag: str) -> list[Path]:
        folder = self.folder / tag
        if folder.is_symlink():
            self._note(tag, 1, "bad-file-name")
            return []
        files = sorted(folder.glob("*.md")) if folder.is_dir() else []
        if len(files) > MOST_FILES:
            self._note(tag, 1, "too-many-files", most=MOST_FILES)
            return []
        return files

    def _table(self, name: str, *, needed: bool) -> dict[str, Any] | None:
        file = self.folder / name
        if file.is_symlink():
            self._note(name, 1, "bad-file-name")
            return None
        if not file.is_file():
            if needed:
                self._note(name, 1, "no-file")
            return None
        try:
            return parse_toml(read_text(file))
        except Broken as problem:
            self._note(name, problem.line, problem.code, **problem.params)
            return None

    def _raw(self, name: str) -> str:
        file = self.folder / name
        return file.read_text("utf-8", "replace") if file.is_file() else ""

    def _has_facts(self) -> bool:
        """Tell whether the register could be read; else every use would look wrong."""
        return all(problem.file != "facts.toml" for problem in self.problems)

    def _refuse_twice(self, named: list[tuple[str, str, str]]) -> None:
        seen: set[tuple[str, str]] = set()
        for where, scope, name in named:
            if (scope, name) in seen:
                self._note(where, 1, "name_taken", name=name)
            seen.add((scope, name))

    def _refuse_second_start(self, pages: Sequence[PageSource]) -> None:
        starts = [page for page in pages if page.draft.group is Group.START]
        for page in starts[1:]:
            line = line_of(read_text(self.folder / page.file), "group")
            self._note(page.file, line, "start_taken", name=starts[0].name)

    def _note(self, file: str, line: int, code: str, **params: object) -> None:
        self.problems.append(ContentProblem(file, line, code, params))
