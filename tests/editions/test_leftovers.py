"""What killed runs leave is removed; what somebody works on is not, whatever its age."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from welcome import clock
from welcome.editions import folders, leftovers
from welcome.editions.folders import Manifest
from welcome.editions.print import press

NOW = clock.now()
FILLER = """
import sys, time
from pathlib import Path
from welcome.editions import folders
from welcome.editions.folders import Manifest
with folders.appearing(Path(sys.argv[1]), Manifest(Path())) as folder:
    folder.write("a.html", b"half", quality=1)
    print("filling", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def filling(tmp_path):
    """Somebody else's process that fills an edition's folder."""
    target = tmp_path / "town" / "en" / "1"
    process = subprocess.Popen(
        [sys.executable, "-c", FILLER, target], stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"filling\n"
    yield process
    process.kill()
    process.communicate()


def test_what_is_being_made_stays(tmp_path, filling):
    assert leftovers.sweep(tmp_path, now=NOW) == []
    [made] = (tmp_path / "town" / "en").iterdir()
    assert (made / "a.html").is_file()


def test_what_a_killed_run_left_goes(tmp_path, filling):
    os.kill(filling.pid, signal.SIGKILL)
    filling.wait()
    [left] = leftovers.sweep(tmp_path, now=NOW)
    assert left.name.startswith(".1.")
    assert list((tmp_path / "town" / "en").iterdir()) == []


def test_what_another_machine_left_goes_after_a_week(tmp_path):
    left = tmp_path / "town" / "en" / ".1.elsewhere.x"
    left.mkdir(parents=True)
    assert leftovers.sweep(tmp_path, now=NOW + timedelta(days=6)) == []
    assert leftovers.sweep(tmp_path, now=NOW + timedelta(days=8)) == [left]


def test_what_is_in_its_place_stays(tmp_path):
    target = tmp_path / "town" / "en" / "1"
    with folders.appearing(target, Manifest(tmp_path)) as folder:
        folder.write("a.html", b"whole", quality=1)
        folder.close()
    assert leftovers.sweep(tmp_path, now=NOW) == []
    assert (target / "a.html").read_bytes() == b"whole"


def test_what_was_swept_before_it_was_held_is_made_anew(tmp_path):
    made = []

    def make(place, name):
        path = place / f".{name}.{len(made)}"
        made.append(path)
        # Swept in the very moment between making and holding.
        path.write_text("x")
        return path

    swept = iter([True, False])
    real = leftovers.fcntl.flock

    def flock(handle, how):
        if next(swept):
            made[-1].unlink()
        real(handle, how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leftovers.fcntl, "flock", flock)
        patch.setattr(leftovers, "_make_file", make)
        with leftovers.held_file(tmp_path, "x") as path:
            assert path == made[1]
            assert path.exists()


def test_a_press_ends_with_whoever_asked(tmp_path):
    (tmp_path / "in.html").write_text("<p>Words</p>" * 1000)
    command = [sys.executable, "-m", press.__name__, tmp_path, "x", tmp_path, "1024"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as asked:
        asked.stdin.close()
        assert asked.wait(30) == 1
    assert not (tmp_path / "out.pdf").exists()
