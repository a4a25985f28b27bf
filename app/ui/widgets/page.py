"""What every settings page looks like: a title, its content in a scrolled column, and where its
values are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme import TEXT_SIZE


def text_label(text: str, look: str = "") -> QLabel:
    """Plain text that wraps, in one of the looks of the style sheet."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if look:
        label.setProperty("look", look)
    return label


MEASURE = 720
"""Px at 100 % that a line is long at most: more is hard to read."""
EDGE = 28


class Page(QScrollArea):
    """A scrolled page; `words` is what the search of the settings window looks through."""

    def __init__(self, name: str, title: str, about: str, kept: str) -> None:
        super().__init__()
        self.name = name
        self.title = title
        self.setAccessibleName(title)
        self.words = f"{title} {about}"
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        inner.setObjectName("page")
        outer = self._outer = QVBoxLayout(inner)
        outer.setContentsMargins(EDGE, 24, EDGE, 24)
        outer.setSpacing(16)
        outer.addWidget(text_label(title, "title"))
        if about:
            outer.addWidget(text_label(about, "muted"))
        self.column = QVBoxLayout()
        self.column.setSpacing(16)
        outer.addLayout(self.column)
        outer.addStretch(1)
        self.kept = text_label(kept, "small")
        self.kept.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.kept.setVisible(bool(kept))
        outer.addWidget(self.kept)
        self.setWidget(inner)

    def show_found(self, words: Sequence[str]) -> None:
        """Brings what answers a search into view; a page that is found as a whole stays."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_measure()
        super().resizeEvent(event)
        self._fit_measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_measure()

    def _fit_measure(self) -> None:
        """Keeps lines at their measure, which grows with the text; the rest stays empty."""
        pixels = self.font().pixelSize()
        measure = round(MEASURE * max(1.0, pixels / TEXT_SIZE))
        rest = self.viewport().width() - EDGE - measure
        self._outer.setContentsMargins(EDGE, 24, max(EDGE, rest), 24)
