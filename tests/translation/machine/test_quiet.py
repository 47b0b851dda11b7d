"""Nobody is asked for anything before somebody asks for a draft."""

import subprocess
import sys
from pathlib import Path

# Any name looked up and any line opened ends the process.
LOOK = """
import os, sys
from pathlib import Path

def refuse(event, args):
    if event.startswith("socket."):
        os._exit(7)

sys.addaudithook(refuse)
from welcome.config import Settings
from welcome.translation.machine import working
from welcome.translation.machine.drafts import Task
from welcome.translation.machine.engines import list_engines, list_offered

settings = Settings(instance=Path(sys.argv[1]), libretranslate_address=sys.argv[2])
for engine in list_engines(settings).values():
    engine.name, engine.sends_to
    engine.list_marks("en", "ur")
    if not engine.sends_to:
        engine.find_route("en", "ur")
list_offered(settings)
list(working.work(list_engines(settings)["pseudo"], Task(["A."], "en", "ur")))
if sys.argv[3:]:
    list_engines(settings)["libretranslate"].find_route("en", "ur")
"""


def run(folder: Path, *given: str) -> int:
    command = [sys.executable, "-c", LOOK, str(folder), *given]
    return subprocess.run(command, check=False).returncode


def test_engines_are_listed_without_a_line_to_anywhere(tmp_path: Path) -> None:
    assert run(tmp_path, "") == 0
    assert run(tmp_path, "http://127.0.0.1:9") == 0


def test_the_test_would_see_it(tmp_path: Path) -> None:
    assert run(tmp_path, "http://127.0.0.1:9", "ask") == 7
