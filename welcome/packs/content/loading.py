"""Bringing a read folder into the database: idempotent, only what changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs import access, facts, retiring, versions
from welcome.packs.content.source import ContentProblem, PackSource, PageSource
from welcome.packs.content.standing import refuse_second_claim
from welcome.packs.content.writing import pack_table
from welcome.packs.errors import ContentRefused, NameTaken, StartTaken
from welcome.packs.models import Fact, Group, Pack, Page, Version


@dataclass
class Loaded:
    """What an import changed, by name."""

    pack: Pack
    versions: dict[str, Version] = field(default_factory=dict)
    # As pack.toml names them.
    changed_settings: list[str] = field(default_factory=list)
    changed_pages: list[str] = field(default_factory=list)
    changed_facts: list[str] = field(default_factory=list)
    # Changed by people here, and so left as they are.
    kept_pages: list[str] = field(default_factory=list)
    kept_facts: list[str] = field(default_factory=list)
    # In the database but not in the folder: kept, and said.
    only_here: list[str] = field(default_factory=list)


def load(
    session: Session,
    source: PackSource,
    *,
    overwrite: bool = False,
    actor: Account | None,
    now: datetime,
) -> Loaded:
    """Bring a pack's settings, facts and pages in; equal ones stay untouched.

    What people changed or retired here stays as it is unless it is to be overwritten.
    Raises ContentRefused where another pack stands at the root of the site already,
    or another page has what a page claims.
    """
    refuse_second_claim(session, source)
    loaded = _load_pack(session, source, actor, now)
    loader = _Loader(session, loaded, overwrite=overwrite, actor=actor, now=now)
    loader.load_facts(source.facts)
    loader.load_pages(source.pages)
    if loaded.changed_pages or loaded.changed_facts:
        journal.write(
            session,
            "content.imported",
            "pack",
            loaded.pack.id,
            actor=actor,
            now=now,
            pages=len(loaded.changed_pages),
            facts=len(loaded.changed_facts),
        )
    return loaded


def _load_pack(
    session: Session, source: PackSource, actor: Account | None, now: datetime
) -> Loaded:
    pack = access.find_pack(session, source.slug)
    before = pack_table(pack) if pack else {}
    pack = pack or Pack(
        slug=source.slug, source_tag=source.source_tag, policy=source.policy
    )
    wanted = {
        "source_tag": source.source_tag,
        "locales": list(source.locales),
        "policy": source.policy,
        "publish_together": [list(group) for group in source.publish_together],
        "is_default": source.is_default,
        "do_not_translate": list(source.do_not_translate),
        "place": dict(source.place),
    }
    for name, value in wanted.items():
        if getattr(pack, name) != value:
            setattr(pack, name, value)
    session.add(pack)
    session.flush()
    told = journal.differences(before, pack_table(pack))
    if told:
        journal.write(
            session, "pack.changed", "pack", pack.id, actor=actor, now=now, **told
        )
    return Loaded(pack, changed_settings=list(told))


class _Loader:
    """One import's way of changing facts and pages."""

    def __init__(
        self,
        session: Session,
        loaded: Loaded,
        *,
        overwrite: bool,
        actor: Account | None,
        now: datetime,
    ) -> None:
        self.session = session
        self.loaded = loaded
        self.overwrite = overwrite
        self.by: Any = {"actor": actor, "now": now}

    def load_facts(self, given: Sequence[Fact]) -> None:
        """Add facts, and change those that differ."""
        known = facts.list_facts(self.session, self.loaded.pack)
        by_name = {fact.name: fact for fact in known}
        for fact in given:
            self._load_fact(by_name.get(fact.name), fact)

    def load_pages(self, given: Sequence[PageSource]) -> None:
        """Add pages, and make a version of those that differ."""
        heads = access.list_heads(self.session, self.loaded.pack)
        starts = {page.name for page, head in heads if head.group is Group.START}
        # The present start comes first: another page may claim what it gives up.
        for page in sorted(given, key=lambda each: each.name not in starts):
            try:
                self._load_page(page)
            except (NameTaken, StartTaken) as taken:
                problem = ContentProblem(page.file, 1, taken.code, taken.params)
                raise ContentRefused([problem]) from taken
        names = {page.name for page in given}
        heads = access.list_heads(self.session, self.loaded.pack)
        self.loaded.only_here = [p.name for p, _head in heads if p.name not in names]

    def _load_fact(self, old: Fact | None, fact: Fact) -> None:
        pack = self.loaded.pack
        if old is None:
            fields = fact.model_dump(exclude={"id", "pack_id"})
            new = Fact(pack_id=pack.id, **fields)
            facts.add_fact(self.session, pack, new, **self.by)
        else:
            wanted = {name: getattr(fact, name) for name in facts.FIELDS}
            changes = {n: v for n, v in wanted.items() if getattr(old, n) != v}
            kept, by_people = self.loaded.kept_facts, bool(old.author_id)
            if not changes or self._is_kept(kept, old.name, by_people=by_people):
                return
            changes["stale"] = dict(fact.stale)
            facts.change_fact(
                self.session, old, changes, revision=old.revision, **self.by
            )
        self.loaded.changed_facts.append(fact.name)

    def _load_page(self, source: PageSource) -> None:
        pack, name = self.loaded.pack, source.name
        page = access.find_page(self.session, pack, name)
        if page is None:
            version = versions.add_page(
                self.session, pack, name, source.draft, **self.by
            )
            self.loaded.changed_pages.append(name)
        else:
            version = self._change_page(page, source)
        self.loaded.versions[name] = version

    def _change_page(self, page: Page, source: PageSource) -> Version:
        newest = versions.head(self.session, page)
        is_same = versions.is_same(newest, source.draft) and not page.retired_at
        by_people = bool(newest.author_id or page.retired_at)
        kept = self.loaded.kept_pages
        if is_same or self._is_kept(kept, page.name, by_people=by_people):
            return newest
        version = versions.save(
            self.session, page, source.draft, based_on=page.head, **self.by
        )
        retiring.bring_back(self.session, page, **self.by)
        self.loaded.changed_pages.append(page.name)
        return version

    def _is_kept(self, kept: list[str], name: str, *, by_people: bool) -> bool:
        """Keep what people made here, and say so."""
        if by_people and not self.overwrite:
            kept.append(name)
            return True
        return False
