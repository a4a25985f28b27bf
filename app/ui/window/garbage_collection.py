"""What is no longer needed: Python's cyclic garbage, collected on the window's thread alone and
between frames, the text of imported modules, and free memory that can go back to the system.

Left to itself the collector runs in whatever thread allocates, the database's writer among them,
and a QObject with a timer that is destroyed there takes the process with it.
"""

from __future__ import annotations

import ctypes
import gc
import linecache
import sys

from PySide6.QtCore import QObject, QTimer

PERIOD = 2_000
"""Milliseconds between two looks at how much there is."""
REST = 1_500
"""Milliseconds after an answer: by then the reader reads."""


class Garbage(QObject):
    """Takes the collector over from Python; one at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(give_back)

    def settle(self) -> None:
        """Takes everything that lives now out of later collections: it stays for good."""
        gc.collect()
        gc.freeze()

    def give_back_soon(self) -> None:
        """Something that took much memory for a while is over."""
        self._rest.start()

    def collect_due(self) -> int | None:
        """Collects the oldest generation that is due; its number, or None when none is."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return generation
        return None


def forget_sources() -> None:
    """Frees the source text of every imported module (8 MB after the start, 1 with a question).

    PySide6 reads it to see whether a module uses PySide6 (shibokensupport/feature.py), and
    linecache keeps it for tracebacks, which read it again when there is one.
    """
    linecache.clearcache()


def give_back() -> bool:
    """Collects what an answer left and returns free memory to the system; False where it cannot.

    The GNU C library keeps what was freed below the last piece in use (malloc_trim(3)): 6 MB after
    an answer of 80 KB.
    """
    forget_sources()
    gc.collect(1)
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    return bool(trim and trim(0))
