"""The window where a tool is described: its name, what it does, and what it has to be given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import SettingError
from app.core.models.tool import Tool, checked_name, near_name
from app.services.generation.tools import ToolService
from app.ui.theme import Theme
from app.ui.tools.examples import ARGUMENTS
from app.ui.tools.schema_editor import SchemaEditor
from app.ui.widgets.label import Label
from app.ui.widgets.link_button import LinkButton
from app.ui.window.window_size import FittedDialog


class ToolDialog(FittedDialog):
    """Makes a tool, or changes one."""

    def __init__(
        self, tools: ToolService, theme: Theme, tool: Tool | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._earlier = tool.name if tool else ""
        self.setWindowTitle("Edit the tool" if tool else "New tool")
        self.setModal(False)
        self.resize(theme.px(640), theme.px(620))
        self.name = QLineEdit(self._earlier)
        self.name.setPlaceholderText("get_weather")
        self.name.setAccessibleName("Name")
        self.name.setMaxLength(80)
        self.name.setFont(theme.mono(13))
        self.about = QLineEdit(tool.description if tool else "")
        self.about.setPlaceholderText("Tells the weather of a city now")
        self.about.setAccessibleName("What it does")
        self.trouble = Label(theme, colour="bad", size=12, wraps=True)
        self.nearest = LinkButton(theme, "")
        self.nearest.hide()
        self.saved: Tool | None = None
        self.editor = SchemaEditor(theme, ARGUMENTS, tool.schema if tool else None)
        self.save = QPushButton("Save")
        self.save.setProperty("look", "primary")
        cancel = QPushButton("Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        says = "The model asks for it by name; you see the call and type what it found."
        column.addWidget(Label(theme, says, colour="muted", size=13, wraps=True))
        column.addSpacing(8)
        column.addWidget(_heading(theme, "Name"))
        column.addWidget(self.name)
        column.addWidget(self.trouble)
        column.addWidget(self.nearest)
        column.addSpacing(4)
        column.addWidget(_heading(theme, "What it does"))
        column.addWidget(self.about)
        says = "The model reads this to decide when to ask for it."
        column.addWidget(Label(theme, says, colour="muted", size=12))
        column.addSpacing(4)
        column.addWidget(_heading(theme, "What it has to be given"))
        column.addWidget(self.editor, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.save)
        column.addSpacing(6)
        column.addLayout(row)
        for button in (self.save, cancel):
            button.setAutoDefault(False)
        self.name.textChanged.connect(self._on_changed)
        self.nearest.clicked.connect(self._on_nearest_clicked)
        self.editor.checked.connect(self._on_checked)
        self.save.clicked.connect(self._on_save_clicked)
        cancel.clicked.connect(self.reject)
        self._is_right = True
        self._on_changed()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_trouble(self) -> str:
        try:
            name = checked_name(self.name.text())
        except SettingError as error:
            return str(error)
        if name != self._earlier and self._tools.tool(name) is not None:
            return f"There is a tool called {name} already."
        return ""

    def _on_changed(self) -> None:
        trouble = self._name_trouble()
        is_empty = not self.name.text().strip()
        self.trouble.setText("" if is_empty else trouble)
        self.trouble.setVisible(bool(self.trouble.text()))
        near = near_name(self.name.text()) if trouble else ""
        is_other = bool(near) and near != self.name.text().strip()
        self.nearest.show_title(f"Call it {near}" if is_other else "")
        self.save.setEnabled(not trouble and self._is_right)

    def _on_nearest_clicked(self) -> None:
        self.name.setText(near_name(self.name.text()))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_checked(self, is_right: bool) -> None:
        self._is_right = is_right
        self._on_changed()

    def _on_save_clicked(self) -> None:
        schema = self.editor.schema()
        if schema is None or self._name_trouble():
            return
        self.saved = self._tools.save(self.name.text(), self.about.text(), schema, self._earlier)
        self.accept()


def _heading(theme: Theme, text: str) -> Label:
    return Label(theme, text, weight=QFont.Weight.DemiBold)
