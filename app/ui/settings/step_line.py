"""One step of the test of a connection, as the card of a provider shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.core.models.provider import CheckStep, StepState
from app.ui.theme import Theme
from app.ui.widgets.page import text_label

ICONS = {
    StepState.RUNNING: ("loader", "accent", "running"),
    StepState.PASSED: ("circle-check", "good", "passed"),
    StepState.FAILED: ("circle-alert", "bad", "failed"),
    StepState.SKIPPED: ("chevron-right", "muted", "left out"),
}


class StepLine(QWidget):
    """One step of a test: its state as an icon and a word, its name, and what was found."""

    def __init__(self, theme: Theme, step: CheckStep) -> None:
        super().__init__()
        self._theme = theme
        self.step = step
        self._icon = QLabel()
        self._text = text_label("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.show_step(step)
        theme.changed.connect(self._on_theme_changed)

    def show_step(self, step: CheckStep) -> None:
        """Takes over how far it got."""
        self.step = step
        name, colour, word = ICONS[step.state]
        self._icon.setPixmap(self._theme.pixmap(name, colour, self._theme.px(16)))
        says = f": {step.text}" if step.text else ""
        title = step.name[:1].upper() + step.name[1:]
        self._text.setText(f"{title} {word}{says}")
        self._text.setAccessibleName(self._text.text())

    def _on_theme_changed(self) -> None:
        self.show_step(self.step)
