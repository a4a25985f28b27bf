"""The help window: the manual, page by page, and every key.

Needs no network and loads nothing but its pages.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTextBrowser,
    QWidget,
)

from app.commands.registry import Registry
from app.ui.help.shortcut_list import ShortcutList
from app.ui.theme import Theme
from app.ui.widgets.link_dialog import open_link
from app.ui.window.window_size import FittedDialog, grown

SHORTCUTS = "shortcuts"


class ManualBrowser(QTextBrowser):
    """Shows a page. Refuses every picture, style sheet and file a page might name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("Manual page")

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return QImage()
        return ""


class HelpDialog(FittedDialog):
    """Pages at the left, the page at the right."""

    def __init__(self, registry: Registry, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("Manual")
        self.setModal(False)
        self.resize(grown(self, theme, 920, 680))
        self.pages = QListWidget()
        self.pages.setAccessibleName("Pages of the manual")
        self.pages.setFixedWidth(theme.px(220))
        self.pages.setProperty("look", "side")
        self.browser = ManualBrowser()
        self.browser.document().setDocumentMargin(24)
        self.shortcuts = ShortcutList(registry, theme)
        self.shortcuts.setContentsMargins(24, 20, 24, 20)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.browser)
        self.stack.addWidget(self.shortcuts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pages)
        row.addWidget(self.stack, 1)
        self._fill()
        self.pages.currentItemChanged.connect(self._on_page_chosen)
        self.browser.anchorClicked.connect(self._on_anchor_clicked)
        theme.changed.connect(self._on_theme_changed)

    def show_page(self, name: str = "", anchor: str = "") -> None:
        """Turns to a page by its name, or to `shortcuts`; the first page without one, unless one
        is open."""
        if not name and self.pages.currentItem() is not None:
            return
        for row in range(self.pages.count()):
            known = str(self.pages.item(row).data(256))
            if not name or known == name or known.partition("-")[2] == name:
                self.pages.setCurrentRow(row)
                break
        if anchor:
            self.browser.scrollToAnchor(anchor)

    def show_heading(self, name: str, title: str) -> None:
        """Turns to a page and to one of its headings, by its words."""
        from app.render.manual import page

        anchors = {t: anchor for _, anchor, t in page(name, self._colours()).headings}
        self.show_page(name, anchors.get(title, ""))

    def _fill(self) -> None:
        from app.render.manual import page, page_names

        entries = [
            (name, page(name, self._colours()).title)
            for name in page_names()
            if not name.endswith(SHORTCUTS)
        ]
        for name, title in [*entries, (SHORTCUTS, "Keyboard shortcuts")]:
            item = QListWidgetItem(title)
            item.setData(256, name)
            self.pages.addItem(item)

    def _colours(self) -> dict[str, str]:
        names = ("text", "muted", "accent", "line", "code", "panel")
        return {name: str(getattr(self._theme.colours, name)) for name in names}

    def _on_page_chosen(self) -> None:
        item = self.pages.currentItem()
        if item is None:
            return
        name = str(item.data(256))
        if name == SHORTCUTS:
            self.stack.setCurrentWidget(self.shortcuts)
            return
        from app.render.manual import page

        self.browser.setHtml(page(name, self._colours()).html)
        self.stack.setCurrentWidget(self.browser)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme():
            open_link(url.toString(), self, self._theme)
            return
        name = url.path().removesuffix(".md")
        if name:
            self.show_page(name, url.fragment())
        else:
            self.browser.scrollToAnchor(url.fragment())

    def _on_theme_changed(self) -> None:
        self._on_page_chosen()
