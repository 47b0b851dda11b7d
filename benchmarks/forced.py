"""Every sentence gets the same number of tokens; run as a program, it is our worker."""

import re
import sys
from pathlib import Path
from typing import Any

from welcome.translation.machine import working

LENGTH = 16


def force_length() -> None:
    """Have CTranslate2 give every sentence the same number of tokens, whoever asks."""
    import ctranslate2

    real = ctranslate2.Translator

    class Forced:
        """A translator in all else."""

        def __init__(self, *args: Any, **options: Any) -> None:
            self.real = real(*args, **options)

        def translate_batch(self, *args: Any, **options: Any) -> Any:
            options |= {"min_decoding_length": LENGTH, "max_decoding_length": LENGTH}
            return self.real.translate_batch(*args, **options)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.real, name)

    ctranslate2.Translator = Forced


def peak_kb() -> int:
    """Read how much memory this process had at most."""
    known = Path("/proc/self/status").read_text("utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", known)[1])


if __name__ == "__main__":
    force_length()
    working.main()
    sys.stdout.write(f"{peak_kb()}\n")
