"""A command that is killed at an exact moment: `python -m tests.keeping_data.dying …`.

Python tells of each touch of a file before it happens; the first one that is asked for
is the last.
"""

import os
import signal
import sys

from welcome.cli import commands


def main(event: str, part: str, *words: str) -> None:
    """Run a command until it does something to a file with a part in its name."""

    def look(name: str, about: tuple[object, ...]) -> None:
        if name == event and any(part in str(each) for each in about):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    sys.argv = ["welcome", *words]
    commands.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
