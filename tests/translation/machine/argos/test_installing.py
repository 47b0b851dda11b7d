"""Installing: whole or not at all, whatever is in the file and whenever it is killed."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path, PurePosixPath

import pytest

from tests.translation.machine.argos import archives
from tests.translation.machine.argos.conftest import NOW, package
from welcome.config import Settings
from welcome.translation.errors import NoSuchPackage, PackageRefused
from welcome.translation.machine.argos import inspecting, packages
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.argos.installing import install, remove
from welcome.translation.machine.engine import Marks


def on_shelf(settings: Settings) -> list[str]:
    return sorted(each.name for each in settings.models.iterdir() if each.is_dir())


def test_what_is_installed_is_known(bare: Settings) -> None:
    file = package("en_ur")
    done = install(file, bare, now=NOW)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert packages.look(bare.models).packages["en", "ur"] == done.package
    assert (done.package.sha256, done.package.file) == (digest, file.name)
    assert (done.package.installed_at, done.replaced) == (NOW, ())
    assert set(done.package.marks) <= set(Marks)
    assert done.greeting
    assert on_shelf(bare) == [done.package.folder.name]
    assert done.package.folder.stat().st_mode & 0o777 == 0o755


def test_a_right_sum_is_taken_and_a_wrong_one_refused(bare: Settings) -> None:
    file = package("en_ur")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(PackageRefused) as refused:
        install(file, bare, now=NOW, sha256="0" * 64)
    assert digest in str(refused.value.params["reason"])
    assert on_shelf(bare) == []
    assert install(file, bare, now=NOW, sha256=f" {digest.upper()}").greeting


@pytest.mark.parametrize("name", archives.BAD)
def test_what_is_no_package_is_refused_with_its_reason(
    name: str, bare: Settings, tmp_path: Path
) -> None:
    make, said = archives.BAD[name]
    file = archives.write(tmp_path, make())
    with pytest.raises(PackageRefused) as refused:
        install(file, bare, now=NOW)
    assert said in str(refused.value.params["reason"])
    assert refused.value.params["file"] == str(file)
    assert on_shelf(bare) == []
    outside = {each.name for each in tmp_path.parent.rglob("*evil*")}
    assert outside == set()


def test_a_package_that_names_its_folders_too_is_installed(
    bare: Settings, tmp_path: Path
) -> None:
    folders = dict.fromkeys((f"{archives.ROOT}/", f"{archives.ROOT}/model/"), b"")
    file = archives.write(tmp_path, archives.packed(folders | archives.good()))
    assert install(file, bare, now=NOW).greeting


def test_what_fails_here_is_not_told_as_a_fault_of_the_file(
    bare: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfileobj", fill)
    with pytest.raises(OSError, match="No space left on device"):
        install(package("en_fr"), bare, now=NOW)
    assert on_shelf(bare) == []


def test_a_file_that_is_not_there_is_refused(bare: Settings) -> None:
    with pytest.raises(PackageRefused, match="No such file"):
        install(bare.instance / "nothing.argosmodel", bare, now=NOW)


def test_a_refused_package_leaves_the_one_before(
    there: Settings, tmp_path: Path
) -> None:
    before = on_shelf(there)
    file = archives.write(tmp_path, archives.saying(package_version="../9"))
    with pytest.raises(PackageRefused):
        install(file, there, now=NOW)
    assert on_shelf(there) == before
    assert ArgosEngine(there).translate(["Welcome"], "en", "fr")[0].text


def test_a_new_version_takes_the_place_of_the_old_while_an_engine_runs(
    there: Settings, tmp_path: Path
) -> None:
    engine = ArgosEngine(there)
    engine.translate(["Welcome"], "en", "fr")
    (old,) = there.models.glob("translate-en_fr-*")
    newer = archives.write(tmp_path, archives.saying(package_version="2.0"))
    done = install(newer, there, now=NOW)
    assert [each.folder for each in done.replaced] == [old]
    assert not old.exists()
    assert packages.look(there.models).packages["en", "fr"] == done.package
    assert engine.translate(["Welcome"], "en", "fr")[0].text
    assert set(engine._models._loaded) == {old, done.package.folder}


def test_an_old_version_does_not_take_the_place_of_a_newer_one(
    there: Settings, tmp_path: Path
) -> None:
    (newer,) = there.models.glob("translate-en_fr-*")
    file = archives.write(tmp_path, archives.saying(package_version="0.5"))
    assert install(file, there, now=NOW).replaced == ()
    assert packages.look(there.models).packages["en", "fr"].folder == newer


def test_the_same_once_more_changes_nothing(there: Settings) -> None:
    before = on_shelf(there)
    again = install(package("en_fr"), there, now=NOW)
    assert on_shelf(there) == before
    assert again.package.folder.name in before
    assert ArgosEngine(there).translate(["Welcome"], "en", "fr")[0].text


def test_a_package_is_removed(there: Settings, tmp_path: Path) -> None:
    file = archives.write(tmp_path, archives.saying(package_version="0.5"))
    install(file, there, now=NOW)
    assert remove("en", "fr", there).pair == ("en", "fr")
    assert not [name for name in on_shelf(there) if "en_fr" in name]
    assert ArgosEngine(there).find_route("en", "fr") is None
    with pytest.raises(NoSuchPackage):
        remove("en", "fr", there)


def test_installing_takes_turns(bare: Settings) -> None:
    done: list[str] = []

    def run(name: str) -> None:
        install(package(name), bare, now=NOW)
        done.append(name)

    names = ("en_fr", "en_ur", "fr_en", "en_fr")
    threads = [threading.Thread(target=run, args=(name,)) for name in names]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(done) == sorted(names)
    assert len(on_shelf(bare)) == 3


SLOW = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from welcome.config import Settings
from welcome.translation.machine.argos import installing
steps = ("_unpack", "_try_out", "_sync", "_sync_folder", "_throw_away")
step = sys.argv[3]
real = getattr(installing, step)
def slow(*given, **named):
    if sys.argv[4] == "after":
        done = real(*given, **named)
    print("there", flush=True)
    time.sleep(60)
setattr(installing, step, slow)
installing.install(Path(sys.argv[1]), Settings(instance=Path(sys.argv[2])), now=datetime.now(UTC))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", ["_unpack", "_try_out", "_sync", "_throw_away"])
def test_killed_at_any_moment_it_leaves_the_old_or_the_new(
    there: Settings, tmp_path: Path, step: str, moment: str
) -> None:
    file = archives.write(tmp_path, archives.saying(package_version="2.0"))
    command = [sys.executable, "-c", SLOW, str(file), str(there.instance), step, moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as installing:
        assert installing.stdout
        assert installing.stdout.readline() == "there\n"
        os.kill(installing.pid, signal.SIGKILL)
    shelf = packages.look(there.models)
    assert shelf.problems == {}
    version = "2.0" if step == "_throw_away" else "1.0"
    assert shelf.packages["en", "fr"].version == version
    assert ArgosEngine(there).translate(["Welcome"], "en", "fr")[0].text
    # The next one clears away what was left.
    install(file, there, now=NOW)
    left = [each.name for each in there.models.iterdir() if each.name.startswith(".")]
    assert left == [".lock"]
    assert len([name for name in on_shelf(there) if "en_fr" in name]) == 1


def renote(settings: Settings) -> None:
    """Have a package say less of itself, as those installed by older versions do."""
    (folder,) = settings.models.glob("translate-en_fr-*")
    known = json.loads((folder / "installed.json").read_text("utf-8"))
    del known["model_size"]
    (folder / "installed.json").write_text(json.dumps(known), "utf-8")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_the_same_is_installed_again_one_is_there(
    there: Settings, moment: str
) -> None:
    renote(there)
    file = str(package("en_fr"))
    where = [file, str(there.instance), "_throw_away", moment]
    command = [sys.executable, "-c", SLOW, *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as installing:
        assert installing.stdout
        assert installing.stdout.readline() == "there\n"
        os.kill(installing.pid, signal.SIGKILL)
    assert packages.look(there.models).packages["en", "fr"]
    assert ArgosEngine(there).translate(["Welcome"], "en", "fr")[0].text
    install(package("en_fr"), there, now=NOW)
    assert len([name for name in on_shelf(there) if "en_fr" in name]) == 1


@pytest.mark.parametrize("size", [5000, None])
def test_the_same_once_more_mends_a_damaged_model(
    there: Settings, size: int | None
) -> None:
    (folder,) = there.models.glob("translate-en_fr-*")
    model = folder / packages.MODEL
    model.write_bytes(bytes(size or model.stat().st_size))
    # The clock was wrong when it was installed before.
    earlier = NOW - timedelta(days=9)
    done = install(package("en_fr"), there, now=earlier)
    assert packages.look(there.models).packages["en", "fr"] == done.package
    assert len([name for name in on_shelf(there) if "en_fr" in name]) == 1
    assert ArgosEngine(there).translate(["Welcome"], "en", "fr")[0].text


def test_the_sum_is_that_of_what_is_unpacked(
    bare: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = package("en_fr").read_bytes()
    file = archives.write(tmp_path, content)
    other = tmp_path / "other"
    other.write_bytes(package("en_ur").read_bytes())
    real = inspecting._find_root

    def swap(paths: Collection[PurePosixPath]) -> str:
        other.replace(file)
        return real(paths)

    monkeypatch.setattr(inspecting, "_find_root", swap)
    done = install(file, bare, now=NOW).package
    digest = hashlib.sha256(content).hexdigest()
    assert (done.pair, done.sha256) == (("en", "fr"), digest)


def test_a_full_disk_leaves_the_one_before(there: Settings, tmp_path: Path) -> None:
    file = archives.write(tmp_path, archives.saying(package_version="2.0"))
    before = on_shelf(there)
    code = SLOW.replace("setattr(installing, step, slow)", "")
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            limited + code,
            str(file),
            str(there.instance),
            "_sync",
            "x",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "PackageRefused" not in done.stderr
    assert "File too large" in done.stderr
    assert on_shelf(there) == before


def test_what_it_notes_is_readable(there: Settings) -> None:
    (folder,) = there.models.glob("translate-en_fr-*")
    known = json.loads((folder / "installed.json").read_text("utf-8"))
    assert set(known) == {"sha256", "file", "size", "model_size", "marks", "at"}
    assert time.strptime(known["at"][:10], "%Y-%m-%d")
