"""Other times: the real processes are told that it is sooner or later than it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.installation import Installation

PLACES = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/local/lib/faketime")
NOW = "+0"
# For processes with threads.
NAME = "libfaketimeMT.so.1"
# Python sleeps until a moment of the monotonic clock. The library (0.9.10) takes it for
# one of the clock that is set, and no such sleep ever begins.
PRETENDING = Path(__file__).parent / "pretending"


@contextmanager
def set_to(installation: Installation, moment: str) -> Iterator[None]:
    """Let what is started in the block think that it is so much later (`+40m`)."""
    if moment == NOW:
        yield
        return
    before = dict(installation.environment)
    installation.environment |= {
        "LD_PRELOAD": str(_library()),
        "FAKETIME": moment,
        # Waiting takes as long as ever, and files keep their own times.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "PYTHONPATH": str(PRETENDING),
    }
    try:
        yield
    finally:
        installation.environment = before


def _library() -> Path:
    root = Path("/")
    for place in PLACES:
        for found in root.glob(f"{place[1:]}/{NAME}"):
            return found
    raise AssertionError("libfaketime is missing: python3 bootstrap.py --test")
