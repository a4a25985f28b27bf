"""The cross in a text field that empties it, with a name."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton


def add_clear_button(field: QLineEdit, name: str) -> None:
    """Puts Qt's own cross into a field; Qt gives it no name."""
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)
        button.setToolTip(name)
