"""Pills for a parameter with few values; none is pressed while the provider decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.pill import Pill


class ChoicePills(QWidget):
    """One row of pills. `picked` carries the text of the pressed one, `unset` comes with Delete."""

    picked = Signal(str)
    unset = Signal()

    def __init__(
        self, theme: Theme, choices: Sequence[str], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._pills: list[Pill] = []
        self._flow = Flow(self, gap=6)
        self._flow.setContentsMargins(0, 5, 0, 2)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[str]) -> None:
        """Other pills in place of these."""
        if [pill.text() for pill in self._pills] == list(choices):
            return
        for pill in self._pills:
            self._flow.removeWidget(pill)
            pill.deleteLater()
        self._pills = [Pill(self._theme, choice, parent=self) for choice in choices]
        for pill in self._pills:
            pill.setCheckable(True)
            pill.setAccessibleName(f"{self._name}: {pill.text()}" if self._name else pill.text())
            pill.clicked.connect(self._on_clicked)
            self._flow.addWidget(pill)
            pill.show()
        self.updateGeometry()

    def pills(self) -> list[Pill]:
        """The pills in their order."""
        return list(self._pills)

    def show_choice(self, text: str) -> None:
        """Presses the pill with this text; none when no pill has it."""
        for pill in self._pills:
            pill.setChecked(pill.text() == text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.unset.emit()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        for pill in self._pills:
            pill.setChecked(pill is pressed)
            if pill is pressed:
                self.picked.emit(pill.text())
