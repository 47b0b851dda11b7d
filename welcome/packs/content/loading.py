"""Bringing a read folder into the database: idempotent, only what changed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs import access, facts, retiring, versions
from welcome.packs.content.source import PackSource, PageSource
from welcome.packs.content.standing import refuse_second_claim
from welcome.packs.content.writing import pack_table
from welcome.packs.models import Fact, Group, Pack, Version


@dataclass
class Loaded:
    """What an import changed, by name."""

    pack: Pack
    versions: dict[str, Version] = field(default_factory=dict)
    # As pack.toml names them.
    changed_settings: list[str] = field(default_factory=list)
    changed_pages: list[str] = field(default_factory=list)
    changed_facts: list[str] = field(default_factory=list)
    # In the database but not in the folder: kept, and said.
    only_here: list[str] = field(default_factory=list)


def load(
    session: Session, source: PackSource, *, actor: Account | None, now: datetime
) -> Loaded:
    """Bring a pack's settings, facts and pages in; equal ones stay untouched.

    Raises ContentRefused where another pack stands at the root of the site already.
    """
    refuse_second_claim(session, source)
    loaded = _load_pack(session, source, actor, now)
    known = {fact.name: fact for fact in facts.list_facts(session, loaded.pack)}
    for fact in source.facts:
        _load_fact(session, loaded, known.get(fact.name), fact, actor=actor, now=now)
    heads = access.list_heads(session, loaded.pack)
    starts = {page.name for page, head in heads if head.group is Group.START}
    # The present start comes first: another page may claim what it gives up.
    for page in sorted(source.pages, key=lambda each: each.name not in starts):
        _load_page(session, loaded, page, actor, now)
    names = {page.name for page in source.pages}
    heads = access.list_heads(session, loaded.pack)
    loaded.only_here = [page.name for page, _v in heads if page.name not in names]
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


def _load_fact(
    session: Session,
    loaded: Loaded,
    old: Fact | None,
    fact: Fact,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    if old is None:
        new = Fact(pack_id=loaded.pack.id, **fact.model_dump(exclude={"id", "pack_id"}))
        facts.add_fact(session, loaded.pack, new, actor=actor, now=now)
    else:
        fields = {name: getattr(fact, name) for name in facts.FIELDS}
        changes = {n: v for n, v in fields.items() if getattr(old, n) != v}
        if not changes:
            return
        facts.change_fact(
            session, old, changes, revision=old.revision, actor=actor, now=now
        )
    loaded.changed_facts.append(fact.name)


def _load_page(
    session: Session,
    loaded: Loaded,
    source: PageSource,
    actor: Account | None,
    now: datetime,
) -> None:
    page = access.find_page(session, loaded.pack, source.name)
    if page is None:
        version = versions.add_page(
            session, loaded.pack, source.name, source.draft, actor=actor, now=now
        )
        loaded.changed_pages.append(source.name)
    else:
        before = page.head
        version = versions.save(
            session, page, source.draft, based_on=before, actor=actor, now=now
        )
        if version.number != before or page.retired_at:
            retiring.bring_back(session, page, actor=actor, now=now)
            loaded.changed_pages.append(source.name)
    loaded.versions[source.name] = version
