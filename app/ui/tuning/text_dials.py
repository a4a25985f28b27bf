"""Dials whose values are words, lists or JSON: thinking, answer shape, stop texts, word bias."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.core.models.parameter import Kind, ParameterValue, Support
from app.providers.parameters.answer_shape import schema_of
from app.providers.parameters.parameter import Editor, Parameter
from app.ui.theme import Theme
from app.ui.tuning.bias_rows import BiasRows
from app.ui.tuning.choice_pills import ChoicePills
from app.ui.tuning.dial import Dial, FlagDial, NumberDial, SeedDial
from app.ui.tuning.text_list import TextList
from app.ui.tuning.value_box import ValueBox
from app.ui.tuning.value_text import value_text
from app.ui.widgets.json_field import JsonField
from app.ui.widgets.pill import Pill

_HIDE = "hide it"
_SCHEMA = "schema"


class ChoiceDial(Dial):
    """A few words to choose from."""

    def add_editor(self) -> None:
        self.pills = ChoicePills(self.theme, self._choices(), self.parameter.title)
        self.pills.picked.connect(self._on_picked)
        self.pills.unset.connect(self.unset)
        self.box = ValueBox(self.theme, is_quiet=True)
        self.box.setAccessibleName(self.parameter.title)
        self.box.entered.connect(self._on_entered)
        self.box.cleared.connect(self.unset)
        self.box.given_up.connect(self._explain)
        self.head.addWidget(self.box)
        self.put(self.pills)

    def show_editor(self) -> None:
        self.pills.set_choices(self._choices())
        value = self.value()
        text = "" if value is None else value_text(value, 0)
        self.box.show_value(text)
        self.pills.show_choice(text)

    def _choices(self) -> tuple[str, ...]:
        return self.route_range().choices or self.parameter.choices

    def _on_picked(self, text: str) -> None:
        self.take_text(text)

    def _on_entered(self, text: str) -> None:
        if self.take_text(text):
            self.box.set_wrong(True)


class ThinkingDial(ChoiceDial):
    """How much the model thinks first: a level or a budget in tokens, shown or hidden."""

    def add_editor(self) -> None:
        super().add_editor()
        self.hide_pill = Pill(self.theme, _HIDE, colour="muted", size=12, height=25, padding=10)
        self.hide_pill.setCheckable(True)
        self.hide_pill.setToolTip(
            "The model thinks, but its thought is not sent back. It costs the same."
        )
        self.hide_pill.clicked.connect(self._on_hide_clicked)
        self.foot.addWidget(self.hide_pill, 0, Qt.AlignmentFlag.AlignTop)
        self.box.setToolTip("A level, or a number: at most so many tokens of thought")

    def show_editor(self) -> None:
        super().show_editor()
        value = self.value()
        self.hide_pill.setVisible(value is not None and value_text(value) != "off")
        self.hide_pill.setChecked(_is_hidden(value))

    def take_text(self, text: str) -> str:
        was_hidden = _is_hidden(self.value())
        text = text.replace("\u202f", "").replace(" ", "").removesuffix("tokens")
        trouble = super().take_text(text)
        if not trouble and was_hidden and text != "off":
            self._set_hidden(True)
        return trouble

    def _on_hide_clicked(self) -> None:
        self._set_hidden(self.hide_pill.isChecked())

    def _set_hidden(self, is_hidden: bool) -> None:
        value = self.value()
        if value is None:
            return
        parts: dict[str, Any] = dict(value) if isinstance(value, Mapping) else {"effort": value}
        parts.pop("exclude", None)
        if is_hidden:
            self.take({**parts, "exclude": True})
        else:
            self.take(parts["effort"] if set(parts) == {"effort"} else parts)


class ShapeDial(ChoiceDial):
    """What the answer must look like: text, JSON, or JSON that fits a schema."""

    def add_editor(self) -> None:
        super().add_editor()
        self.field = JsonField(self.theme, "JSON schema", self.parameter.example)
        self.field.hide()
        self.larger = QPushButton("Examples and a larger editor…")
        self.larger.setProperty("look", "quiet")
        self.larger.clicked.connect(self.open_editor)
        self.larger.hide()
        self.column.insertWidget(2, self.field)
        self.column.insertWidget(3, self.larger, 0, Qt.AlignmentFlag.AlignLeft)
        self.field.entered.connect(self._on_schema_entered)
        self.field.cleared.connect(self.unset)

    def show_editor(self) -> None:
        super().show_editor()
        value = self.value()
        if isinstance(value, Mapping):
            self.field.set_value(value)
            self.field.show()
            self.larger.show()
            self.box.show_value(_SCHEMA)
            self.pills.show_choice(_SCHEMA)
        elif value is not None:
            self.field.hide()
            self.larger.hide()
            self.field.set_value(None)

    def unset(self) -> None:
        self.field.hide()
        self.larger.hide()
        self.field.set_value(None)
        super().unset()

    def forget(self) -> None:
        self.field.hide()
        self.larger.hide()
        super().forget()

    def open_editor(self) -> None:
        """Opens the window where a schema is written."""
        from app.ui.tools.schema_dialog import SchemaDialog

        value = self.value()
        dialog = SchemaDialog(self.theme, schema_of(value) or None, self.window())
        dialog.chosen.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choices(self) -> tuple[str, ...]:
        return (*self.parameter.choices, _SCHEMA)

    def _on_picked(self, text: str) -> None:
        if text != _SCHEMA:
            super()._on_picked(text)
            return
        self.field.show()
        self.larger.show()
        self.field.text.setFocus()

    def _on_schema_entered(self, text: str) -> None:
        self.field.refuse(self.take_text(text))


class TextsDial(Dial):
    """A list of texts."""

    def add_editor(self) -> None:
        self.texts = TextList(self.theme, self.parameter.title)
        self.texts.texts_changed.connect(self._on_texts_changed)
        self.put(self.texts)
        self.setFocusProxy(self.texts.field)

    def show_editor(self) -> None:
        value = self.value()
        is_list = isinstance(value, list | tuple)
        self.texts.set_texts([str(text) for text in value] if is_list else [])  # type: ignore[union-attr]

    def _on_texts_changed(self, texts: list[str]) -> None:
        if texts:
            self.take(texts)
        else:
            self.unset()


class JsonDial(Dial):
    """Anything else: JSON, checked while it is written."""

    def add_editor(self) -> None:
        self.field = JsonField(self.theme, self.parameter.title, self.parameter.example)
        self.field.entered.connect(self._on_entered)
        self.field.cleared.connect(self.unset)
        self.put(self.field)
        self.setFocusProxy(self.field.text)

    def show_editor(self) -> None:
        self.field.set_value(self.value())

    def _on_entered(self, text: str) -> None:
        self.field.refuse(self.take_text(text))


class BiasDial(Dial):
    """Token numbers, each with how much likelier it is made."""

    def add_editor(self) -> None:
        self.rows = BiasRows(self.theme)
        self.rows.biases_changed.connect(self._on_biases_changed)
        self.put(self.rows)
        self.setFocusProxy(self.rows.field)

    def show_editor(self) -> None:
        self.rows.set_biases(self.value())

    def unfinished(self) -> str:
        return self.rows.trouble.text()

    def forget(self) -> None:
        self.rows.forget()
        super().forget()

    def _on_biases_changed(self, biases: dict[str, float] | None) -> None:
        if biases:
            self.take(biases)
        else:
            self.unset()


class RawDial(JsonDial):
    """No route lists it, and none can be said to ignore it."""

    def support(self) -> Support:
        return Support.UNKNOWN


_BY_EDITOR: dict[Editor, type[Dial]] = {
    Editor.DICE: SeedDial,
    Editor.THINKING: ThinkingDial,
    Editor.ANSWER_SHAPE: ShapeDial,
    Editor.WORD_BIAS: BiasDial,
    Editor.RAW: RawDial,
}
_BY_KIND: dict[Kind, type[Dial]] = {
    Kind.NUMBER: NumberDial,
    Kind.INTEGER: NumberDial,
    Kind.FLAG: FlagDial,
    Kind.CHOICE: ChoiceDial,
    Kind.TEXTS: TextsDial,
    Kind.JSON: JsonDial,
}


def dial_for(theme: Theme, parameter: Parameter) -> Dial:
    """The dial that fits a parameter."""
    made = _BY_EDITOR.get(parameter.editor) or _BY_KIND[parameter.kind]
    return made(theme, parameter)


def _is_hidden(value: ParameterValue | None) -> bool:
    return isinstance(value, Mapping) and bool(value.get("exclude"))


def same(one: ParameterValue | None, other: ParameterValue | None) -> bool:
    """Whether two values mean the same (lists and tuples are one)."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return list(one) == list(other)
    return one == other
