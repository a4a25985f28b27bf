"""Rows of token numbers, each with how much likelier it is made."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.errors import SettingError
from app.providers.parameters.parameter import shown
from app.providers.parameters.shapes import check_bias
from app.ui.theme import Theme
from app.ui.tuning.value_box import ValueBox
from app.ui.widgets.icon_button import IconButton
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill

BAN = -100
FIRST = 5
"""What a token gets when it is added."""
EXPLAINS = (
    "Token numbers belong to this model's own tokenizer: the same word has another number in "
    'another model. Add a number, or paste JSON like {"1234": -100}.'
)


class BiasRows(QWidget):
    """`biases_changed` carries every token number with its bias, None when there is none."""

    biases_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._biases: dict[str, float] = {}
        self.rows: list[BiasRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.field = ValueBox(theme, unset_text="token number or JSON, then Enter", parent=self)
        self.field.setAccessibleName("Word bias: add a token number")
        self.field.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setMaxLength(20_000)
        self.field.entered.connect(self._on_entered)
        self.field.cleared.connect(self.forget)
        self.field.given_up.connect(self.forget)
        self.trouble = Label(theme, colour="bad", size=12, wraps=True)
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._list)
        column.addWidget(self.field)
        column.addWidget(self.trouble)
        column.addWidget(Label(theme, EXPLAINS, colour="muted", size=12, wraps=True))

    def set_biases(self, biases: object) -> None:
        """Shows these."""
        found = dict(biases) if isinstance(biases, Mapping) else {}
        known = [row.token for row in self.rows]
        self._biases = found
        if known == [str(token) for token in found]:
            for row, bias in zip(self.rows, found.values(), strict=True):
                row.show_bias(bias)
            return
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for token, bias in found.items():
            row = BiasRow(self._theme, str(token), bias)
            row.changed.connect(self._on_row_changed)
            row.removed.connect(self._on_row_removed)
            row.refused.connect(self._complain)
            self._list.addWidget(row)
            self.rows.append(row)

    def forget(self) -> None:
        """Forgets what was said of a text that was not taken."""
        self._complain("")

    def _on_entered(self, text: str) -> None:
        text = text.strip()
        try:
            added = check_bias(json.loads(text) if text.startswith("{") else {text: FIRST})
        except (ValueError, RecursionError):
            self._complain("This is not valid JSON.")
            return
        except SettingError as error:
            self._complain(str(error))
            return
        self.field.clear()
        self._complain("")
        assert isinstance(added, Mapping)
        self._emit({**self._biases, **added})

    def _on_row_changed(self, token: str, bias: float) -> None:
        self._emit({**self._biases, token: bias})

    def _on_row_removed(self, token: str) -> None:
        self._emit({name: bias for name, bias in self._biases.items() if name != token})

    def _emit(self, biases: dict[str, float]) -> None:
        self.set_biases(biases)
        self.biases_changed.emit(dict(biases) or None)

    def _complain(self, text: str) -> None:
        if self.sender() is self.field or self.field.text():
            self.field.set_wrong(bool(text))
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


class BiasRow(QWidget):
    """One token: its number, its bias, a button that bans it and one that takes it away."""

    changed = Signal(str, float)
    removed = Signal(str)
    refused = Signal(str)

    def __init__(
        self, theme: Theme, token: str, bias: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.token = token
        self._bias = bias
        self.box = ValueBox(theme, parent=self)
        self.box.setAccessibleName(f"Bias of token {token}")
        self.box.entered.connect(self._on_entered)
        self.box.cleared.connect(self._on_remove_clicked)
        self.box.given_up.connect(self._on_given_up)
        self.ban = Pill(theme, "ban", colour="muted", size=12, height=25, padding=10)
        self.ban.setCheckable(True)
        self.ban.setAccessibleName(f"Ban token {token}")
        self.ban.clicked.connect(self._on_ban_clicked)
        remove = IconButton(theme, "x", f"Remove token {token}", size=13)
        remove.clicked.connect(self._on_remove_clicked)
        self.remove = remove
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Label(theme, token), 1)
        row.addWidget(self.ban)
        row.addWidget(self.box)
        row.addWidget(remove)
        self.show_bias(bias)

    def show_bias(self, bias: float) -> None:
        """Shows another bias."""
        self._bias = bias
        self.box.show_value(f"{self._bias:g}")
        self.ban.setChecked(self._bias <= BAN)

    def _take(self, bias: float) -> None:
        self.show_bias(bias)
        self.changed.emit(self.token, bias)

    def _on_entered(self, text: str) -> None:
        try:
            bias = float(text.replace("−", "-").replace(",", "."))
        except ValueError:
            bias = math.nan
        if not -100 <= bias <= 100:
            self.box.set_wrong(True)
            self.refused.emit(f"A bias goes from −100 to 100, not “{shown(text)}”.")
            return
        self.refused.emit("")
        self._take(int(bias) if bias.is_integer() else bias)

    def _on_given_up(self) -> None:
        self.refused.emit("")

    def _on_ban_clicked(self) -> None:
        self._take(BAN if self.ban.isChecked() else FIRST)

    def _on_remove_clicked(self) -> None:
        self.removed.emit(self.token)
