"""Files that appear whole, all of them or none."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first, then put all in their places."""
    with ExitStack() as beside:
        made = {
            target: _write_beside(target, content, beside)
            for target, content in contents.items()
        }
        for target, path in made.items():
            path.replace(target)


def _write_beside(target: Path, content: bytes, beside: ExitStack) -> Path:
    if target.is_dir():
        raise IsADirectoryError(21, "It is a folder", str(target))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    path = Path(name)
    beside.callback(path.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    # As any file that somebody makes, not as a secret: the umask decides.
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
    return path
