"""A field for a JSON schema that says at once, and where, what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from app.providers.parameters.answer_shape import schema_trouble
from app.ui.theme import Theme
from app.ui.tools.examples import Schema
from app.ui.widgets.json_field import plain_error
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill

DELAY = 250
"""Milliseconds after the last key before the schema is checked."""
LONGEST = 200_000
"""Characters of a schema that are read."""


class SchemaEditor(QWidget):
    """JSON with examples to begin with. `checked(is right)` comes after every check."""

    checked = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        examples: Mapping[str, Schema],
        schema: Schema | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._examples = examples
        self._line = 0
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("JSON schema")
        self.text.setTabStopDistance(28)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._icon = QLabel()
        self.state = Label(theme, colour="muted", size=12, wraps=True)
        self.pills = [Pill(theme, title) for title in examples]
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Label(theme, "Begin with", colour="muted", size=12))
        for pill in self.pills:
            pill.clicked.connect(self._on_example_clicked)
            row.addWidget(pill)
        row.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._icon)
        foot.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.check)
        theme.changed.connect(self._on_theme_changed)
        self.set_schema(schema if schema is not None else next(iter(examples.values())))
        self.text.textChanged.connect(self._on_text_changed)

    def set_schema(self, schema: Schema) -> None:
        """Shows another schema, laid out."""
        self.text.setPlainText(json.dumps(schema, indent=2, ensure_ascii=False))
        self.check()

    def schema(self) -> dict[str, Any] | None:
        """The schema, None while something is wrong with it."""
        self._timer.stop()
        return self._read() if self.check() else None

    def check(self) -> bool:
        """Looks the text over and says what is wrong with it; whether it is right."""
        trouble, self._line = self._trouble()
        self.state.setText(trouble or "This is a JSON schema.")
        self._on_theme_changed()
        self.checked.emit(not trouble)
        return not trouble

    def _read(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text.toPlainText())
        return found

    def _trouble(self) -> tuple[str, int]:
        """What is wrong, and in which line, from 1; 0 where no line is to blame."""
        text = self.text.toPlainText()
        if not text.strip():
            return "Write a schema, or begin with an example.", 0
        if len(text) > LONGEST:
            return "This schema is too long.", 0
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            return plain_error(error), error.lineno
        except RecursionError:
            return "This schema is nested too deeply.", 0
        trouble = schema_trouble(found)
        line = line_of(text, trouble.partition(":")[0].split(" ")[0]) if trouble else 0
        return (f"Line {line}: {trouble}" if line else trouble), line

    def _on_text_changed(self) -> None:
        self._timer.start()

    def _on_example_clicked(self) -> None:
        pill = self.sender()
        if pill in self.pills:
            self.set_schema(list(self._examples.values())[self.pills.index(pill)])
            self.text.setFocus()

    def _on_theme_changed(self) -> None:
        """Marks the line that is to blame."""
        self.text.setFont(self._theme.mono(13))
        is_right = self.state.text() == "This is a JSON schema."
        icon, colour = ("circle-check", "good") if is_right else ("circle-alert", "bad")
        self._icon.setPixmap(self._theme.pixmap(icon, colour, self._theme.px(15)))
        marks = []
        if self._line:
            mark = QTextEdit.ExtraSelection()
            block = self.text.document().findBlockByNumber(self._line - 1)
            cursor = QTextCursor(block)
            mark.cursor = cursor
            look = QTextCharFormat()
            ground = QColor(self._theme.colour("bad"))
            ground.setAlpha(40)
            look.setBackground(ground)
            look.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            mark.format = look
            marks.append(mark)
        self.text.setExtraSelections(marks)


def line_of(text: str, path: str) -> int:
    """The line, from 1, where a path like `$.properties.a` stands in JSON; 0 when it does not."""
    names: Sequence[str] = [name for name in path.removeprefix("$").split(".") if name]
    place = 0
    for name in names:
        found = text.find(json.dumps(name.split("[")[0], ensure_ascii=False), place)
        if found < 0:
            break
        place = found + 1
    return text.count("\n", 0, place) + 1 if place else 0
