"""The tuning panel: presets, dials, instructions and what is sent, for one conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.models.model import Model
from app.core.models.parameter import ParameterValue, Support
from app.core.models.preset import BUNDLED_PRESETS, Preset
from app.core.models.tool import TOOLS
from app.providers.parameters.declarations import APART, DIALS, conflicts, follow_needs
from app.providers.parameters.parameter import Place
from app.providers.parameters.routing import ROUTING
from app.ui.theme import Theme
from app.ui.tuning.conflict_notice import ConflictNotice
from app.ui.tuning.dial_column import DialColumn
from app.ui.tuning.exact_request import ExactView
from app.ui.tuning.fold import PADDING, Fold
from app.ui.tuning.hosts_fold import HostsFold
from app.ui.tuning.instructions import Instructions
from app.ui.tuning.presets import PresetBar
from app.ui.tuning.text_dials import same
from app.ui.tuning.tools_fold import ToolsFold
from app.ui.tuning.word_chart import Reshaped, WordPicture, practice_reshaped
from app.ui.widgets.focus_ring import tab_in_order, tab_stops
from app.ui.widgets.link_button import PanelHeading
from app.ui.widgets.overlay_scroll import OverlayScroll


class TuningPanel(QWidget):
    """The dials of the open conversation. Emits what the user changed; shows what it is given.

    `parameters_changed` carries every set parameter and no unset one.
    """

    parameters_changed = Signal(object)
    system_changed = Signal(str)
    preset_chosen = Signal(str)
    preset_saved = Signal(str)
    preset_renamed = Signal(str, str)
    preset_removed = Signal(str)
    undo_requested = Signal()
    reset_requested = Signal()
    exact_requested = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, reshaped: Reshaped = practice_reshaped
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model: Model | None = None
        self._parameters: dict[str, ParameterValue] = {}
        self._system = ""
        self._general_routing: Mapping[str, Any] = {}
        self._is_more_built = False
        self.setAccessibleName("Tuning")
        self.heading = PanelHeading(theme)
        self.presets = PresetBar(theme)
        self.main = DialColumn(theme)
        self.main.add(_placed(Place.MAIN, Place.MAIN_WHERE_LISTED))
        self.picture = WordPicture(theme, reshaped)
        for dial in self.main.dials():
            if dial.parameter.has_word_chart:
                dial.put_below(self.picture)
        self.conflict_notice = ConflictNotice(theme)
        self.more = DialColumn(theme)
        self.more_fold = Fold(theme, "More dials")
        self.more_fold.content_layout.addWidget(self.more)
        self.tools_fold = ToolsFold(theme)
        self.instructions = Instructions(theme)
        self.instructions_fold = Fold(theme, "Instructions")
        self.instructions_fold.content_layout.addWidget(self.instructions)
        self.hosts_fold = HostsFold(theme)
        self.hosts_fold.hide()
        self.exact = ExactView(theme)
        self.exact_fold = Fold(theme, "Exactly what is sent")
        self.exact_fold.content_layout.addWidget(self.exact)
        self.exact_fold.row.set_note("JSON")
        self._lay_out()
        self._connect()
        self.presets.set_presets(BUNDLED_PRESETS, "")
        self._show_all()

    def set_model(self, model: Model) -> None:
        """The route that gets the next question."""
        if model == self._model:
            return
        self._model = model
        self.main.set_model(model)
        self.more.set_model(model)
        self._show_all()

    def set_parameters(self, parameters: Mapping[str, ParameterValue]) -> None:
        """The set parameters of the conversation."""
        self._parameters = dict(parameters)
        self._show_all()

    def set_hosts(self, general: Mapping[str, Any] | None) -> None:
        """The wishes of the settings about hosts, None where the provider takes none."""
        self.hosts_fold.setVisible(general is not None)
        self._general_routing = general or {}
        self.hosts_fold.show_routing(self._parameters.get(ROUTING), self._general_routing)

    def set_system(self, text: str) -> None:
        """The system prompt of the conversation."""
        self._system = text
        self.instructions.set_text(text)
        self._show_notes()

    def set_presets(self, presets: Sequence[Preset], current_id: str) -> None:
        """Every preset, and the one of the conversation (empty: none)."""
        self.presets.set_presets(presets, current_id)
        self._show_notes()

    def set_exact(self, body: Mapping[str, Any]) -> None:
        """The body of the next question, shown while its fold is open."""
        self.exact.set_body(body)

    def set_undo_available(self, is_available: bool) -> None:
        """Whether there is a change of the dials to take back."""
        self.heading.set_undo_available(is_available)

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Whether bars jump instead of moving."""
        self.picture.is_animated = not is_reduced

    def show_dial(self, name: str) -> None:
        """Brings a dial into view, opening the fold it is in, and puts the keyboard into it."""
        is_main = name in self._main_names()
        if not is_main:
            self.more_fold.set_open(True)
        dial = (self.main if is_main else self.more).dial(name)
        if dial is None or dial.isHidden():
            return
        QTimer.singleShot(0, dial, lambda: self.area.ensureWidgetVisible(dial, 0, 40))
        stops = [w for w in tab_stops(dial) if w.isVisibleTo(dial)]
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def parameters(self) -> dict[str, ParameterValue]:
        """Every set parameter."""
        return dict(self._parameters)

    def flush(self) -> None:
        """Announces what still waits for a pause; call before the conversation changes."""
        self.instructions.flush()
        for column in (self.main, self.more):
            column.finish()
        self.hosts_fold.finish()

    def unfinished(self) -> str:
        """What is wrong with a text that stands in a dial and would not be sent, or nothing."""
        self.flush()
        return self.main.unfinished() or self.more.unfinished()

    def forget(self) -> None:
        """Forgets what was typed and not taken: it belongs to a conversation that was left."""
        for column in (self.main, self.more):
            column.forget()
        self.hosts_fold.forget()
        self.presets.forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.colour("panel"))
            painter.fillRect(0, 0, 1, self.height(), self.theme.colour("line"))

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        dials = QWidget(body)
        inside = QVBoxLayout(dials)
        inside.setContentsMargins(PADDING, 14, PADDING, 16)
        inside.setSpacing(14)
        inside.addWidget(self.main)
        inside.addWidget(self.conflict_notice)
        column.addWidget(dials)
        column.addWidget(_Line(self.theme))
        for fold in (
            self.more_fold,
            self.tools_fold,
            self.instructions_fold,
            self.hosts_fold,
            self.exact_fold,
        ):
            column.addWidget(fold)
        column.addStretch(1)
        scroll = OverlayScroll(body, self)
        self.area = scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addWidget(_Line(self.theme))
        layout.addWidget(self.presets)
        layout.addWidget(_Line(self.theme))
        layout.addWidget(scroll, 1)

    def _connect(self) -> None:
        for column in (self.main, self.more):
            column.changed.connect(self._on_dial_changed)
            column.dragged.connect(self._on_dial_dragged)
        self.presets.chosen.connect(self.preset_chosen)
        self.presets.saved.connect(self.preset_saved)
        self.presets.renamed.connect(self.preset_renamed)
        self.presets.removed.connect(self.preset_removed)
        self.heading.undo_requested.connect(self.undo_requested)
        self.heading.reset_requested.connect(self.reset_requested)
        self.instructions.text_changed.connect(self._on_system_written)
        self.hosts_fold.routing_changed.connect(self._on_routing_changed)
        self.tools_fold.chosen_changed.connect(self._on_tools_chosen)
        self.more_fold.opened.connect(self._on_more_opened)
        self.exact_fold.opened.connect(self._on_exact_opened)

    def _more_names(self) -> list[str]:
        main = self._main_names()
        return [name for name in DIALS if name not in main and self._is_offered(name)]

    def _is_offered(self, name: str) -> bool:
        is_special = DIALS[name].place is Place.MORE_WHERE_LISTED
        return not is_special or self._is_listed(name) or name in self._parameters

    def _main_names(self) -> list[str]:
        return [
            name
            for name in _placed(Place.MAIN, Place.MAIN_WHERE_LISTED)
            if DIALS[name].place is Place.MAIN or self._is_listed(name)
        ]

    def _is_listed(self, name: str) -> bool:
        return self._model is not None and self._model.support(name) is Support.LISTED

    def _show_all(self) -> None:
        self.main.show_only(self._main_names())
        if self._is_more_built:
            self.more.show_only(self._more_names())
        for column in (self.main, self.more):
            column.set_parameters(self._parameters)
        self.tools_fold.show_chosen(self._parameters.get(TOOLS), self._model)
        self._show_notes()

    def _show_notes(self, parameters: Mapping[str, ParameterValue] | None = None) -> None:
        """Everything that follows from the values: picture, conflicts, marks, counts."""
        values = self._parameters if parameters is None else parameters
        possible = {name: value for name, value in values.items() if _is_possible(name, value)}
        self.picture.show_parameters(possible)
        self.conflict_notice.say(conflicts(values))
        self.heading.set_reset_available(bool(set(values).difference(APART)))
        preset = self.presets.current()
        self.presets.set_changed(preset is not None and self._differs(preset, values))
        names = self._more_names()
        changed = sum(name in values for name in names)
        note = f"{changed} changed · {len(names)}" if changed else str(len(names))
        self.more_fold.row.set_note(note, is_accented=bool(changed))
        written = self.instructions.note()
        self.instructions_fold.row.set_note(written, is_accented=bool(self._system))

    def _differs(self, preset: Preset, values: Mapping[str, ParameterValue]) -> bool:
        if preset.system and preset.system != self._system:
            return True
        if set(preset.parameters) != set(values).difference(APART):
            return True
        return any(not same(values[name], value) for name, value in preset.parameters.items())

    def _on_dial_changed(self, name: str, value: ParameterValue | None) -> None:
        if value is None:
            self._parameters.pop(name, None)
        else:
            self._parameters[name] = value
        if follow_needs(name, self._parameters):
            self.more.set_parameters(self._parameters)
        self.heading.set_undo_available(True)
        self._show_notes()
        self.parameters_changed.emit(dict(self._parameters))
        if self.exact_fold.is_open:
            self.exact_requested.emit()

    def _on_routing_changed(self, routing_choices: Mapping[str, Any]) -> None:
        self._on_dial_changed(ROUTING, dict(routing_choices) or None)

    def _on_tools_chosen(self, names: Sequence[str]) -> None:
        self._on_dial_changed(TOOLS, list(names) or None)
        self.tools_fold.show_chosen(names, self._model)

    def _on_dial_dragged(self, name: str, value: ParameterValue) -> None:
        self._show_notes({**self._parameters, name: value})

    def _on_system_written(self, text: str) -> None:
        self._system = text
        self._show_notes()
        self.system_changed.emit(text)
        if self.exact_fold.is_open:
            self.exact_requested.emit()

    def _on_more_opened(self, is_open: bool) -> None:
        if is_open and not self._is_more_built:
            self._is_more_built = True
            self.more.set_model(self._model)
            self.more.set_parameters(self._parameters)
            self.more.add(_placed(Place.MAIN_WHERE_LISTED, Place.MORE, Place.MORE_WHERE_LISTED))
            self.more.show_only(self._more_names())
            stops = [self.more_fold.row, *tab_stops(self.more), self.instructions_fold.row]
            tab_in_order(stops)

    def _on_exact_opened(self, is_open: bool) -> None:
        if is_open:
            self.exact_requested.emit()


def _placed(*places: Place) -> list[str]:
    """The dials that stand in these places, in order."""
    return [name for name, parameter in DIALS.items() if parameter.place in places]


def _is_possible(name: str, value: ParameterValue) -> bool:
    return name not in DIALS or DIALS[name].is_possible(value)


class _Line(QWidget):
    """One pixel in the colour of lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("line"))
