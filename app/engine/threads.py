"""How many threads compute: the machine's cores less one, so that the window keeps its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_TOPOLOGY = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"


def thread_count() -> int:
    """At least one; two threads of one core count once, for they share what computes."""
    return max(1, _cores() - 1)


def _cores() -> int:
    if sys.platform == "linux":
        usable = os.sched_getaffinity(0)
        cores = set()
        for number in usable:
            try:
                cores.add(Path(_TOPOLOGY.format(number)).read_text())
            except OSError:
                return len(usable)
        return len(cores)
    count = os.cpu_count() or 2
    # Apple's cores have one thread each; Intel's and AMD's mostly two.
    return count if sys.platform == "darwin" else max(1, count // 2)
