"""The field a message is written in: plain text, keys that send, files that are taken out."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app.core.text.hidden_characters import hidden_count, without_hidden
from app.ui.composer.pasted import files_of, has_files, is_too_long, text_of
from app.ui.theme import Theme
from app.ui.widgets.text_height import text_height

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST_LINES = 2
_SHARE = 0.4


class WritingField(QPlainTextEdit):
    """`sent` comes when it sends, `left_upwards` with Up while empty, `given_up` with Esc.

    `files_given` carries a list of Path (files) or bytes (a picture, or a text too long to edit);
    `hidden_dropped` says how many hidden characters were left out of such a text.
    """

    sent = Signal()
    left_upwards = Signal()
    given_up = Signal()
    files_given = Signal(object)
    hidden_dropped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preedit = ""
        self._sends_with = "enter"
        self.is_editing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(True)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_send_with(self, key: str) -> None:
        """`enter` or `ctrl_enter`: which key sends; the other one starts a new line."""
        self._sends_with = key

    def is_composing(self) -> bool:
        """Whether an input method is still at work on a word."""
        return bool(self._preedit)

    def is_blank(self) -> bool:
        """Whether there is nothing at all in it."""
        return self.document().isEmpty() and not self._preedit

    def sizeHint(self) -> QSize:
        least = _LEAST_LINES * self.fontMetrics().lineSpacing()
        most = max(least, int(self.window().height() * _SHARE))
        return QSize(200, min(most, max(least, text_height(self, most)) + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._preedit:
            super().keyPressEvent(event)
        elif key in _ENTER:
            self._take_enter(event)
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key == Qt.Key.Key_Up and self.is_blank() and not event.isAutoRepeat():
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return has_files(source) or source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Takes files and pictures out; everything else comes in as plain text."""
        files = files_of(source)
        if files:
            self.files_given.emit(files)
            return
        text = text_of(source)
        if is_too_long(text):
            count = hidden_count(text)
            self.files_given.emit([without_hidden(text).encode("utf-8", "replace")])
            if count:
                self.hidden_dropped.emit(count)
        elif text:
            self.insertPlainText(text)
            self.ensureCursorVisible()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.canInsertFromMimeData(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if has_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def _take_enter(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_control = modifiers == Qt.KeyboardModifier.ControlModifier
        is_plain = modifiers == Qt.KeyboardModifier.NoModifier
        sends = is_control if self._sends_with == "ctrl_enter" else is_plain
        if sends or (self.is_editing and is_control):
            if not event.isAutoRepeat():
                self.sent.emit()
        elif is_plain or modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            event.ignore()

    def _on_size_changed(self) -> None:
        self.updateGeometry()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.written())
        colours = self._theme.colours
        self.setStyleSheet(
            "QPlainTextEdit, QPlainTextEdit:focus { background: transparent; border: none;"
            f" padding: 0; color: {colours.text};"
            f" selection-background-color: {colours.selection};"
            f" selection-color: {colours.text}; placeholder-text-color: {colours.muted}; }}"
        )
        self.updateGeometry()
