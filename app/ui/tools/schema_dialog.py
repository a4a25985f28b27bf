"""The window where the shape of answers is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.tools.examples import ANSWERS, Schema
from app.ui.tools.schema_editor import SchemaEditor
from app.ui.widgets.label import Label
from app.ui.window.window_size import FittedDialog

ABOUT = (
    "A schema says which fields an answer has and what may stand in them. The provider is asked "
    "to keep to it, and Facet checks the answer and says how it turned out."
)


class SchemaDialog(FittedDialog):
    """`chosen(schema)` when the user takes it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, schema: Schema | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Answer shape")
        self.setModal(False)
        self.resize(theme.px(640), theme.px(560))
        self.editor = SchemaEditor(theme, ANSWERS, schema)
        self.use = QPushButton("Use this shape")
        self.use.setProperty("look", "primary")
        cancel = QPushButton("Cancel")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(theme, ABOUT, colour="muted", size=13, wraps=True))
        column.addWidget(self.editor, 1)
        column.addLayout(row)
        for button in (self.use, cancel):
            button.setAutoDefault(False)
        self.editor.checked.connect(self.use.setEnabled)
        self.use.clicked.connect(self._on_use_clicked)
        cancel.clicked.connect(self.reject)

    def _on_use_clicked(self) -> None:
        schema = self.editor.schema()
        if schema is not None:
            self.chosen.emit(schema)
            self.accept()
