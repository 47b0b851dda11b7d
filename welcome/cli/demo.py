"""`welcome demo`: the demonstration pack and the cast."""

from contextlib import suppress
from pathlib import Path

import click
from flask_security import hash_password
from sqlmodel import Session

from welcome import clock
from welcome.cli import cast
from welcome.cli.installation import installation, make_app
from welcome.database import reading
from welcome.editions import publish as publishing
from welcome.editions.errors import NothingNew
from welcome.packs import access, content
from welcome.translation.exchange import folder as translations


@click.command()
def demo() -> None:
    """Load the demonstration pack and its cast, and publish it; again changes nothing."""
    load()


def load() -> None:
    """Load and publish every pack in the content folder."""
    opened = installation()
    now = clock.now()
    with make_app().app_context():
        hashed = str(hash_password(cast.KEY_TO_EVERY_DOOR))
    with opened.sessions.begin() as session:
        cast.assemble(session, now=now, password_hash=hashed)
        slugs = [
            _load_pack(session, each) for each in _folders(opened.settings.content)
        ]
    for slug in slugs:
        with opened.sessions() as session:
            tags = list(access.get_pack(session, slug).locales)
        order = publishing.Order(slug, tags)
        with suppress(NothingNew):
            publishing.publish(
                opened.sessions, order, settings=opened.settings, now=clock.now()
            )
        click.echo(f"{slug}: published in {', '.join(tags)}.")


def is_loaded() -> bool:
    """Tell whether a pack stands in the database already."""
    with reading(), installation().sessions() as session:
        return bool(access.list_packs(session))


def introduce() -> None:
    """Say who is in the cast and how they sign in."""
    click.echo("Demonstration accounts (all fictions), every password is")
    click.echo(f"  {cast.KEY_TO_EVERY_DOOR}")
    for part in cast.PARTS:
        roles = ", ".join(
            role.value + (f" ({tag})" if tag else "") for role, tag in part.grants
        )
        click.echo(f"  {part.email:28} {roles}")


def _folders(root: Path) -> list[Path]:
    return sorted(file.parent for file in root.glob("*/pack.toml"))


def _load_pack(session: Session, folder: Path) -> str:
    source = content.read(folder)
    translations.refuse_unlike(source)
    loaded = content.load(session, source, actor=None, now=clock.now())
    translations.load(
        session, loaded, source, overwrite=False, actor=None, now=clock.now()
    )
    return loaded.pack.slug
