"""Memory a model needs, and memory that is free."""

from __future__ import annotations

import ctypes
import os
import sys

from app.engine.gguf import GgufHead

PROCESS = 40_000_000
"""Bytes that a child takes without any model: Python and the engine's code."""
BATCH = 256
"""Tokens the engine reads at once: it keeps so many rows of the model's widths meanwhile."""


def needed(head: GgufHead, context: int, slots: int, vision: int = 0) -> int:
    """Bytes to load a model and to write `slots` answers of `context` tokens at once."""
    scratch = BATCH * (head.vocabulary * 4 if head.vocabulary else 0)
    return PROCESS + head.size + vision + scratch + head.bytes_a_token * context * slots


def free() -> int | None:
    """Bytes that can be had without putting others out of memory; None where nothing tells."""
    if sys.platform == "linux":
        return _available("/proc/meminfo")
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _mac()
    return None


def in_words(count: int) -> str:
    """Bytes for people: `3.1 GB`, `240 MB`."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{max(1, round(count / 1e6))} MB"


def _available(path: str) -> int | None:
    try:
        with open(path, encoding="ascii") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        return None
    return None


def _windows() -> int | None:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *(
                (name, ctypes.c_ulonglong)
                for name in ("total", "free", "t2", "f2", "t3", "f3", "x")
            ),
        )

    status = Status(length=ctypes.sizeof(Status))
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    return int(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None


def _mac() -> int | None:
    """The share of memory that the system says can still be given, of all there is."""
    system = ctypes.CDLL(None)
    level = ctypes.c_uint32(0)
    size = ctypes.c_size_t(ctypes.sizeof(level))
    name = b"kern.memorystatus_level"
    if system.sysctlbyname(name, ctypes.byref(level), ctypes.byref(size), None, 0):
        return None
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * level.value // 100
