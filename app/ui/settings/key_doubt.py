"""The question what to do with a new key whose test did not pass."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.keys.key_trials import KeyTrials
from app.ui.widgets.page import text_label


class KeyDoubt(QWidget):
    """Says why a new key was not taken; the one in use stays unless the user wants otherwise."""

    def __init__(self, provider_id: str, trials: KeyTrials) -> None:
        super().__init__()
        self._provider_id = provider_id
        self._trials = trials
        self.words = text_label("", "error")
        self.drop = QPushButton("Keep the old key")
        self.take = QPushButton("Use the new one all the same")
        self.take.setProperty("look", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.drop)
        row.addWidget(self.take)
        row.addStretch(1)
        column.addLayout(row)
        self.drop.clicked.connect(self._on_drop_clicked)
        self.take.clicked.connect(self._on_take_clicked)
        trials.doubted.connect(self._on_doubted)
        trials.settled.connect(self._on_settled)
        self.hide()

    def _on_doubted(self, provider_id: str, words: str) -> None:
        if provider_id == self._provider_id:
            self.words.setText(words)
            self.show()

    def _on_settled(self, provider_id: str) -> None:
        if provider_id == self._provider_id:
            self.hide()

    def _on_drop_clicked(self) -> None:
        self._trials.drop(self._provider_id)

    def _on_take_clicked(self) -> None:
        self._trials.take_doubted(self._provider_id)
