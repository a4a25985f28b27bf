"""When a focus ring is drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt

SHOWN_FOCUS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""Reasons after which a ring shows where the keyboard is: all but the mouse and the window."""
