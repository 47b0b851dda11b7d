"""Loaded by every Python that is told another time, before anything else."""

import select
import time


def sleep(seconds: float) -> None:
    """Sleep for a while; the library refuses to sleep until a moment, as Python would."""
    select.select([], [], [], seconds)


time.sleep = sleep
