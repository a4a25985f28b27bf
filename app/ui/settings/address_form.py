"""The form that adds an address of the user's own: a local server, or any OpenAI-compatible
service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.core.errors import AppError
from app.services.models.discovery import DiscoveryService
from app.services.models.models import ModelService
from app.ui.settings.controls import ChoiceRow
from app.ui.settings.dialect_row import TITLES
from app.ui.theme import Theme
from app.ui.widgets.page import text_label
from app.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from app.providers.catalogue.probe import Found


class AddressForm(QFrame):
    """Adds an address; what is wrong with it is said below the field. `added(provider_id)`.

    `grew`: it says more than before and takes more room.
    """

    added = Signal(str)
    grew = Signal()

    def __init__(self, models: ModelService, discovery: DiscoveryService, theme: Theme) -> None:
        super().__init__()
        self._models = models
        self._discovery = discovery
        self.setProperty("look", "card")
        self.setAccessibleName("Add an address")
        self.address = QLineEdit()
        self.address.setPlaceholderText("http://localhost:11434/v1")
        self.address.setAccessibleName("Address")
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name, if you like")
        self.name.setAccessibleName("Name")
        self.needs_key = Switch(theme)
        self.needs_key.setAccessibleName("Needs a key")
        self.needs_key.show_value(False)
        self.dialect = ChoiceRow(theme, list(TITLES), list(TITLES.values()), "Dialect")
        self.dialect.chosen.connect(self._on_dialect_chosen)
        self._dialect = ""
        self._choose("chat")
        self.find_out = QPushButton("Find out")
        self.find_out.setProperty("look", "quiet")
        self.find_out.setAccessibleName("Find out what the address speaks")
        self.find_out.setToolTip(
            "Asks the address what it speaks; no question is sent and nothing is spent"
        )
        self.found = text_label("", "small")
        self.found.hide()
        self.add = QPushButton("Add")
        self.add.setProperty("look", "primary")
        self.error = text_label("", "error")
        self.error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(text_label("Add an address of your own", "heading"))
        column.addWidget(
            text_label(
                "Ollama, LM Studio, llama.cpp, vLLM on this computer, or any service that speaks "
                "one of these languages; most speak Chat Completions. Unencrypted http is accepted "
                "only on this computer and your own network.",
                "muted",
            )
        )
        column.addWidget(self.address)
        column.addWidget(self.error)
        line = QHBoxLayout()
        line.addWidget(self.dialect)
        line.addWidget(self.find_out)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.found)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.needs_key)
        row.addWidget(text_label("Needs a key"))
        row.addWidget(self.add)
        column.addLayout(row)
        self.add.clicked.connect(self._on_add_clicked)
        self.address.returnPressed.connect(self._on_add_clicked)
        self.address.textChanged.connect(self._on_address_changed)
        self.find_out.clicked.connect(self._on_find_out_clicked)
        discovery.probed.connect(self._on_probed)
        discovery.unprobed.connect(self._on_unprobed)
        self._on_address_changed("")

    def _choose(self, dialect: str) -> None:
        self._dialect = dialect
        self.dialect.show_value(dialect)

    def _say(self, words: str) -> None:
        self.found.setText(words)
        self.found.setVisible(bool(words))
        if words:
            self.grew.emit()

    def _on_address_changed(self, text: str) -> None:
        self.error.hide()
        self._say("")
        self.find_out.setEnabled(bool(text.strip()))

    def _on_find_out_clicked(self) -> None:
        self.error.hide()
        self._say("Asking…")
        self.find_out.setEnabled(False)
        self._discovery.probe(self.address.text().strip())

    def _on_probed(self, address: str, found: Found) -> None:
        if address != self.address.text().strip():
            return
        text = found.text
        if found.base_url != address:
            self.address.setText(found.base_url)
            text = f"{text} The address is {found.base_url}."
        self._choose(found.dialects[0])
        self.needs_key.show_value(found.needs_key)
        self.find_out.setEnabled(True)
        self._say(text)

    def _on_unprobed(self, address: str, words: str) -> None:
        if address == self.address.text().strip():
            self._say("")
            self.find_out.setEnabled(True)
            self.error.setText(words)
            self.error.show()

    def _on_dialect_chosen(self, dialect: object) -> None:
        self._dialect = str(dialect)

    def _on_add_clicked(self) -> None:
        try:
            profile = self._models.add_custom(
                self.address.text().strip(),
                self.name.text().strip(),
                self.needs_key.isChecked(),
                self._dialect,
            )
        except AppError as error:
            self.error.setText(f"{error.message} {error.hint}".strip())
            self.error.show()
            self.address.setFocus()
            return
        self.address.clear()
        self.name.clear()
        self.needs_key.show_value(False)
        self._choose("chat")
        self.added.emit(profile.id)
