"""One parameter as the user sees it: name, value, something to turn, a sentence that follows."""

from __future__ import annotations

import random
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import SettingError
from app.core.models.model import Model
from app.core.models.parameter import Kind, ParameterRange, ParameterValue, Support
from app.providers.parameters.declarations import Parameter
from app.ui.theme import Theme
from app.ui.tuning.scale import Scale
from app.ui.tuning.slider import DialSlider
from app.ui.tuning.value_box import UNSET_TEXT, ValueBox
from app.ui.tuning.value_text import value_text
from app.ui.widgets.badge import Badge
from app.ui.widgets.icon_button import IconButton
from app.ui.widgets.json_field import JsonField
from app.ui.widgets.label import Label
from app.ui.widgets.plain_text import as_plain
from app.ui.widgets.switch import Switch

_SUPPORT_TEXT = {
    Support.IGNORED: ("ignored here", "This route takes it and does nothing with it."),
    Support.REFUSED: ("refused here", "This route refuses a question that carries it."),
}


_VALUES = 96
"""Room for the value of a dial, px: the sliders end at the same place, too."""
_NAMES = 118
"""Room for the names of a dial, px: sliders below each other begin at the same place."""


class Dial(QWidget):
    """A parameter's row. Subclasses make their editor in `add_editor`, put it into the row with
    `put`, and bring it in step in `show_editor`.

    `changed` carries the name and the new value (None: unset), `dragged` the same during a drag.
    """

    changed = Signal(str, object)
    dragged = Signal(str, object)

    def __init__(self, theme: Theme, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.parameter = parameter
        self.model: Model | None = None
        self._value: ParameterValue | None = None
        self._title = Label(theme, parameter.title, weight=QFont.Weight.DemiBold)
        self._technical = Label(
            theme, parameter.technical or parameter.name, colour="muted", size=11
        )
        self.setToolTip(as_plain(f"{parameter.title} ({parameter.name}): {parameter.says}"))
        self.badge = Badge(theme)
        self.reset = IconButton(
            theme, "x", f"Unset {parameter.title}: the provider decides", size=13
        )
        self.reset.hide()
        self.reset.clicked.connect(self.unset)
        self.sentence = Label(theme, colour="muted", size=13, wraps=True)
        self.trouble = Label(theme, colour="bad", size=12, wraps=True)
        self.trouble.hide()
        self.head = QHBoxLayout()
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.setSpacing(6)
        self.head.addWidget(self._names())
        self.head.addStretch(1)
        self.head.addWidget(self.reset)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.foot.setSpacing(6)
        self.foot.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self.foot.addWidget(self.sentence, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3)
        self.column.addLayout(self.head)
        self.column.addLayout(self.foot)
        self.column.addWidget(self.trouble)
        self._has_keyboard = False
        self.add_editor()
        self._watch_focus()
        self.show_editor()
        self._explain()

    def _names(self) -> QWidget:
        """The plain name over the technical one, as wide in every dial."""
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._technical)
        self.names = names
        return names

    def put(self, editor: QWidget) -> None:
        """Places the editor between the head and the sentence."""
        self.column.insertWidget(1, editor)

    def put_below(self, widget: QWidget) -> None:
        """Places a widget after the sentence."""
        self.column.addSpacing(6)
        self.column.addWidget(widget)

    def value(self) -> ParameterValue | None:
        """The value set; None: not sent."""
        return self._value

    def route_range(self) -> ParameterRange:
        """What the route says of this parameter."""
        return self.model.range_of(self.parameter.name) if self.model else ParameterRange()

    def support(self) -> Support:
        """What the route does with this parameter."""
        return self.model.support(self.parameter.name) if self.model else Support.UNKNOWN

    def set_route(self, model: Model | None) -> None:
        """The route that would get the next question: its range, default and support are shown."""
        self.model = model
        support = self.support()
        text, explanation = _SUPPORT_TEXT.get(support, ("", ""))
        note = self.route_range().note
        colour = "bad" if support is Support.REFUSED else "warn"
        self.badge.say(text, f"{explanation} {note}".strip(), colour)
        self.show_editor()
        self._explain()

    def set_value(self, value: ParameterValue | None) -> None:
        """Shows a value, or that none is set."""
        self._value = value
        self.show_editor()
        self._explain()

    def unset(self) -> None:
        """Takes the value away: the parameter is not sent."""
        was_set = self._value is not None
        self.set_value(None)
        if was_set:
            self.changed.emit(self.parameter.name, None)

    def take(self, value: ParameterValue) -> None:
        """Sets a value the user chose."""
        if value != self._value:
            self.set_value(value)
            self.changed.emit(self.parameter.name, value)
        else:
            self.set_value(value)

    def take_text(self, text: str) -> str:
        """Sets a value the user wrote; returns why it is not accepted, or nothing."""
        try:
            value = self.parameter.parse(text)
        except SettingError as error:
            self._complain(str(error))
            return str(error)
        self.take(value)
        return ""

    def finish(self) -> None:
        """Takes what is typed and valid, as leaving the field does."""
        for box in self.findChildren(ValueBox):
            box.finish()
        for field in self.findChildren(JsonField):
            field.finish()

    def unfinished(self) -> str:
        """What is wrong with a text that stands in it and is not taken, or nothing."""
        is_wrong = any(box.is_wrong() for box in self.findChildren(ValueBox))
        said = self.trouble.text() if is_wrong else ""
        errors = [field.error() for field in self.findChildren(JsonField) if not field.isHidden()]
        said = next((error for error in errors if error), said)
        is_named = not said or said.startswith(self.parameter.title)
        return said if is_named else f"{self.parameter.title}: {said}"

    def forget(self) -> None:
        """Forgets what is typed and was not taken; only the value set is shown."""
        for box in self.findChildren(ValueBox):
            box.forget()
        for field in self.findChildren(JsonField):
            field.forget()
        for slider in self.findChildren(DialSlider):
            slider.let_go()
        self.set_value(self._value)

    def follow(self, value: ParameterValue) -> None:
        """A value on the way of a drag."""
        self._value = value
        self._explain()
        self.dragged.emit(self.parameter.name, value)

    def add_editor(self) -> None:
        """Subclasses make what the value is turned with; called once, before anything is shown."""

    def show_editor(self) -> None:
        """Subclasses bring their editor in step with value and route."""

    def _explain(self) -> None:
        value = self._value
        # The keyboard focus must not vanish with the button it is on.
        if value is None and self.reset.hasFocus():
            self.focusNextChild()
        self.reset.setVisible(value is not None)
        trouble = ""
        support = self.support()
        if value is not None and support in _SUPPORT_TEXT:
            trouble = _SUPPORT_TEXT[support][1]
        elif value is not None:
            trouble = self._range_trouble(value)
        is_possible = value is None or self.parameter.is_possible(value)
        self.sentence.setText(self.said(value) if is_possible else "")
        self._show_sentence()
        self._complain(trouble, is_serious=support is not Support.IGNORED)

    def said(self, value: ParameterValue | None) -> str:
        """What a value means, or what the dial is for."""
        return self.parameter.says if value is None else self.parameter.sentence(value)

    def _show_sentence(self) -> None:
        """It stands below a dial that is set or has the keyboard; else it is the tool tip."""
        is_wanted = self._value is not None or self._has_keyboard
        self.sentence.setVisible(is_wanted and bool(self.sentence.text()))

    def _watch_focus(self) -> None:
        # No filter of events: one that sees the last events of a widget that goes away leaves a
        # stale object behind, and the next widget made in its place ends the process.
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def _on_focus_changed(self) -> None:
        focused = QApplication.focusWidget()
        has_keyboard = focused is not None and self.isAncestorOf(focused)
        if has_keyboard != self._has_keyboard:
            self._has_keyboard = has_keyboard
            self._show_sentence()

    def _range_trouble(self, value: ParameterValue) -> str:
        try:
            self.parameter.check(value, self._allowed())
        except SettingError as error:
            return f"{error} {error.hint}".strip()
        return ""

    def _allowed(self) -> ParameterRange:
        """The range of the route; an answer never gets longer than the model can write."""
        range_, model = self.route_range(), self.model
        if not self.parameter.is_output_length or model is None or range_.maximum is not None:
            return range_
        return replace(range_, maximum=model.max_output or model.context)

    def _complain(self, text: str, *, is_serious: bool = True) -> None:
        self.trouble.set_colour("bad" if is_serious else "muted")
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


