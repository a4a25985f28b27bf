"""The box at the right of a dial: shows the value, takes one by keyboard, dashed while unset."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.widgets.composing_field import ComposingField

UNSET_TEXT = "–"
"""What stands for a value that is not sent."""
_LEAST = 49


class ValueBox(ComposingField):
    """One value as text; one that `is_quiet` has no frame while it is unset.

    `entered` carries what the user typed (Enter or leaving the box), `cleared` comes when the text
    was emptied, `given_up` when a text that was not accepted is gone without another.
    """

    entered = Signal(str)
    cleared = Signal()
    given_up = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        unset_text: str = UNSET_TEXT,
        is_quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_quiet = is_quiet
        self._shown = ""
        self._is_wrong = False
        self.setPlaceholderText(unset_text)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_value(self, text: str) -> None:
        """Shows a value (empty: unset), unless the user is typing another one."""
        self._shown = text
        self.set_wrong(False)
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)

    def show_unset_text(self, text: str) -> None:
        """What stands in the box while nothing is set."""
        if text != self.placeholderText():
            self.setPlaceholderText(text)
            self.updateGeometry()

    def finish(self) -> None:
        """Announces what is typed, as leaving the box does."""
        self._on_editing_finished()

    def forget(self) -> None:
        """Shows the value again in place of what is typed."""
        self.setModified(False)
        self.set_wrong(False)
        self.setText(self._shown)

    def set_wrong(self, is_wrong: bool) -> None:
        """Marks the text as one that was not accepted."""
        if is_wrong != self._is_wrong:
            self._is_wrong = is_wrong
            self.update()

    def is_wrong(self) -> bool:
        """Whether the text in it was not accepted."""
        return self._is_wrong

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        text = self.text() or self.placeholderText()
        width = metrics.horizontalAdvance(text) + 20
        least, most = self._theme.px(_LEAST), self._theme.px(190)
        return QSize(max(least, min(width, most)), metrics.height() + 9)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.ends_composing(event):
            return
        if event.key() == Qt.Key.Key_Escape and (self.isModified() or self._is_wrong):
            was_wrong = self._is_wrong
            self.forget()
            self.selectAll()
            if was_wrong:
                self.given_up.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = "bad" if self._is_wrong else ("accent" if self.hasFocus() else "line")
            pen = QPen(self._theme.colour(edge), 1)
            is_unset = not self.text() and not self.hasFocus()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if is_unset and self._is_quiet and not self.underMouse():
                pen = QPen(Qt.PenStyle.NoPen)
            elif is_unset:
                pen.setStyle(Qt.PenStyle.DashLine)
            else:
                painter.setBrush(self._theme.colour("background"))
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        super().paintEvent(event)

    def _on_editing_finished(self) -> None:
        text = self.text().strip()
        if self._is_wrong and not self.isModified():
            return
        if not self.isModified() or text == self._shown:
            was_wrong = self._is_wrong
            self.forget()
            if was_wrong:
                self.given_up.emit()
            return
        self.setModified(False)
        if text:
            self.entered.emit(text)
        else:
            self._shown = ""
            self.cleared.emit()

    def _on_text_changed(self) -> None:
        self._show_size()
        self.updateGeometry()

    def _show_size(self) -> None:
        """What stands for a value that is not set is smaller than one that is."""
        size = 12 if self._is_quiet and not self.text() else 14
        self.setFont(self._theme.font(size))

    def _on_text_edited(self, text: str) -> None:
        if self._is_wrong and not text.strip():
            self.set_wrong(False)
            self.given_up.emit()

    def _on_theme_changed(self) -> None:
        self._show_size()
        self.setStyleSheet(
            "QLineEdit { border: none; background: transparent; padding: 0 7px; margin: 0;"
            f" color: {self._theme.colours.text};"
            f" placeholder-text-color: {self._theme.colours.muted}; }}"
        )
        self.updateGeometry()
