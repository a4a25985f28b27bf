"""The card that looks for model servers on this computer and adds what it found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.services.services import Services
from app.ui.theme import Theme
from app.ui.widgets.button_icon import put_icon
from app.ui.widgets.page import text_label

if TYPE_CHECKING:
    from app.providers.catalogue.discovery import FoundServer

ABOUT = (
    "Ollama, LM Studio, llama.cpp and vLLM serve models on your own computer, free and offline. "
    "Facet looks only when you press the button, and only on this computer."
)
NOTHING = (
    "No server answers here. Start one first: in a terminal “ollama serve”, or in LM Studio the "
    "Developer page and “Start server”. A server elsewhere can be added below by its address."
)


class DiscoveryBox(QFrame):
    """Looks and lists; `added(provider_id)` names what was taken into the list of providers."""

    added = Signal(str)

    def __init__(self, services: Services, theme: Theme) -> None:
        super().__init__()
        self._services = services
        self._theme = theme
        self.setProperty("look", "card")
        self.setAccessibleName("Servers on this computer")
        self.look = QPushButton("Look for servers on this computer")
        self.says = text_label("", "muted")
        self.says.hide()
        self.buttons: list[QPushButton] = []
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.setSpacing(8)
        self._column.addWidget(text_label("On this computer", "heading"))
        self._column.addWidget(text_label(ABOUT, "muted"))
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self.says)
        self.look.clicked.connect(self._on_look_clicked)
        services.discovery.found.connect(self._on_found)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _say(self, words: str) -> None:
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def _on_look_clicked(self) -> None:
        self._clear()
        self.look.setEnabled(False)
        self._say("Looking…")
        self._services.discovery.look()

    def _on_found(self, servers: Sequence[FoundServer]) -> None:
        self.look.setEnabled(True)
        self._clear()
        self._say("" if servers else NOTHING)
        known = {profile.base_url for profile in self._services.models.profiles()}
        for server in servers:
            self._add_row(server, is_known=server.address in known)

    def _add_row(self, server: FoundServer, *, is_known: bool) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = server.name[:1].upper() + server.name[1:]
        words.addWidget(text_label(f"{name} · {server.address}"))
        words.addWidget(text_label(models_text(server.models), "small"))
        line.addLayout(words, 1)
        button = QPushButton("In the list" if is_known else "Add")
        button.setAccessibleName(f"{button.text()}: {name}")
        button.setEnabled(not is_known)
        button.clicked.connect(partial(self._on_add_clicked, server, button))
        line.addWidget(button)
        self._column.addWidget(row)
        row.show()
        self._rows.append(row)
        self.buttons.append(button)

    def _on_add_clicked(self, server: FoundServer, button: QPushButton) -> None:
        models = self._services.models
        name = "" if server.name == "a model server" else server.name
        try:
            profile = models.add_custom(server.address, name)
        except AppError as error:
            self._say(f"{error.message} {error.hint}".strip())
            return
        button.setText("In the list")
        button.setEnabled(False)
        models.refresh(profile.id)
        self.added.emit(profile.id)

    def _clear(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows.clear()
        self.buttons.clear()

    def _on_theme_changed(self) -> None:
        put_icon(self.look, self._theme, "search", "text", 16)


def models_text(models: Sequence[str]) -> str:
    """The first models by name and how many more there are."""
    if not models:
        return "No model is loaded or downloaded there yet."
    shown = ", ".join(name[:60] for name in models[:3])
    more = len(models) - 3
    return f"{shown} and {more} more" if more > 0 else shown
