"""When a focus ring is drawn, and in which order Tab walks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


def shows_ring(reason: Qt.FocusReason, *, before: bool) -> bool:
    """Whether a ring shows where the keyboard is.

    After the mouse it does not; when only the window came back it is as before.
    """
    if reason in _BY_KEYBOARD:
        return True
    return before and reason is not Qt.FocusReason.MouseFocusReason


def tab_in_order(widgets: Sequence[QWidget]) -> None:
    """Makes Tab walk these widgets one after the other (Qt puts later born ones last)."""
    for first, second in pairwise(widgets):
        QWidget.setTabOrder(first, second)


def tab_stops(inside: QWidget) -> list[QWidget]:
    """The widgets in a widget that Tab can reach, in the order they were made."""
    return [
        widget
        for widget in inside.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
