"""A scroll area whose bar lies over the margin, so that the content keeps its width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

_WIDTH = 12


class OverlayScroll(QScrollArea):
    """Scrolls up and down; its content is always exactly as wide as the area."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea { background: transparent; }")
        self._content = content
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        real = self.verticalScrollBar()
        real.rangeChanged.connect(self._on_range_changed)
        real.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(real.setValue)
        self._on_range_changed(real.minimum(), real.maximum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._content.setFixedWidth(self.viewport().width())
        super().resizeEvent(event)
        self.bar.setGeometry(self.width() - _WIDTH, 0, _WIDTH, self.height())
        self.bar.setPageStep(self.verticalScrollBar().pageStep())

    def _on_range_changed(self, lowest: int, highest: int) -> None:
        real = self.verticalScrollBar()
        self.bar.setRange(lowest, highest)
        self.bar.setPageStep(real.pageStep())
        self.bar.setSingleStep(real.singleStep())
        self.bar.setVisible(highest > lowest)
        self.bar.raise_()
