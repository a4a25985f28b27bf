"""Formulas drawn beside the window, kept, and announced when they are there."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.transcript.blocks.formula_path import Outline, extent, formula_path

KEPT = 600
"""Formulas held at a time (5–20 kB each)."""
MOST_WAITING = 200
"""Formulas that wait to be drawn; the ones asked for longest ago are asked for again when seen."""
PAUSE = 60
"""Milliseconds between two announcements, so that a page of formulas is laid out few times."""

Key = tuple[str, bool]
"""TeX, and whether it is displayed."""


class Formulas(QObject):
    """Outlines by TeX. `ready` says that some more can be drawn.

    One daemon thread draws, begun with the first formula; it imports ziamath (0.15 s) by itself.
    """

    ready = Signal()
    _drawn = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: OrderedDict[Key, Outline | None] = OrderedDict()
        self._waiting: OrderedDict[Key, None] = OrderedDict()
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ready)
        self._drawn.connect(self._on_drawn)

    def has(self, tex: str, *, is_display: bool) -> bool:
        """Whether it is known how, or that it cannot be, drawn."""
        return (tex, is_display) in self._made

    def outline(self, tex: str, *, is_display: bool) -> Outline | None:
        """The paths of a formula; None when it cannot be drawn, or not yet: see `has`."""
        key = (tex, is_display)
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        with self._lock:
            self._waiting[key] = None
            self._waiting.move_to_end(key)
            while len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            self._lock.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._draw_all, name="formulas", daemon=True)
            self._thread.start()
        return None

    def _draw_all(self) -> None:
        """The thread: draws what was asked for last, it is the likeliest to be in view still."""
        from app.render.formulas.formula import FormulaError, draw

        while True:
            with self._lock:
                while not self._waiting:
                    self._lock.wait()
                key, _ = self._waiting.popitem()
            try:
                made = formula_path(draw(key[0], is_display=key[1], measure=extent))
            except FormulaError:
                made = None
            self._drawn.emit(key, made)

    def _on_drawn(self, key: Key, made: Outline | None) -> None:
        self._made[key] = made
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        if not self._timer.isActive():
            self._timer.start(PAUSE)


@lru_cache(1)
def formulas() -> Formulas:
    """The formulas of all views."""
    return Formulas()
