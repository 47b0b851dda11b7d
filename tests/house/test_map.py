"""The map in the package's docstring is the folders on disk."""

import re
from pathlib import Path

import welcome

ROOT = Path(welcome.__file__).parent


def test_the_map_names_every_room_and_no_other():
    on_map = set(re.findall(r"^([a-z_]+) {2,}\S", welcome.__doc__ or "", re.MULTILINE))
    on_disk = {
        entry.stem
        for entry in ROOT.iterdir()
        if entry.suffix == ".py" or (entry / "__init__.py").is_file()
    }
    assert on_map == on_disk - {"__init__", "__main__"}


def test_every_folder_of_code_is_a_package():
    folders = {file.parent for file in ROOT.rglob("*.py")}
    bare = {f for f in folders if not (f / "__init__.py").is_file()}
    assert {f.relative_to(ROOT).as_posix() for f in bare} <= {"migrations/steps"}
