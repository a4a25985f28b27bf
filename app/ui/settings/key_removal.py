"""The line under a provider's key after one was removed, with a way back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.services.keys.keys import KeyService
from app.ui.widgets.page import text_label


class KeyRemoval(QWidget):
    """Offers to bring a key back while it is still in memory."""

    def __init__(self, provider_id: str, keys: KeyService) -> None:
        super().__init__()
        self._provider_id = provider_id
        self._keys = keys
        self.words = text_label("", "small")
        self.undo = QPushButton("Undo")
        self.undo.setProperty("look", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        self.undo.clicked.connect(self._on_undo_clicked)
        keys.changed.connect(self._on_changed)
        keys.removal_over.connect(self._on_changed)
        self._on_changed(provider_id)

    def _on_changed(self, provider_id: str) -> None:
        if provider_id != self._provider_id:
            return
        key = self._keys.removed(provider_id)
        if key is not None:
            called = f"The key “{key.name}”" if key.name else f"The key ending in …{key.last4}"
            self.words.setText(
                f"{called} was removed. For a minute it is held in memory and can come back."
            )
            self.undo.setAccessibleName(f"Bring the key …{key.last4} back")
        self.setVisible(key is not None)

    def _on_undo_clicked(self) -> None:
        self._keys.undo_removal(self._provider_id)
