"""The second engine against a real LibreTranslate: `make libretranslate`.

It runs in an environment of its own (it is AGPL, and pins an old Flask), on the
loopback, with our tiny packages; whatever it would fetch from the net, it cannot.
"""

import http.client
import os
import signal
import socket
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.translation.machine.libretranslate.contract import Contract
from welcome.config import Settings
from welcome.translation.errors import EngineAway, EngineFailed, EngineRefused
from welcome.translation.machine.libretranslate import knowing
from welcome.translation.machine.libretranslate.asking import Limits
from welcome.translation.machine.libretranslate.engine import LibreTranslateEngine

ROOT = Path(__file__).parents[2]
BIN = Path(os.environ.get("LIBRETRANSLATE", ROOT / ".venv-libretranslate")) / "bin"
MODELS = Path(os.environ.get("MODELS", ROOT / "content" / "models"))
SECONDS_TO_START = 90
OPTIONS = ("--batch-limit", "50", "--char-limit", "300", "--alternatives-limit", "3")
# Nobody listens there.
NOWHERE = "http://127.0.0.1:9"

Start = Callable[..., str]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start servers with options; they end with the tests."""
    running = []

    def started(*options: str, quiet: bool = True) -> str:
        folder = tmp_path_factory.mktemp("libretranslate")
        lay_out(folder, with_splitter=quiet)
        starting = serving(folder, options)
        address = starting.__enter__()
        running.append(starting)
        return address

    yield started
    for each in running:
        each.__exit__(None, None, None)


def lay_out(folder: Path, *, with_splitter: bool) -> None:
    """Unpack our packages, and lay a splitter where it looks for one."""
    packages = sorted(MODELS.glob("*.argosmodel"))
    if not packages:
        pytest.fail(f"No packages lie in {MODELS}. Name their folder: MODELS=…")
    for package in packages:
        with zipfile.ZipFile(package) as archive:
            names = [name for name in archive.namelist() if "/minisbd/" not in name]
            archive.extractall(folder / "packages", names)
    if with_splitter:
        splitters = folder / "home" / "argos-translate" / "minisbd"
        splitters.mkdir(parents=True)
        script = Path(__file__).with_name("splitter.py")
        for code in ("en", "fr"):
            command = [BIN / "python", script, splitters / f"{code}.onnx"]
            subprocess.run(command, check=True)


@contextmanager
def serving(folder: Path, options: tuple[str, ...]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [BIN / "libretranslate", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--disable-web-ui", "--disable-files-translation", "--threads", "2"]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "ARGOS_PACKAGES_DIR": str(folder / "packages"),
        "ORT_DISABLE_TELEMETRY": "1",
        "http_proxy": NOWHERE,
        "https_proxy": NOWHERE,
        **{
            f"XDG_{each}_HOME": str(folder / "home")
            for each in ("DATA", "CONFIG", "CACHE")
        },
    }
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, *options],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_for(server, port, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def wait_for(server: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/health")
            line.getresponse().read()
        except OSError:
            time.sleep(0.3)
        else:
            return
        finally:
            line.close()
    pytest.fail(f"LibreTranslate did not start: {log.read_text()[-2000:]}")


def engine_at(address: str, key: str = "", **limits: float) -> LibreTranslateEngine:
    settings = Settings(libretranslate_address=address, libretranslate_key=key)
    return LibreTranslateEngine(settings, replace(Limits(), **limits))


@pytest.fixture(scope="module")
def plain(start: Start) -> str:
    return start(*OPTIONS)


class TestReal(Contract):
    @pytest.fixture
    def libre(self, plain: str) -> LibreTranslateEngine:
        return engine_at(plain)


def test_what_it_says_of_itself(plain: str) -> None:
    assert knowing.server_at(plain).look().most == 300


def test_lists_longer_than_it_takes(plain: str) -> None:
    # What we know of its limits is not asked again: the answer to a long list is.
    engine = engine_at(plain, texts=120)
    many = [f"Call {number} for help." for number in range(120)]
    assert len(engine.translate(many, "en", "fr")) == 120


def test_other_answers_it_does_not_give(start: Start) -> None:
    engine = engine_at(start("--alternatives-limit", "0"))
    [said] = engine.translate(["Welcome."], "en", "fr", careful=True)
    assert said.text


def test_a_path_in_front(start: Start) -> None:
    engine = engine_at(f"{start('--url-prefix', 'lt')}/lt")
    assert engine.translate(["Welcome."], "en", "fr")[0].text


def test_a_key_is_wanted(start: Start) -> None:
    address = start("--api-keys", "--require-api-key-secret")
    with pytest.raises(EngineRefused, match="get an API key"):
        engine_at(address).translate(["Welcome."], "en", "fr")
    with pytest.raises(EngineRefused, match="Invalid API key"):
        engine_at(address, "wrong").translate(["Welcome."], "en", "fr")


def test_fewer_requests_are_wanted(start: Start) -> None:
    engine = engine_at(start("--req-limit", "2"), whole=3, wait=1)
    for _ in range(2):
        assert engine.translate(["Welcome."], "en", "fr")[0].text
    with pytest.raises(EngineAway, match="Slowdown: 2 per 1 minute"):
        engine.translate(["Welcome."], "en", "fr")


def test_without_a_splitter_it_fails_offline(start: Start) -> None:
    with pytest.raises(EngineFailed, match="500: The server encountered"):
        engine_at(start(quiet=False)).translate(["Welcome."], "en", "fr")
