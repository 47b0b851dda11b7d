"""What can go wrong with backups; the reasons are for who types commands."""

from pathlib import Path

from welcome.errors import RuleBroken


class BackupFailed(RuleBroken):
    """It could not be made; there is no half of it."""

    code = "backup_failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class RestoreRefused(RuleBroken):
    """The file is not fit, or the place is not; the old database stands."""

    code = "restore_refused"

    def __init__(self, file: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(file=file, reason=reason)


class BeingRestored(RuleBroken):
    """The database file is being replaced just now."""

    code = "being_restored"


class InUse(RuleBroken):
    """Somebody works with the database that is to be replaced."""

    code = "in_use"


class Unfit(Exception):
    """What a file holds is not what a backup holds; told with the file's name later."""
