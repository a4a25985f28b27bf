"""A quiet warning about dials that work against each other: a sign and plain words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.theme import Theme
from app.ui.widgets.label import Label

SIGN = 14


class ConflictNotice(QWidget):
    """A quiet warning, hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = QLabel()
        self._words = Label(theme, colour="text", size=12, wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def say(self, sentences: list[str]) -> None:
        """Shows the sentences, or nothing when there are none."""
        self._words.setText("\n".join(sentences))
        self.setVisible(bool(sentences))

    def _on_theme_changed(self) -> None:
        self._sign.setPixmap(self._theme.pixmap("triangle-alert", "warn", self._theme.px(SIGN)))
