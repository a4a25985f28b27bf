"""The page about Facet: version, licence, and the folders it keeps its files in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from app import __version__
from app.paths import Folders
from app.services.settings import SettingsService
from app.ui.theme import Theme
from app.ui.widgets.page import Page, text_label

LICENCES = (
    "Facet is free software under the MIT licence. It uses Qt through PySide6 (LGPL), the fonts "
    "Inter and "
    "JetBrains Mono (OFL), icons by Lucide (ISC), and the Python libraries its README lists."
)


class AboutPage(Page):
    """Version and folders; every path can be copied."""

    def __init__(self, settings: SettingsService, theme: Theme, folders: Folders | None) -> None:
        super().__init__("about", "About and data", f"Facet {__version__}", "")
        self.words += " version licence folder file data backup path log"
        self.column.addWidget(text_label(LICENCES))
        self.column.addWidget(text_label("Where your data is", "heading"))
        places = [("Settings", settings.path())]
        if folders is not None:
            places = [
                ("Conversations", str(folders.database)),
                ("Attachments", str(folders.attachments)),
                ("Settings", str(folders.settings)),
                ("Logs", str(folders.logs)),
            ]
        self.paths: dict[str, QLabel] = {}
        for name, path in places:
            row = QHBoxLayout()
            title = text_label(name, "muted")
            title.setFixedWidth(theme.px(110))
            label = text_label(path)
            label.setFont(theme.mono(12))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            copy = QPushButton("Copy")
            copy.setProperty("look", "quiet")
            copy.setObjectName(path)
            copy.setAccessibleName(f"Copy the path of {name}")
            copy.setToolTip("Copy this path")
            copy.clicked.connect(self._on_copy_clicked)
            row.addWidget(title)
            row.addWidget(label, 1)
            row.addWidget(copy)
            self.column.addLayout(row)
            self.paths[name] = label
        self.column.addWidget(
            text_label(
                "To back up, close Facet and copy these folders. Deleted conversations stay in "
                "the file until "
                "they are cleared.",
                "small",
            )
        )

    def _on_copy_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            QGuiApplication.clipboard().setText(sender.objectName())
