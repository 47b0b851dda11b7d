"""Restoring a backup: the database is the old one or the new one, never between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from welcome.accounts import journal
from welcome.backups import loading, reading, replacing_file, replacing_tables
from welcome.backups.errors import RestoreRefused
from welcome.backups.manifest import Manifest, marks_of_keys
from welcome.backups.reading import Backup
from welcome.config import Settings
from welcome.jobs import catching_up
from welcome.jobs.catching_up import Done
from welcome.since import lines, machines
from welcome.since.models import Restoration


@dataclass(frozen=True)
class Wish:
    """What to restore, where to, and what is known of the time since.

    `since` are the files of other machines; `is_lost` says that those which are
    missing are lost for good.
    """

    file: Path
    url: str
    replace: bool = False
    since: Sequence[Path] = ()
    is_lost: bool = False
    other_keys: bool = False


@dataclass(frozen=True)
class Restored:
    """What came of it: where the old database is kept, and what was done again.

    `missing` are the machines whose files were not at hand; until they are, nothing
    is done again and nothing served.
    """

    manifest: Manifest
    kept: str
    missing: tuple[str, ...]
    done: Done | None


def restore(wish: Wish, settings: Settings, *, now: datetime) -> Restored:
    """Put a backup in the place of a database; raises RestoreRefused, InUse."""
    with reading.opened(wish.file) as backup:
        loading.refuse_unknown_step(backup)
        _refuse_other_keys(backup, wish, settings)
        outcome: list[tuple[tuple[str, ...], Done | None]] = []

        def finish(connection: sa.Connection) -> None:
            outcome.append(_catch_up(connection, backup, wish, settings, now))

        kept = _place_of(wish.url)(
            backup, wish.url, finish, settings.keyring, replace=wish.replace, now=now
        )
    [(missing, done)] = outcome
    return Restored(backup.manifest, kept, missing, done)


Place = Callable[..., str]


def _place_of(url: str) -> Place:
    is_file = sa.make_url(url).get_backend_name() == "sqlite"
    return replacing_file.replace if is_file else replacing_tables.replace


def _refuse_other_keys(backup: Backup, wish: Wish, settings: Settings) -> None:
    """Refuse where nobody could sign in afterwards; raises RestoreRefused."""
    wanted, have = backup.manifest.keys, marks_of_keys(settings)
    if wanted and have and wanted not in have and not wish.other_keys:
        raise RestoreRefused(
            wish.file,
            f"the keys in {settings.instance / 'secrets.toml'} are not those it was made"
            " with, so nobody could sign in with a second step. Put the right file there,"
            " or say --other-keys",
        )


def _catch_up(
    connection: sa.Connection,
    backup: Backup,
    wish: Wish,
    settings: Settings,
    now: datetime,
) -> tuple[tuple[str, ...], Done | None]:
    """Do again what happened since, before anybody sees the database."""
    own = settings.instance / lines.NAME
    files = [*([own] if own.exists() else []), *wish.since]
    # The session's end must not be the end of the transaction.
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        wanted = {*backup.manifest.machines, *machines.list_names(session)}
        missing = tuple(sorted(wanted - _whole(files, backup.manifest)))
        done = None
        if wish.is_lost or not missing:
            done = catching_up.do_again(
                session, files, now=now, is_restored=True, is_lost=bool(missing)
            )
        session.add(
            Restoration(
                taken_at=backup.manifest.taken_at,
                restored_at=now,
                missing=[] if done else list(missing),
                applied_at=now if done else None,
            )
        )
        journal.write(
            session,
            "database.restored",
            "database",
            None,
            actor=None,
            now=now,
            taken_at=backup.manifest.taken_at.isoformat(),
        )
        session.commit()
    return missing, done


def _whole(files: Sequence[Path], told: Manifest) -> set[str]:
    """Name the machines whose files are here, and no shorter than they were."""
    return {
        name
        for file in files
        for name in (lines.machine_of(file),)
        if file.stat().st_size >= told.since.get(name, 0)
    }
