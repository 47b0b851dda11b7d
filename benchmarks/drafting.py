"""Drafting by machine: our batches against the library's own call for each segment.

The model has the size of a real one and random weights, so every sentence is given the
same number of tokens on both ways. Peak memory is that of the worker's own process.
"""

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import forced, real_size
from tests.translation.machine.argos import the_library
from welcome.config import Settings
from welcome.packs import content
from welcome.packs.versions import parts_of
from welcome.segmentation import visible_text
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.argos.installing import install
from welcome.translation.machine.drafts import Task
from welcome.translation.machine.splitting import split
from welcome.translation.machine.working import CHUNK, ask, read_line

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SEGMENTS = 150
# What counts as a sentence, in words; shorter ones are headings and labels.
FEWEST_WORDS = 4
FASTER = {4: 3.5, 1: 9.0}
MOST_MEMORY_MB = 350


def sentences() -> list[str]:
    """List the sentences of the demonstration pack, none twice."""
    pages = content.read(Path("content/walsall")).pages
    texts = [visible_text(p.text) for page in pages for p in parts_of(page.draft)]
    listed = dict.fromkeys(each for text in texts for each in split(text))
    return [each for each in listed if len(each.split()) >= FEWEST_WORDS]


def segments(count: int) -> list[str]:
    """Make segments of one, two, three sentences in turn."""
    given = itertools.cycle(sentences())
    sizes = itertools.islice(itertools.cycle((1, 2, 3)), count)
    return [" ".join(itertools.islice(given, size)) for size in sizes]


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time that work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def ours(settings: Settings, texts: list[str]) -> Callable[[], None]:
    """Draft as our worker does: chunk by chunk, each in batches."""
    engine = ArgosEngine(settings)
    # Loading is no part of it.
    engine.translate(texts[:1], "en", "fr")

    def work() -> None:
        for start in range(0, len(texts), CHUNK):
            engine.translate(texts[start : start + CHUNK], "en", "fr")

    return work


def theirs(texts: list[str]) -> Callable[[], None]:
    """Draft by the library's own call, text after text."""
    way = the_library.find_way("en", "fr")
    way.translate(texts[0])

    def work() -> None:
        for text in texts:
            way.translate(text)

    return work


def compare(settings: Settings) -> dict[str, float]:
    """Draft the same segments on every way; seconds of processor time for each."""
    from argostranslate import settings as library

    texts = segments(SEGMENTS)
    work = theirs(texts)
    measured = {}
    for beam in FASTER:
        library.beam_size = beam
        measured[f"theirs {beam}"] = spent(work)
        measured[f"ours {beam}"] = spent(
            ours(replace(settings, machine_beam=beam), texts)
        )
    return measured


def measure_memory(settings: Settings) -> float:
    """Have the worker's process draft; give its peak in MB."""
    asked = ask(settings, "argos", Task(segments(2 * CHUNK), "en", "fr"))
    with subprocess.Popen(
        [sys.executable, "-m", forced.__name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdin.write(asked)
        process.stdin.flush()
        *chunks, peak = process.stdout
        drafted = sum(len(read_line(line)) for line in chunks)
    assert drafted == 2 * CHUNK
    return int(peak) / 1024


def prepare(root: Path) -> Settings:
    """Install the model, where both we and the library look for it."""
    packages, home = root / "packages", root / "home"
    packages.mkdir()
    os.environ["ARGOS_INTRA_THREADS"] = "1"
    the_library.prepare(packages, home)
    forced.force_length()
    settings = Settings(instance=root)
    file = root / "random.argosmodel"
    real_size.build(file, sentences())
    folder = install(file, settings, now=NOW).package.folder
    (packages / folder.name).symlink_to(folder)
    return settings


def main() -> int:
    """Print the figures; exit code 1 where they miss what is promised."""
    with tempfile.TemporaryDirectory(prefix="welcome-bench-") as place:
        settings = prepare(Path(place))
        measured = compare(settings)
        memory = max(
            measure_memory(replace(settings, machine_beam=beam)) for beam in FASTER
        )
    kept = memory <= MOST_MEMORY_MB
    theirs_usual = measured["theirs 4"]
    print(f"{SEGMENTS} segments, {forced.LENGTH} tokens for each sentence, int8")
    for beam, least in FASTER.items():
        own, other = measured[f"ours {beam}"], measured[f"theirs {beam}"]
        ratio = theirs_usual / own
        kept &= ratio >= least
        print(
            f"beam {beam}: ours {own:.1f} s CPU, the library's {other:.1f} s;"
            f" against its usual beam of 4: {ratio:.1f} times as fast (at least {least})"
        )
    print(f"peak memory of the worker: {memory:.0f} MB (at most {MOST_MEMORY_MB})")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
