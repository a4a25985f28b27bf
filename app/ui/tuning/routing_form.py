"""Wishes about the hosts behind a gateway: who may answer, what they may keep, what it may cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.providers.parameters.routing import NEUTRAL, QUANTIZATIONS, clean_routing, joined
from app.ui.theme import Theme
from app.ui.tuning.routing_fields import Editor, Names, OneOf, OnOff, Prices, SomeOf
from app.ui.widgets.label import Label

_KEEP = ((None, "as my account says"), ("deny", "no"), ("allow", "yes"))
_SORTS = (
    (None, "its own balance"),
    ("price", "cheapest"),
    ("latency", "first word"),
    ("throughput", "speed"),
)
WISHES: Mapping[str, tuple[str, str]] = {
    "data_collection": (
        "May hosts keep what you write?",
        "“No” leaves out every host that stores questions or learns from them.",
    ),
    "zdr": (
        "Only hosts that keep nothing",
        "Hosts that promise to forget question and answer at once. There are fewer of them.",
    ),
    "require_parameters": (
        "Only hosts that heed every dial",
        "Otherwise a host may leave out a dial it does not know, without saying so.",
    ),
    "sort": ("Prefer", "What decides between the hosts that are left."),
    "order": ("Ask first", "Hosts in the order in which they are tried."),
    "only": ("Ask only", "No other host gets the question."),
    "ignore": ("Never ask", "These hosts never get the question."),
    "allow_fallbacks": (
        "Let others answer when these fail",
        "Off: when the hosts asked first do not answer, the question fails and you decide.",
    ),
    "max_price": (
        "Highest price for 1,000,000 tokens",
        "Dearer hosts are not asked; when none is left, the question is refused.",
    ),
    "quantizations": (
        "Precision",
        "How finely a host keeps the model's numbers; a coarser one is cheaper and less exact.",
    ),
    "models": (
        "Other models when this one fails",
        "Tried in order, each at its own price. The answer says which model wrote it.",
    ),
    "allow_compression": (
        "Let OpenRouter shorten long conversations",
        "Models that read only 8K: OpenRouter drops the middle of a conversation that is too long,"
        " without a word. Off: such a question is refused, and you decide what to leave out.",
    ),
}
"""Each wish's title and what it means, in the order of the form."""
_EXAMPLES = {
    "order": "deepinfra, together",
    "only": "deepinfra",
    "ignore": "the names as OpenRouter writes them",
    "models": "google/gemma-3-27b-it",
}


class RoutingForm(QWidget):
    """All wishes. `changed` carries the own ones; what is as in `general` is not among them."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._general: dict[str, Any] = {}
        self.editors: dict[str, Editor] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for name, (title, says) in WISHES.items():
            editor = self.editors[name] = self._editor(name, title)
            editor.changed.connect(self._on_changed)
            editor.setToolTip(says)
            column.addLayout(self._row(editor, title, says))

    def show_routing(self, own: object, general: object = None) -> None:
        """Shows the wishes in force: own ones over general ones."""
        self._general = clean_routing(general)
        routing_choices = joined(self._general, own)
        for name, editor in self.editors.items():
            editor.show_value(routing_choices.get(name))

    def routing_choices(self) -> dict[str, Any]:
        """The own wishes; an empty one stands for a general wish that is taken away."""
        found: dict[str, Any] = {}
        for name, editor in self.editors.items():
            value = editor.value()
            if value == self._general.get(name):
                continue
            found[name] = value if value is not None else NEUTRAL.get(name, [])
        return found

    def _editor(self, name: str, title: str) -> Editor:
        if name == "data_collection":
            return OneOf(self._theme, _KEEP, title)
        if name == "sort":
            return OneOf(self._theme, _SORTS, title)
        if name == "quantizations":
            return SomeOf(self._theme, QUANTIZATIONS, title)
        if name == "max_price":
            return Prices(self._theme)
        if name in NEUTRAL:
            return OnOff(self._theme, title, neutral=bool(NEUTRAL[name]))
        return Names(title, _EXAMPLES[name])

    def _row(self, editor: Editor, title: str, says: str) -> QVBoxLayout:
        head = Label(self._theme, title, size=13, weight=QFont.Weight.DemiBold, wraps=True)
        words = Label(self._theme, says, colour="muted", size=12, wraps=True)
        row = QVBoxLayout()
        row.setSpacing(4)
        if isinstance(editor, OnOff):
            line = QHBoxLayout()
            line.addWidget(head, 1)
            line.addWidget(editor, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(line)
            row.addWidget(words)
        else:
            row.addWidget(head)
            row.addWidget(words)
            row.addWidget(editor)
        return row

    def _on_changed(self) -> None:
        self.changed.emit(self.routing_choices())
