"""One message in a real text field: read by letter, word and line, by eye, ear or finger."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from app.render.characters import shown
from app.render.output.spoken import reading
from app.render.output.spoken_line import Kind, Line
from app.ui.theme import CODE_SIZE, TEXT_SIZE, Theme
from app.ui.widgets.page import text_label
from app.ui.window.window_size import FittedDialog, grown

INDENT = 22
"""Px of one level of a list at 100 %."""
WIDEST = 2_000
"""Characters of one line of code, or of one word; a longer one is broken, for Qt takes seconds over
it."""
HEADING_SIZE = 17
LINE = 130
"""Percent of the letters' height between two lines."""
_WIDE_WORD = re.compile(rf"\S{{{WIDEST}}}(?=\S)")


class ReaderDialog(FittedDialog):
    """Shows who said what as plain lines with a caret. What is a heading, a list entry or code is
    said in words and kept apart."""

    def __init__(
        self,
        title: str,
        source: str,
        note: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        is_typed: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = reading(source, is_typed=is_typed)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(grown(self, theme, 760, 600))
        self.field = QTextEdit()
        self.field.setReadOnly(True)
        self.field.setAccessibleName(title)
        self.field.setTabChangesFocus(True)
        self.field.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(text_label(note, "muted"), 1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.field, 1)
        column.addLayout(row)
        theme.changed.connect(self._on_theme_changed)
        self._fill()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        """Writes every line anew and keeps the caret where it was."""
        place = self.field.textCursor().position()
        document = QTextDocument(self.field)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(self._theme.px(8))
        document.setDefaultFont(self._theme.written(TEXT_SIZE))
        cursor = QTextCursor(document)
        for index, line in enumerate(self._lines):
            if index:
                cursor.insertBlock()
            self._write(cursor, line)
        self.field.setDocument(document)
        caret = self.field.textCursor()
        caret.setPosition(min(place, max(0, document.characterCount() - 1)))
        self.field.setTextCursor(caret)
        self.field.ensureCursorVisible()

    def _write(self, cursor: QTextCursor, line: Line) -> None:
        theme = self._theme
        layout = QTextBlockFormat()
        layout.setLeftMargin(theme.px(INDENT) * line.depth if line.depth else 0)
        layout.setBottomMargin(theme.px(3 if line.kind is Kind.ITEM else 8))
        layout.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        look = QTextCharFormat()
        look.setFont(theme.written(TEXT_SIZE))
        look.setForeground(theme.colour("text"))
        text = _WIDE_WORD.sub(r"\g<0>\n", line.whole()).replace("\n", "\u2028")
        if line.kind is Kind.HEADING:
            look.setFont(theme.written(HEADING_SIZE, QFont.Weight.DemiBold))
            layout.setTopMargin(theme.px(10))
        elif line.kind is Kind.CODE:
            look.setFont(theme.mono(CODE_SIZE))
            layout.setBackground(theme.colour("code"))
            layout.setBottomMargin(0)
            layout.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            text = _broken(shown(line.text, is_code=True))
        elif line.kind is Kind.NOTE:
            look.setForeground(theme.colour("muted"))
        cursor.setBlockFormat(layout)
        cursor.setBlockCharFormat(look)
        cursor.insertText(text, look)
        if cursor.block().textDirection() is Qt.LayoutDirection.RightToLeft:
            layout.setRightMargin(layout.leftMargin())
            layout.setLeftMargin(0)
            cursor.setBlockFormat(layout)

    def _on_theme_changed(self) -> None:
        self._fill()


def _broken(text: str) -> str:
    return "\n".join(
        line[start : start + WIDEST]
        for line in text.split("\n")
        for start in range(0, max(1, len(line)), WIDEST)
    )
