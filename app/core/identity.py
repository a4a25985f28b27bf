"""Ids: ULID text, sortable by time of making and never repeated within a process."""

from __future__ import annotations

import secrets
import threading
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new 26-character ULID (github.com/ulid/spec), greater than all made before it here."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
        _last = fresh if fresh > _last else _last + 1
        number = _last
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
