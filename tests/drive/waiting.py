"""Waiting for a state with a deadline: the only way these journeys pass time."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SECONDS = 10.0
"""The longest wait for anything a person would wait for; a loaded machine needs some of it."""

_LOOK_AGAIN = 0.02
_never = threading.Event()


class NotSeenError(AssertionError):
    """What was waited for did not come."""


def until(
    look: Callable[[], T],
    what: str,
    *,
    seconds: float = SECONDS,
    is_over: Callable[[], str] | None = None,
) -> T:
    """The first true result of `look`. NotSeenError says `what` did not come within `seconds`.

    `is_over` tells why it can come no more, if so, and ends the waiting at once.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        reason = is_over() if is_over else ""
        if reason or time.monotonic() > deadline:
            raise NotSeenError(f"{what}: {reason or f'not within {seconds} s'} (last: {found!r})")
        _never.wait(_LOOK_AGAIN)
