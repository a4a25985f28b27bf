"""The quiet choice of the dialect a provider is spoken to in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.models.models import ModelService
from app.ui.settings.controls import ChoiceRow
from app.ui.theme import Theme
from app.ui.widgets.page import text_label

TITLES = {"chat": "Chat Completions", "responses": "Responses", "messages": "Messages"}
EXPLAINED = {
    "chat": "Nearly every service and model understands this one. Right unless you know better.",
    "responses": "OpenAI's newer way of asking. Some dials are not part of it.",
    "messages": "Anthropic's way of asking, made for Claude models. Some dials are not part of it.",
}


class DialectRow(QWidget):
    """One line that says the dialect in use, and opens to the choice."""

    def __init__(self, provider_id: str, models: ModelService, theme: Theme) -> None:
        super().__init__()
        self._provider_id = provider_id
        self._models = models
        offered = models.dialects_of(provider_id)
        name = models.profile(provider_id).name
        self.open = QPushButton()
        self.open.setProperty("look", "quiet")
        self.open.setProperty("edge", "left")
        self.open.setCheckable(True)
        self.choice = ChoiceRow(
            theme, offered, [TITLES[dialect] for dialect in offered], f"Speak with {name} in"
        )
        self.says = text_label("", "small")
        head = QHBoxLayout()
        head.addWidget(self.open)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.choice)
        column.addWidget(self.says)
        self.setVisible(len(offered) > 1)
        self.open.toggled.connect(self._on_toggled)
        self.choice.chosen.connect(self._on_chosen)
        self._on_toggled(is_open=False)
        self._show()

    def _show(self) -> None:
        dialect = self._models.profile(self._provider_id).dialect
        self.open.setText(f"Speaks {TITLES[dialect]}")
        self.open.setAccessibleName(f"Speaks {TITLES[dialect]}: choose another way of asking")
        self.choice.show_value(dialect)
        self.says.setText(EXPLAINED[dialect])

    def _on_toggled(self, is_open: bool) -> None:
        for widget in (self.choice, self.says):
            widget.setVisible(is_open)

    def _on_chosen(self, dialect: object) -> None:
        self._models.speak(self._provider_id, str(dialect))
        self._show()
