"""`welcome demo`: the demonstration pack and the cast."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask_security import hash_password
from sqlmodel import Session

from welcome import clock
from welcome.accounts import access as accounts
from welcome.buddies import scheme as schemes
from welcome.cli import cast, database, fictions
from welcome.cli.application import make_app
from welcome.cli.installation import LOCAL, Installation, installation
from welcome.database import reading
from welcome.editions import current
from welcome.editions import publish as publishing
from welcome.editions.errors import NothingNew
from welcome.editions.models import EditionState
from welcome.jobs import drafting
from welcome.packs import access, content
from welcome.packs.models import Pack
from welcome.translation import progress
from welcome.translation.drafting_by_machine import Order
from welcome.translation.exchange import folder as translations
from welcome.translation.machine.argos import packages
from welcome.translation.machine.argos.engine import ArgosEngine

PACK_FILE = "pack.toml"
MODELS = "models"
REACHED_READERS = frozenset(
    {EditionState.CURRENT, EditionState.SUPERSEDED, EditionState.WITHDRAWN}
)


@click.command()
def demo() -> None:
    """Load the demonstration pack and its cast, and publish it; again changes nothing."""
    database.prepare()
    load()


def load() -> None:
    """Load and publish every pack in the content folder."""
    opened, now = installation(), clock.now()
    _refuse_real(opened)
    with make_app().app_context():
        hashed = str(hash_password(cast.KEY_TO_EVERY_DOOR))
    folders = _folders(opened.settings.content)
    with opened.sessions.begin() as session:
        people = cast.assemble(session, now=now, password_hash=hashed)
        scheme = schemes.of(opened.settings)
        fictions.settle_in(session, people["coordinator"], scheme, now=now)
        for each in folders:
            _load_pack(session, each, now)
    slugs = [each.name for each in folders]
    _publish(slugs, now)
    _install_models(opened)
    _ask_for_drafts(opened, slugs, now)


def complete() -> None:
    """Load where no pack stands yet; else publish what an interrupted start did not."""
    opened = installation()
    ours = {each.name for each in _folders(opened.settings.content)}
    with reading(), opened.sessions() as session:
        packs = access.list_packs(session)
        unseen = [
            each.slug
            for each in packs
            if each.slug in ours and not _was_published(session, each)
        ]
    if not packs:
        click.echo("Loading the demonstration …")
        load()
    else:
        _publish(unseen, clock.now())


def introduce() -> None:
    """Say who is in the cast and how they sign in."""
    click.echo("Demonstration accounts (all fictions), every password is")
    click.echo(f"  {cast.KEY_TO_EVERY_DOOR}")
    for part in cast.PARTS:
        roles = ", ".join(
            role.value + (f" ({tag})" if tag else "") for role, tag in part.grants
        )
        click.echo(f"  {part.email:28} {roles}")


def _refuse_real(opened: Installation) -> None:
    """Refuse where real people could be met: the cast's password is known to all."""
    host = urlsplit(opened.settings.site_url).hostname
    ours = {part.email for part in cast.PARTS}
    with reading(), opened.sessions() as session:
        people = {account.email for account, _ in accounts.list_accounts(session)}
    if host not in LOCAL or not people <= ours:
        raise click.ClickException(
            "The demonstration is for this machine alone: everybody knows the passwords"
            " of its cast. This installation has people, or an address, of its own."
        )


def _folders(root: Path) -> list[Path]:
    """List the packs there; an installation may have none."""
    return [each for each in content.list_folders(root) if (each / PACK_FILE).exists()]


def _was_published(session: Session, pack: Pack) -> bool:
    editions = current.list_editions(session, pack, pack.source_tag)
    return any(each.state in REACHED_READERS for each in editions)


def _load_pack(session: Session, folder: Path, now: datetime) -> None:
    source = content.read(folder)
    translations.refuse_unlike(source)
    loaded = content.load(session, source, actor=None, now=now)
    translations.load(session, loaded, source, overwrite=False, actor=None, now=now)


def _publish(slugs: Sequence[str], now: datetime) -> None:
    opened = installation()
    for slug in slugs:
        with reading(), opened.sessions() as session:
            tags = _list_begun(session, access.get_pack(session, slug))
        order = publishing.Order(slug, tags)
        with suppress(NothingNew):
            publishing.publish(
                opened.sessions, order, settings=opened.settings, now=now
            )
        click.echo(f"{slug}: published in {', '.join(tags)}.")


def _list_begun(session: Session, pack: Pack) -> list[str]:
    """List the locales in which there is something to read."""
    counted = progress.matrix(session, pack)
    begun = {tag for tag in counted.tags if not _is_untouched(counted.total_of(tag))}
    return [tag for tag in pack.locales if tag == pack.source_tag or tag in begun]


def _is_untouched(counts: progress.Counts) -> bool:
    return counts.missing == counts.total


def _install_models(opened: Installation) -> None:
    """Install the tiny packages that come with the content, unless they are there.

    In a process of their own: what models leave running must not be forked later.
    """
    known = packages.look(opened.settings.models).packages.values()
    there = {each.file for each in known}
    files = sorted((opened.settings.content / MODELS).glob("*.argosmodel"))
    missing = [str(file) for file in files if file.name not in there]
    if missing:
        command = [sys.executable, "-m", "welcome", "mt", "install", *missing]
        # What was refused is said; the pack is there without drafts.
        subprocess.run(command, check=False)


def _ask_for_drafts(opened: Installation, slugs: Sequence[str], now: datetime) -> None:
    """Have a worker draft what is translated into no language yet."""
    engine = ArgosEngine(opened.settings)
    for slug in slugs:
        with opened.sessions.begin() as session:
            pack = access.get_pack(session, slug)
            counted = progress.matrix(session, pack)
            tags = [
                tag
                for tag in counted.tags
                if _is_untouched(counted.total_of(tag))
                and engine.find_route(pack.source_tag, tag)
            ]
            if tags:
                order = Order(slug, tags, engine.name)
                drafting.ask(session, order, engine, actor=None, now=now)
                click.echo(f"{slug}: a worker drafts {', '.join(tags)}.")
