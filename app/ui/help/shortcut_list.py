"""Every key, by section, with a filter: the same list in the help window and the settings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.commands.registry import Registry
from app.ui.theme import Theme
from app.ui.widgets.clear_button import add_clear_button

NUMBERED = "conversation.open_"
FIXED = (
    ("Send the message", "Enter", "Or Ctrl+Enter, as chosen in Settings, Writing."),
    ("New line", "Shift+Enter", "Starts a new line in the box."),
    ("Edit the last question", "Up", "In an empty box."),
)
"""Keys of the text box, which are no commands because they depend on what is in it."""


class ShortcutList(QWidget):
    """Commands with their keys; typing narrows them down."""

    def __init__(self, registry: Registry, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by name or key")
        self.filter.setAccessibleName("Filter the shortcuts")
        add_clear_button(self.filter, "Clear the filter")
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Keyboard shortcuts")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(12)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        self._fill(registry)
        self.filter.textChanged.connect(self._on_filter_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _fill(self, registry: Registry) -> None:
        sections: dict[str, QTreeWidgetItem] = {}
        rows = [
            (c.section, c.title, c.keys, c.help)
            for c in registry.commands()
            if c.keys and not c.id.startswith(NUMBERED)
        ]
        rows.append(
            ("Conversations", "Open conversation 1 … 9 of the list", ("Ctrl+1", "Ctrl+9"), "")
        )
        rows += [("Writing", title, (key,), says) for title, key, says in FIXED]
        for section, title, keys, says in rows:
            if section not in sections:
                sections[section] = QTreeWidgetItem(self.tree, [section])
                nameless = Qt.ItemDataRole.AccessibleTextRole
                sections[section].setData(1, nameless, "A group of shortcuts")
            shown = ("  …  " if "…" in title[:-1] else "  or  ").join(
                QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys
            )
            item = QTreeWidgetItem(sections[section], [title.removesuffix("…"), shown])
            item.setToolTip(0, says)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.tree.expandAll()

    def _on_filter_changed(self, text: str) -> None:
        wanted = text.casefold().split()
        for number in range(self.tree.topLevelItemCount()):
            section = self.tree.topLevelItem(number)
            if section is None:
                continue
            is_any = False
            for place in range(section.childCount()):
                item = section.child(place)
                if item is None:
                    continue
                hay = f"{item.text(0)} {item.text(1)}".casefold()
                is_shown = all(word in hay for word in wanted)
                item.setHidden(not is_shown)
                is_any = is_any or is_shown
            section.setHidden(not is_any)

    def _on_theme_changed(self) -> None:
        height = QSize(0, self._theme.px(26))
        for number in range(self.tree.topLevelItemCount()):
            section = self.tree.topLevelItem(number)
            if section is not None:
                section.setSizeHint(0, height)
                section.setFont(0, self._theme.font(12, QFont.Weight.DemiBold))
                section.setForeground(0, self._theme.colour("muted"))
