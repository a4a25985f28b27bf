"""What every settings page looks like: a title, its content in a scrolled column, and where its
values are kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget


def text_label(text: str, look: str = "") -> QLabel:
    """Plain text that wraps, in one of the looks of the style sheet."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if look:
        label.setProperty("look", look)
    return label


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
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(28, 24, 28, 24)
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
