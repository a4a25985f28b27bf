"""The areas of the window that F6 goes between: list, transcript, composer, dials."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.ui.widgets.focus_ring import tab_stops
from app.ui.window.main_window import MainWindow

FocusArea = tuple[QWidget, Callable[[], QWidget | None]]
"""A part of the window, and what gets the keyboard when it is entered for the first time."""


def focus_areas_of(window: MainWindow) -> list[FocusArea]:
    """The four areas of the main window."""
    sidebar, view, tuning = window.sidebar, window.view, window.tuning
    return [
        (sidebar, lambda: sidebar.list if sidebar.model.ids() else sidebar.search),
        (view.transcript, lambda: view.transcript),
        (view.composer, lambda: view.composer.field),
        (tuning, lambda: _topmost(tuning)),
    ]


class FocusAreas(QObject):
    """Knows where the keyboard was in each area."""

    def __init__(self, window: QWidget, areas: Sequence[FocusArea]) -> None:
        super().__init__(window)
        self._window = window
        self._areas = list(areas)
        self._left: dict[int, QWidget] = {}

    def step(self, step: int) -> None:
        """Goes to the next area that is shown (1) or the one before (-1), where the keyboard
        was in it last."""
        focused = self._window.focusWidget()
        shown = [n for n, (part, _) in enumerate(self._areas) if part.isVisible()]
        here = next((n for n in shown if focused and _holds(self._areas[n][0], focused)), None)
        if here is not None and focused is not None:
            self._left[here] = focused
        start = shown.index(here) if here is not None else (-1 if step > 0 else 0)
        for further in range(1, len(shown) + 1):
            if self._enter(shown[(start + further * step) % len(shown)]):
                return

    def _enter(self, number: int) -> bool:
        part, first = self._areas[number]
        wanted: QWidget | None = self._left.get(number)
        if (
            wanted is None
            or not isValid(wanted)
            or not wanted.isVisibleTo(self._window)
            or not wanted.isEnabled()
            or not _holds(part, wanted)
        ):
            wanted = first()
        if wanted is None:
            return False
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True


def _topmost(part: QWidget) -> QWidget | None:
    """The first widget that can take the keyboard, as it is read: from the top, from the left."""

    def place(widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(part, QPoint(0, 0))
        return corner.y(), corner.x()

    stops = [w for w in tab_stops(part) if w.isVisible() and w.isEnabled()]
    return min(stops, key=place, default=None)


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)
