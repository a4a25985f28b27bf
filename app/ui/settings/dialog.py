"""The settings window: searchable pages at the left; what is chosen applies at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.commands.registry import Registry
from app.core.text.fuzzy import folded
from app.paths import Folders
from app.services.services import Services
from app.ui.help.shortcut_list import ShortcutList
from app.ui.settings.about_page import AboutPage
from app.ui.settings.form_page import FormPage
from app.ui.settings.providers_page import ProvidersPage
from app.ui.settings.routing_page import RoutingPage
from app.ui.settings.tools_page import ToolsPage
from app.ui.theme import Theme
from app.ui.widgets.clear_button import add_clear_button
from app.ui.widgets.page import Page, text_label
from app.ui.window.window_size import FittedDialog, grown

SIZE = (860, 660)
PRIVACY = (
    "Facet talks only to the provider you ask, when you ask. There is no telemetry and no "
    "account. Conversations "
    "lie unencrypted in one file on this computer, readable by your user account only; if others"
    " can reach your "
    "disk, turn on the disk encryption of your system. Keys are in the system's keychain, not in"
    " that file."
)
ICONS = {
    "providers": "plug",
    "tools": "wrench",
    "appearance": "sun",
    "writing": "pencil",
    "reading": "book-open",
    "privacy": "lock",
    "routing": "git-branch",
    "shortcuts": "command",
    "about": "info",
}


class SettingsDialog(FittedDialog):
    """A window of its own that never blocks the other one."""

    def __init__(
        self,
        services: Services,
        registry: Registry,
        theme: Theme,
        folders: Folders | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._registry = registry
        self.setWindowTitle("Settings")
        self.setModal(False)
        self._given = grown(self, theme, *SIZE)
        self.resize(self._given)
        settings = services.settings
        shortcuts = Page("shortcuts", "Shortcuts", "Every key of Facet.", "The keys are built in.")
        shortcuts.words += " keyboard keys hotkeys keybindings"
        listing = ShortcutList(registry, theme)
        listing.setMinimumHeight(420)
        shortcuts.column.addWidget(listing)
        providers = ProvidersPage(services, theme)
        providers.models_wanted.connect(self._on_models_wanted)
        self.pages: list[Page] = [
            providers,
            FormPage("Appearance", "", settings, theme),
            FormPage("Writing", "", settings, theme),
            FormPage("Reading", "", settings, theme),
            FormPage("Privacy", PRIVACY, settings, theme),
            RoutingPage(settings, theme),
            ToolsPage(services, theme),
            shortcuts,
            AboutPage(settings, theme, folders),
        ]
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search settings")
        self.search.setAccessibleName("Search settings")
        add_clear_button(self.search, "Clear the search")
        self.list = QListWidget()
        self.list.setAccessibleName("Pages")
        self.list.setProperty("look", "side")
        self.stack = QStackedWidget()
        for page in self.pages:
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
            self.list.addItem(item)
            self.stack.addWidget(page)
        side = QVBoxLayout()
        side.setContentsMargins(12, 12, 12, 12)
        side.setSpacing(10)
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        self._side = QFrame()
        self._side.setProperty("look", "zone")
        self._side.setLayout(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        self.nothing = text_label("Nothing found.", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.nothing.setContentsMargins(28, 24, 28, 24)
        self.nothing.hide()
        row.addWidget(self.stack, 1)
        row.addWidget(self.nothing, 1)
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.search.textChanged.connect(self._on_search_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.list.setCurrentRow(0)

    def _on_models_wanted(self, provider_id: str) -> None:
        self.close()
        self._registry.run("model.choose", provider_id)

    def show_page(self, name: str = "", provider_id: str = "") -> None:
        """Turns to a page by its name, and on the page of providers to one of them."""
        for number, page in enumerate(self.pages):
            if page.name == name:
                self.search.clear()
                self.list.setCurrentRow(number)
                if provider_id and isinstance(page, ProvidersPage):
                    page.show_provider(provider_id)

    def show_setting(self, key: str) -> None:
        """Brings the row of a setting into view and puts the keyboard into it."""
        for page in self.pages:
            if isinstance(page, FormPage) and key in page.rows:
                page.show_row(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter stays with the field it is pressed in: a form here has no one button for it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _on_search_changed(self, text: str) -> None:
        """Leaves the pages that hold every word, and turns to the first of them."""
        wanted = folded(text).split()
        shown = []
        for number, page in enumerate(self.pages):
            is_shown = all(word in folded(page.words) for word in wanted)
            self.list.item(number).setHidden(not is_shown)
            if is_shown:
                shown.append(number)
        self.nothing.setVisible(not shown)
        self.stack.setVisible(bool(shown))
        if shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])
        if shown and wanted:
            self.pages[self.list.currentRow()].show_found(wanted)

    def _on_theme_changed(self) -> None:
        """Follows the size of the text both ways; a size the user gave it stays."""
        size = grown(self, self._theme, *SIZE)
        if self.size() == self._given:
            self.resize(size)
        self._given = size
        self._side.setFixedWidth(min(self._theme.px(220), self.width() * 2 // 5))
        icon = self._theme.px(16)
        self.list.setIconSize(QSize(icon, icon))
        for number, page in enumerate(self.pages):
            self.list.item(number).setIcon(self._theme.icon(ICONS[page.name], "muted", icon))
