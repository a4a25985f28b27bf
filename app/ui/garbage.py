"""Python's cyclic garbage, collected on the window's thread alone and between frames.

Left to itself the collector runs in whatever thread allocates, the database's writer among them,
and a QObject with a timer that is destroyed there takes the process with it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD = 2_000
"""Milliseconds between two looks at how much there is."""


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

    def settle(self) -> None:
        """Takes everything that lives now out of later collections: it stays for good."""
        gc.collect()
        gc.freeze()

    def collect_due(self) -> int | None:
        """Collects the oldest generation that is due; its number, or None when none is."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return generation
        return None
