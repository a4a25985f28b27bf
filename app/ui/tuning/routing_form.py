"""Wishes about the hosts behind a gateway: who may answer, what they may keep, what it may cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.providers.parameters.routing import NEUTRAL, QUANTIZATIONS, clean_routing, joined
from app.ui.theme import Theme
from app.ui.tuning.routing_fields import Editor, Names, OneOf, OnOff, Prices, SomeOf
from app.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish about hosts as the form shows it; `example` stands in a field of names."""

    title: str
    says: str
    example: str = ""


_KEEP = ((None, "as my account says"), ("deny", "no"), ("allow", "yes"))
_SORTS = (
    (None, "its own balance"),
    ("price", "cheapest"),
    ("latency", "first word"),
    ("throughput", "speed"),
)
WISHES: Mapping[str, Wish] = {
    "data_collection": Wish(
        "May hosts keep what you write?",
        "“No” leaves out every host that stores questions or learns from them.",
    ),
    "zdr": Wish(
        "Only hosts that keep nothing",
        "Hosts that promise to forget question and answer at once. There are fewer of them.",
    ),
    "require_parameters": Wish(
        "Only hosts that heed every dial",
        "Otherwise a host may leave out a dial it does not know, without saying so.",
    ),
    "sort": Wish("Prefer", "What decides between the hosts that are left."),
    "order": Wish(
        "Ask first", "Hosts in the order in which they are tried.", example="deepinfra, together"
    ),
    "only": Wish("Ask only", "No other host gets the question.", example="deepinfra"),
    "ignore": Wish(
        "Never ask",
        "These hosts never get the question.",
        example="the names as OpenRouter writes them",
    ),
    "allow_fallbacks": Wish(
        "Let others answer when these fail",
        "Off: when the hosts asked first do not answer, the question fails and you decide.",
    ),
    "max_price": Wish(
        "Highest price for 1,000,000 tokens",
        "Dearer hosts are not asked; when none is left, the question is refused.",
    ),
    "quantizations": Wish(
        "Precision",
        "How finely a host keeps the model's numbers; a coarser one is cheaper and less exact.",
    ),
    "models": Wish(
        "Other models when this one fails",
        "Tried in order, each at its own price. The answer says which model wrote it.",
        example="google/gemma-3-27b-it",
    ),
    "allow_compression": Wish(
        "Let OpenRouter shorten long conversations",
        "Models that read only 8K: OpenRouter drops the middle of a conversation that is too long,"
        " without a word. Off: such a question is refused, and you decide what to leave out.",
    ),
}
"""Every wish by its name in a request, in the order of the form."""


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
        for name, wish in WISHES.items():
            editor = self.editors[name] = self._editor(name, wish)
            editor.changed.connect(self._on_changed)
            editor.setToolTip(wish.says)
            column.addLayout(self._row(editor, wish))

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

    def finish(self) -> None:
        """Takes what is typed and valid, as leaving its field does."""
        for field in self.findChildren(QLineEdit):
            field.editingFinished.emit()

    def _editor(self, name: str, wish: Wish) -> Editor:
        if name == "data_collection":
            return OneOf(self._theme, _KEEP, wish.title)
        if name == "sort":
            return OneOf(self._theme, _SORTS, wish.title)
        if name == "quantizations":
            return SomeOf(self._theme, QUANTIZATIONS, wish.title)
        if name == "max_price":
            return Prices(self._theme)
        if name in NEUTRAL:
            return OnOff(self._theme, wish.title, neutral=bool(NEUTRAL[name]))
        return Names(wish.title, wish.example)

    def _row(self, editor: Editor, wish: Wish) -> QVBoxLayout:
        head = Label(self._theme, wish.title, size=13, weight=QFont.Weight.DemiBold, wraps=True)
        words = Label(self._theme, wish.says, colour="muted", size=12, wraps=True)
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
