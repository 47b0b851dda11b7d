"""Whether what no restored backup may undo is kept, and done again."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from welcome.cli.looking.findings import Finding, database, fine, missing
from welcome.config import Settings
from welcome.since import lines, restorations
from welcome.since.errors import SinceUnreadable


def look_at_restores(settings: Settings) -> Iterator[Finding]:
    """Ask whether a restore waits for what happened since."""
    try:
        with database(settings) as session:
            pending = restorations.find_pending(session)
    except SQLAlchemyError:
        return
    if pending:
        yield missing(
            "restore",
            f"a backup of {pending.taken_at:%Y-%m-%d %H:%M} UTC was restored, and what"
            " happened since is not done again: nothing is served",
            "welcome erasures apply",
        )


def look_at_since(settings: Settings) -> Iterator[Finding]:
    """Read the file beside the data."""
    file = settings.instance / lines.NAME
    if not file.exists():
        yield fine("since", f"{file}: nothing was noted yet")
        return
    try:
        known = lines.read([file], {})
    except SinceUnreadable as problem:
        detail = problem.params["detail"]
        mend = "put a copy of it back, or move it away; a restore then asks for it"
        yield missing("since", f"{file}: {detail}", mend)
        return
    private = not file.stat().st_mode & 0o077
    told = f"{file} can be read by its owner alone; {known.harmed} lines are unreadable"
    yield Finding("since", private, told, f"chmod 600 {file}")
