"""How the time something takes grows, on a machine where others work too."""

import time
from collections.abc import Callable


def cost(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of this process, the least of some."""
    found = []
    for _ in range(times):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return min(found)


def grows_evenly(work: Callable[[str], object], sign: str, few: int) -> bool:
    """Whether sixteen times the signs take about sixteen times as long: if each looked at all the
    others, it were 256."""
    return cost(lambda: work(sign * 16 * few)) < 128 * cost(lambda: work(sign * few))
