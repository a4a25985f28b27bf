"""The fold of the tuning panel that says which tools are on in this conversation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.models.model import Model
from app.core.models.tool import Tool
from app.ui.theme import Theme
from app.ui.tuning.fold import Fold
from app.ui.widgets.label import Label
from app.ui.widgets.plain_text import as_plain
from app.ui.widgets.switch import Switch

NONE = "A tool is something the model may ask you for while it answers. There is none yet."


class ToolsFold(Fold):
    """A switch a tool. `chosen_changed` carries the names that are on; `new_requested` asks for the
    window of a new tool, `edit_requested` for the list of all."""

    chosen_changed = Signal(object)
    new_requested = Signal()
    edit_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Tools")
        self.setParent(parent)
        self.rows: list[ToolRow] = []
        self._chosen: list[str] = []
        self.none = Label(theme, NONE, colour="muted", size=13, wraps=True)
        self.doubt = Label(theme, colour="warn", size=12, wraps=True)
        self.doubt.hide()
        self.new = QPushButton("Describe a tool…")
        self.new.setToolTip("It is on in this conversation as soon as it is saved")
        self.new.clicked.connect(self.new_requested)
        self.edit = QPushButton("Edit tools…")
        self.edit.clicked.connect(self.edit_requested)
        self.edit.hide()
        for button in (self.new, self.edit):
            button.setProperty("look", "quiet")
        self.new.setProperty("edge", "left")
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.content_layout.addWidget(self.none)
        self.content_layout.addLayout(self._list)
        self.content_layout.addWidget(self.doubt)
        last = QHBoxLayout()
        last.setContentsMargins(0, 0, 0, 0)
        last.addWidget(self.new)
        last.addWidget(self.edit)
        last.addStretch(1)
        self.content_layout.addLayout(last)
        self.row.set_note("none")

    def set_tools(self, tools: Sequence[Tool]) -> None:
        """Every tool there is."""
        if [row.tool for row in self.rows] == list(tools):
            return
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for tool in tools:
            row = ToolRow(self._theme, tool)
            row.switch.clicked.connect(self._on_switched)
            self._list.addWidget(row)
            self.rows.append(row)
        self.none.setVisible(not tools)
        self.new.setText("New tool…" if tools else "Describe a tool…")
        self.edit.setVisible(bool(tools))
        self._show()

    def show_chosen(self, names: object, model: Model | None) -> None:
        """The tools that are on, and the route that would be asked."""
        self._chosen = [str(name) for name in names] if isinstance(names, list | tuple) else []
        able = model is None or model.is_able("tools")
        route = model.name if model else ""
        self.doubt.setText(f"{route} is not known to take tools: it may refuse or ignore them.")
        self.doubt.setVisible(bool(self._chosen) and not able)
        self._show()

    def _show(self) -> None:
        for row in self.rows:
            row.switch.show_value(row.tool.name in self._chosen)
        count = sum(row.tool.name in self._chosen for row in self.rows)
        note = f"{count} on" if count else ("off" if self.rows else "none")
        self.row.set_note(note, is_accented=bool(count))

    def _on_switched(self) -> None:
        names = [row.tool.name for row in self.rows if row.switch.isChecked()]
        self.chosen_changed.emit(names)


class ToolRow(QWidget):
    """A tool's name, what it does, and its switch."""

    def __init__(self, theme: Theme, tool: Tool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = tool
        self.switch = Switch(theme)
        self.switch.setAccessibleName(f"Offer {tool.name}")
        name = Label(theme, tool.name, weight=QFont.Weight.DemiBold)
        name.setToolTip(as_plain(tool.name))
        about = Label(theme, tool.description, colour="muted", size=12, wraps=True)
        about.setVisible(bool(tool.description))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(name)
        words.addWidget(about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.switch)
