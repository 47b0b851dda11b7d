"""A disk that is full: a small file system of its own, for whoever may mount one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

KILOBYTE = 1024


@dataclass(frozen=True)
class Disk:
    """A folder with a size; what lies in the way makes it as full as wanted."""

    folder: Path
    ballast: Path

    def leave(self, size: int) -> None:
        """Leave room for so many bytes."""
        self.ballast.unlink(missing_ok=True)
        filled = shutil.disk_usage(self.folder).free - size
        with self.ballast.open("wb") as out:
            os.posix_fallocate(out.fileno(), 0, filled)

    def files(self) -> dict[str, int]:
        """Name what lies there, but for what is in the way."""
        return {
            str(each.relative_to(self.folder)): each.stat().st_size
            for each in self.folder.rglob("*")
            if each.is_file() and each != self.ballast
        }


def mounted(megabytes: int) -> Iterator[Disk]:
    """Mount a small disk where every account may come; skips where that is forbidden."""
    folder = Path(tempfile.mkdtemp(prefix="welcome-small-"))
    folder.chmod(0o755)
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "none"]
    done = subprocess.run([*words, folder], capture_output=True, text=True, check=False)
    try:
        if done.returncode:
            said = done.stderr.strip()
            pytest.skip(f"no small disk may be mounted, so none was filled: {said}")
        yield Disk(folder, folder / "ballast")
    finally:
        subprocess.run(["umount", "--lazy", folder], capture_output=True, check=False)
        folder.rmdir()
