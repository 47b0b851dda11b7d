"""The work of an engine, and the process it is done in: models are gone when it ends.

Reads what is asked as one line of JSON from standard input, and writes a line for each
chunk of drafts. When whoever asked is gone, so is it.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from welcome.config import Settings
from welcome.errors import WelcomeError

from . import drafts
from .drafts import Chunks, DraftNote, Made, Note, Task
from .engine import Engine
from .engines import get_engine

# Enough to fill some batches of an engine; what is made is kept that often.
CHUNK = 100
# Readers' pages come first on a busy machine.
NICENESS = 5
_NEEDED = ("instance", "machine_", "libretranslate_")


def work(engine: Engine, task: Task) -> Chunks:
    """Draft a task in chunks; raises NoRoute, EngineFailed."""
    for start in range(0, len(task.texts), CHUNK):
        texts = task.texts[start : start + CHUNK]
        yield drafts.make(engine, replace(task, texts=texts))


def ask(settings: Settings, name: str, task: Task) -> str:
    """Write down what is asked, in one line."""
    needed = {
        each.name: str(value) if isinstance(value, Path) else value
        for each in fields(settings)
        if each.name.startswith(_NEEDED)
        for value in [getattr(settings, each.name)]
    }
    asked = {"settings": needed, "engine": name, "task": asdict(task)}
    return json.dumps(asked, default=list) + "\n"


def read_line(line: str) -> list[Made] | Mapping[str, Any]:
    """Read a line of the answer: drafts, or what was refused (`code`, `params`)."""
    said = json.loads(line)
    if "made" not in said:
        refused: Mapping[str, Any] = said["refused"]
        return refused
    return [_read_made(each) for each in said["made"]]


def main() -> None:
    """Answer what standard input asks."""
    os.nice(NICENESS)
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_whoever_asked, daemon=True).start()
    given = asked["settings"]
    settings = Settings(**given | {"instance": Path(given["instance"])})
    try:
        for chunk in work(get_engine(asked["engine"], settings), Task(**asked["task"])):
            _say({"made": [asdict(each) for each in chunk]})
    except WelcomeError as problem:
        _say({"refused": {"code": problem.code, "params": problem.params}})


def _end_with_whoever_asked() -> None:
    # Standard input stays open as long as somebody waits for the answer.
    sys.stdin.read()
    os._exit(1)


def _say(answer: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, default=str) + "\n")
    sys.stdout.flush()


def _read_made(given: Mapping[str, Any]) -> Made:
    notes = (Note(DraftNote(each["code"]), each["params"]) for each in given["notes"])
    return Made(given["text"], tuple(notes), given["confidence"])


if __name__ == "__main__":
    main()
