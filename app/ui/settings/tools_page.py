"""The page of tools: what a model may ask for, described by the user."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.models.tool import Tool
from app.services.services import Services
from app.ui.theme import Theme
from app.ui.widgets.label import Label
from app.ui.widgets.page import Page

ABOUT = (
    "A tool is something a model may ask you for while it answers: today's weather, a price, a "
    "line of your own notes. You describe it here and switch it on among the dials of a "
    "conversation. When the model asks, you see what it wants and type or paste the answer. "
    "Facet never runs a program for it."
)
KEPT = "Tools are kept in your history, and go to the provider only where they are switched on."


class ToolsPage(Page):
    """A card for each tool, with edit and remove."""

    def __init__(self, services: Services, theme: Theme) -> None:
        super().__init__("tools", "Tools", ABOUT, KEPT)
        self._tools = services.tools
        self._theme = theme
        self.words += " tools functions calls JSON schema mcp"
        self.new = QPushButton("New tool…")
        self.new.setProperty("look", "primary")
        self.new.clicked.connect(self._on_new_clicked)
        row = QHBoxLayout()
        row.addWidget(self.new)
        row.addStretch(1)
        self.column.addLayout(row)
        self.gone = Label(theme, colour="muted", wraps=True)
        self.undo = QPushButton("Undo")
        self.undo.setProperty("look", "quiet")
        self.undo.clicked.connect(self._on_undo_clicked)
        self._undo_row = QFrame()
        self._undo_row.setProperty("look", "card")
        inside = QHBoxLayout(self._undo_row)
        inside.setContentsMargins(14, 6, 8, 6)
        inside.addWidget(self.gone, 1)
        inside.addWidget(self.undo)
        self._undo_row.hide()
        self.column.addWidget(self._undo_row)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addLayout(self._list)
        self.cards: list[ToolCard] = []
        self._tools.listed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        self._undo_row.setVisible(self._tools.can_restore and bool(self.gone.text()))
        for tool in self._tools.tools():
            card = ToolCard(tool, self._theme)
            card.edit.clicked.connect(self._on_edit_clicked)
            card.remove.clicked.connect(self._on_remove_clicked)
            self._list.addWidget(card)
            self.cards.append(card)

    def edit(self, tool: Tool | None) -> None:
        """Opens the window where a tool is described; None for a new one."""
        from app.ui.tools.tool_dialog import ToolDialog

        dialog = ToolDialog(self._tools, self._theme, tool, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _card_of(self, button: QObject | None) -> ToolCard:
        return next(card for card in self.cards if button in (card.edit, card.remove))

    def _on_new_clicked(self) -> None:
        self.edit(None)

    def _on_edit_clicked(self) -> None:
        self.edit(self._card_of(self.sender()).tool)

    def _on_remove_clicked(self) -> None:
        name = self._card_of(self.sender()).tool.name
        self.gone.setText(f"{name} is removed.")
        self._tools.remove(name)

    def _on_undo_clicked(self) -> None:
        self._tools.restore()


class ToolCard(QFrame):
    """A tool's name, what it does, and its two buttons."""

    def __init__(self, tool: Tool, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = tool
        self.setProperty("look", "card")
        name = Label(theme, tool.name, weight=QFont.Weight.DemiBold)
        about = Label(theme, tool.description or "No description.", colour="muted", wraps=True)
        fields = tool.schema.get("properties")
        names = ", ".join(map(str, fields)) if isinstance(fields, dict) and fields else "nothing"
        given = Label(theme, f"Takes {names}", colour="muted", size=12)
        self.edit = QPushButton("Edit…")
        self.edit.setAccessibleName(f"Edit {tool.name}")
        self.remove = QPushButton("Remove")
        self.remove.setAccessibleName(f"Remove {tool.name}")
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (name, about, given):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.edit)
        row.addWidget(self.remove)
