"""A list of short texts: each a pill that is removed by a click, with a field for one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.tuning.value_box import ValueBox
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.pill import Pill

_SHOWN = {"\n": "⏎", "\t": "⇥"}
_LONGEST = 28


class TextList(QWidget):
    """`texts_changed` carries the whole list after the user added or removed one.

    A typed `\\n` or `\\t` stands for a line break or a tab.
    """

    texts_changed = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: list[str] = []
        self._pills: list[Pill] = []
        self._row = QWidget(self)
        self._flow = Flow(self._row, gap=6)
        self.field = ValueBox(theme, unset_text="add a text and press Enter", parent=self)
        self.field.setAccessibleName(f"{name}: add a text")
        self.field.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.entered.connect(self._on_entered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._row)
        layout.addWidget(self.field)
        self._row.hide()

    def set_texts(self, texts: Sequence[str]) -> None:
        """Shows these texts."""
        if list(texts) == self._texts:
            return
        self._texts = list(texts)
        for pill in self._pills:
            self._flow.removeWidget(pill)
            pill.deleteLater()
        self._pills = []
        for text in self._texts:
            pill = Pill(self._theme, f"{_shown(text)}  ×", parent=self._row)
            pill.setAccessibleName(f"Remove {_shown(text)}")
            pill.setToolTip("Click to remove")
            pill.clicked.connect(self._on_pill_clicked)
            self._flow.addWidget(pill)
            pill.show()
            self._pills.append(pill)
        self._row.setVisible(bool(self._texts))
        self.updateGeometry()

    def pills(self) -> list[Pill]:
        """One pill for each text."""
        return list(self._pills)

    def _on_entered(self, text: str) -> None:
        self.field.clear()
        text = text.replace("\\n", "\n").replace("\\t", "\t")
        if text not in self._texts:
            self._emit([*self._texts, text])

    def _on_pill_clicked(self) -> None:
        for index, pill in enumerate(self._pills):
            if pill is self.sender():
                self._emit(self._texts[:index] + self._texts[index + 1 :])
                return

    def _emit(self, texts: list[str]) -> None:
        self.set_texts(texts)
        self.texts_changed.emit(list(texts))


def _shown(text: str) -> str:
    for letter, sign in _SHOWN.items():
        text = text.replace(letter, sign)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
