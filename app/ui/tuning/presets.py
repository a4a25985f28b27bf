"""The row of presets: choose one, see whether the dials still are it, save a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.core.models.preset import Preset
from app.ui.theme import Theme
from app.ui.tuning.value_box import ValueBox
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.focus_ring import tab_in_order
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill
from app.ui.widgets.plain_text import as_plain

_LONGEST = 24
_NAME_LIMIT = 60


class PresetPill(Pill):
    """One preset. Own ones have a menu and answer F2 and Delete."""

    menu_requested = Signal(str, QPoint)
    rename_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, theme: Theme, preset: Preset, parent: QWidget | None = None) -> None:
        name = preset.name if len(preset.name) <= _LONGEST else f"{preset.name[:_LONGEST]}…"
        super().__init__(theme, name, parent=parent)
        self.preset = preset
        self.setCheckable(True)
        self.setAccessibleName(f"Preset {preset.name}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.preset.is_bundled:
            self.menu_requested.emit(self.preset.id, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.preset.is_bundled and event.key() == Qt.Key.Key_F2:
            self.rename_requested.emit(self.preset.id)
        elif not self.preset.is_bundled and event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit(self.preset.id)
        else:
            super().keyPressEvent(event)


class NameField(ValueBox):
    """The field a preset's name is typed into; Escape gives up."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setModified(False)
            self.left.emit()
            return
        super().keyPressEvent(event)


class PresetBar(QWidget):
    """The presets as pills, and `+`. `chosen` carries the id of one, or nothing when the one in
    force was pressed again.
    """

    chosen = Signal(str)
    saved = Signal(str)
    renamed = Signal(str, str)
    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presets: list[Preset] = []
        self._current = ""
        self._is_changed = False
        self._renaming = ""
        self.pills: list[PresetPill] = []
        self._row = QWidget(self)
        self._flow = Flow(self._row, gap=6)
        self.add = Pill(theme, "+", parent=self._row)
        self.add.setAccessibleName("Save these dials as a preset")
        self.add.setToolTip("Save these dials as a preset")
        self.add.clicked.connect(self._on_add_clicked)
        self.field = NameField(theme, unset_text="name, then Enter", parent=self._row)
        self.field.setAccessibleName("Name of the preset")
        self.field.setMaxLength(_NAME_LIMIT)
        self.field.hide()
        self.field.entered.connect(self._on_name_entered)
        self.field.editingFinished.connect(self._on_field_left)
        self.field.left.connect(self._close_field)
        self.field.given_up.connect(self._on_given_up)
        self.note = Label(theme, colour="bad", size=12, wraps=True)
        self.note.hide()
        self.menu: QMenu | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(self._row)
        layout.addWidget(self.note)
        self._rebuild()

    def set_presets(self, presets: Sequence[Preset], current_id: str) -> None:
        """The presets in their order and the one this conversation has (empty: none)."""
        self._current = current_id
        if list(presets) != self._presets:
            self._presets = list(presets)
            self._rebuild()
        self._mark()

    def set_changed(self, is_changed: bool) -> None:
        """Whether the dials differ from the current preset."""
        self._is_changed = is_changed
        self._mark()

    def forget(self) -> None:
        """Closes the field of a name without taking it."""
        if not self.field.isHidden():
            self.field.setModified(False)
            self._close_field()

    def current(self) -> Preset | None:
        """The preset this conversation has."""
        return next((one for one in self._presets if one.id == self._current), None)

    def _rebuild(self) -> None:
        for widget in (*self.pills, self.add, self.field):
            self._flow.removeWidget(widget)
        for pill in self.pills:
            pill.hide()
            pill.deleteLater()
        self.pills = [PresetPill(self._theme, preset, self._row) for preset in self._presets]
        for pill in self.pills:
            pill.clicked.connect(self._on_pill_clicked)
            pill.menu_requested.connect(self._on_menu_requested)
            pill.rename_requested.connect(self._on_rename_requested)
            pill.remove_requested.connect(self.removed)
            self._flow.addWidget(pill)
            pill.show()
        tab_in_order([*self.pills, self.add, self.field])
        self._flow.addWidget(self.add)
        self._flow.addWidget(self.field)
        self.updateGeometry()

    def _mark(self) -> None:
        for pill in self.pills:
            is_current = pill.preset.id == self._current
            differs = is_current and self._is_changed
            pill.setChecked(is_current)
            pill.set_mark(" •" if differs else "")
            said = f"{pill.preset.name}: press to go back to it" if differs else pill.preset.name
            pill.setToolTip(as_plain(f"The dials differ from {said}" if differs else said))
        self._row.updateGeometry()

    def _open_field(self, name: str) -> None:
        self.note.hide()
        self.add.hide()
        self.field.show_value("")
        self.field.setText(name)
        self.field.selectAll()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_field(self) -> None:
        had_focus = self.field.hasFocus()
        self._renaming = ""
        self.add.show()
        self.field.hide()
        self.field.show_value("")
        self.note.hide()
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pill_clicked(self) -> None:
        for pill in self.pills:
            if pill is self.sender():
                is_off = pill.preset.id == self._current and not self._is_changed
                self.chosen.emit("" if is_off else pill.preset.id)
        self._mark()

    def _on_add_clicked(self) -> None:
        self._renaming = ""
        self._open_field("")

    def _on_name_entered(self, text: str) -> None:
        name = " ".join(text.split())
        taken = [one for one in self._presets if one.name.casefold() == name.casefold()]
        others = [one for one in taken if self._renaming and one.id != self._renaming]
        if others or any(one.is_bundled for one in taken):
            what = "is there already" if others else "is built in"
            self.note.setText(f"{taken[0].name} {what}. Choose another name.")
            self.note.show()
            self.field.set_wrong(True)
            self.field.setModified(True)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        renaming = self._renaming
        self._close_field()
        if renaming:
            self.renamed.emit(renaming, name)
        else:
            self.saved.emit(name)

    def _on_given_up(self) -> None:
        self.note.hide()

    def _on_field_left(self) -> None:
        if self.field.isVisible() and self.note.isHidden():
            self._close_field()

    def _on_menu_requested(self, preset_id: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rename = menu.addAction("Rename")
        rename.setData(preset_id)
        rename.triggered.connect(self._on_rename_triggered)
        remove = menu.addAction("Remove")
        remove.setData(preset_id)
        remove.triggered.connect(self._on_remove_triggered)
        self.menu = menu
        menu.popup(place)

    def _on_rename_triggered(self) -> None:
        action = self.sender()
        self._on_rename_requested(str(action.data()))  # type: ignore[attr-defined]

    def _on_remove_triggered(self) -> None:
        action = self.sender()
        self.removed.emit(str(action.data()))  # type: ignore[attr-defined]

    def _on_rename_requested(self, preset_id: str) -> None:
        self._renaming = preset_id
        found = [one.name for one in self._presets if one.id == preset_id]
        self._open_field(found[0] if found else "")
