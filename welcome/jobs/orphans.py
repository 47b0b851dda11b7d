"""Ending with whoever started us, however they ended: nobody works on unseen."""

import ctypes
import os
import signal

# Linux's own; where there is no such call, whoever watches over processes has to end all.
PR_SET_PDEATHSIG = 1


def end_with(parent: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel signal this process when the one that forked it has ended."""
    call = getattr(ctypes.CDLL(None), "prctl", None)
    if call is None:
        return
    call(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    # It may have ended before it was watched.
    if os.getppid() != parent:
        os.kill(os.getpid(), number)
