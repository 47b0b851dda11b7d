"""Having an engine work in a process of its own, which a model may fill or ruin."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from welcome.config import Settings
from welcome.errors import NotFound, NotNow, RuleBroken, WelcomeError

from . import working
from .drafts import Chunks, Task


class EngineBroke(Exception):
    """The process of an engine ended before its work; trying again may help."""


def draft_apart(settings: Settings, name: str, task: Task) -> Chunks:
    """Draft a task in a process that ends with it, however it ends; give the chunks.

    Raises what the engine refused, or EngineBroke.
    """
    command = [sys.executable, "-m", working.__name__]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield from _converse(process, working.ask(settings, name, task))
        finally:
            process.kill()


def _converse(process: subprocess.Popen[str], asked: str) -> Chunks:
    if process.stdin is None or process.stdout is None:
        raise EngineBroke("no pipes")
    try:
        process.stdin.write(asked)
        process.stdin.flush()
    except BrokenPipeError:
        raise EngineBroke(f"exit code {process.wait()}") from None
    for line in process.stdout:
        said = working.read_line(line)
        if isinstance(said, Mapping):
            raise _refusal(said)
        yield said
    if code := process.wait():
        raise EngineBroke(f"exit code {code}")


def _refusal(said: Mapping[str, Any]) -> WelcomeError:
    """Make the refusal here that was raised there."""
    families = (RuleBroken, NotFound, NotNow)
    kinds = {kind.code: kind for each in families for kind in each.__subclasses__()}
    return kinds.get(said["code"], RuleBroken)(**said["params"])
