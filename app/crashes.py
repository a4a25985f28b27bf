"""What a crash leaves behind: where it happened, and never the memory that holds keys."""

from __future__ import annotations

import faulthandler
import os
import sys
from pathlib import Path

CRASH_LOG = "crash.log"
_PR_SET_DUMPABLE = 4
"""linux/prctl.h"""


def guard(logs: Path) -> None:
    """Has a crash write the calls that led to it, and lets the system keep no picture of memory.

    The file holds names of functions and line numbers, no values. It
    is for the user alone; where it cannot be made, crashes are told on standard error.
    """
    try:
        file = os.open(logs / CRASH_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        faulthandler.enable()
    else:
        faulthandler.enable(file)
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":  # where a program takes the picture, the limit above is not asked
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