class NumberDial(Dial):
    """A number on a slider, with its box."""

    slider: DialSlider | None = None

    def add_editor(self) -> None:
        self.box = ValueBox(self.theme, is_quiet=True)
        self.box.setAccessibleName(self.parameter.title)
        self.box.setAccessibleDescription(self.parameter.says)
        self.box.entered.connect(self._on_entered)
        self.box.cleared.connect(self.unset)
        self.box.given_up.connect(self._explain)
        self.values = QWidget()
        row = QHBoxLayout(self.values)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignRight)
        self.head.addWidget(self.values)
        self.setFocusProxy(self.box)
        self.add_turner()

    def add_turner(self) -> None:
        """Makes what turns the number beside its box: a slider."""
        slider = DialSlider(self.theme, self._scale())
        slider.setAccessibleName(self.parameter.title)
        slider.moved.connect(self._on_moved)
        slider.settled.connect(self._on_settled)
        slider.unset.connect(self.unset)
        self.slider = slider
        self.setFocusProxy(slider)
        self.head.insertWidget(1, slider, 1)
        self.head.setStretch(2, 0)
        self.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_editor(self) -> None:
        value = self.value()
        text = "" if value is None else value_text(value, self._decimals())
        default = self.route_range().default
        self.box.show_unset_text(self._unset_text(default))
        self.box.show_value(text)
        if self.slider is not None:
            neutral = as_number(self.parameter.neutral)
            self.slider.set_scale(self._scale(), as_number(default), neutral)
            self.slider.set_number(as_number(value))
            said = text or self.parameter.sentence(None)
            self.slider.setAccessibleDescription(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_slider()

    def _unset_text(self, default: ParameterValue | None) -> str:
        """What stands in the box while nothing is sent."""
        return UNSET_TEXT if default is None else f"default {value_text(default, 0)}"

    def _place_slider(self) -> None:
        """Beside the names, or below them where large text leaves no room for it."""
        if self.slider is None:
            return
        room = self.width() - self.names.sizeHint().width() - self.values.sizeHint().width()
        is_beside = self.head.indexOf(self.slider) >= 0
        fits = room >= self.theme.px(70)
        if fits and not is_beside:
            self.column.removeWidget(self.slider)
            self.head.insertWidget(1, self.slider, 1)
            self.head.setStretch(2, 0)
        elif is_beside and not fits:
            self.head.removeWidget(self.slider)
            self.head.setStretch(1, 1)
            self.put(self.slider)

    def _on_theme_changed(self) -> None:
        self.names.setMinimumWidth(self.theme.px(_NAMES))
        self.values.setMinimumWidth(self.theme.px(_VALUES))
        self._place_slider()

    def _scale(self) -> Scale:
        parameter, range_ = self.parameter, self.route_range()
        low = parameter.soft_minimum if range_.minimum is None else range_.minimum
        high = parameter.soft_maximum if range_.maximum is None else range_.maximum
        if parameter.is_output_length and self.model and self.model.max_output:
            high = min(high, self.model.max_output) if range_.maximum else self.model.max_output
        if parameter.slider_minimum is not None:
            low = max(low, parameter.slider_minimum)
        step = parameter.step or 1.0
        return Scale(float(low), float(max(high, low)), step, parameter.is_logarithmic)

    def _decimals(self) -> int:
        if self.parameter.kind is Kind.INTEGER:
            return 0
        return max(2, self._scale().decimals)

    def _as_value(self, number: float) -> ParameterValue:
        return round(number) if self.parameter.kind is Kind.INTEGER else round(number, 6)

    def _on_moved(self, number: float) -> None:
        value = self._as_value(number)
        self.box.setText(value_text(value, self._decimals()))
        self.follow(value)

    def _on_settled(self, number: float) -> None:
        value = self._as_value(number)
        self.set_value(value)
        self.changed.emit(self.parameter.name, value)

    def _on_entered(self, text: str) -> None:
        if self.take_text(text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")):
            self.box.set_wrong(True)


class SeedDial(NumberDial):
    """A number without an order: a box, and dice that throw a new one."""

    def add_turner(self) -> None:
        dice = IconButton(self.theme, "dices", "Throw the dice: a new number")
        dice.clicked.connect(self._on_dice_thrown)
        self.head.insertWidget(self.head.count() - 1, dice)
        self.dice = dice

    def _unset_text(self, default: ParameterValue | None) -> str:
        return "random each time"

    def _on_dice_thrown(self) -> None:
        self.take(random.randrange(1, 1_000_000))


class FlagDial(Dial):
    """On, off, or not sent."""

    def add_editor(self) -> None:
        self.switch = Switch(self.theme)
        self.switch.setAccessibleName(self.parameter.title)
        self.switch.clicked.connect(self._on_clicked)
        self.head.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.switch)

    def show_editor(self) -> None:
        value = self.value()
        self.switch.show_value(None if value is None else bool(value))

    def said(self, value: ParameterValue | None) -> str:
        """What a value means, with what the route says of it: what a search costs, for instance."""
        note = self.route_range().note
        return f"{super().said(value)} {note}".strip()

    def _on_clicked(self) -> None:
        self.take(self.value() is not True)


def as_number(value: ParameterValue | None) -> float | None:
    """A value as a slider takes it; None for what is no number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None
