"""A settings page made from the declarations of its section; what is chosen applies at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.errors import SettingError
from app.core.text.fuzzy import folded
from app.services.settings import SettingsService
from app.settings.definitions import SETTINGS
from app.settings.setting import Choice, Flag, Number, Setting, Text
from app.ui.settings.controls import ChoiceRow, Control, NumberRow, SwitchRow, TextRow
from app.ui.theme import Theme
from app.ui.widgets.focus_ring import tab_stops
from app.ui.widgets.page import Page, text_label


class Row(QObject):
    """One setting: its control shows the value in force and sets what the user chooses."""

    def __init__(
        self, setting: Setting, settings: SettingsService, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        self._settings = settings
        self._theme = theme
        self.error = text_label("", "error")
        self.error.hide()
        self.control = self._control()
        self.control.setAccessibleDescription(setting.help)
        self.control.setToolTip(setting.help)
        self.control.chosen.connect(self._on_chosen)
        self.reset = QPushButton("Reset")
        self.reset.setProperty("look", "quiet")
        self.reset.setAccessibleName(f"Reset {setting.title}")
        self.reset.setToolTip("Back to what Facet comes with")
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.reset.clicked.connect(self._on_reset_clicked)
        settings.changed.connect(self._on_changed)
        self.show_value()

    def show_value(self) -> None:
        """Takes over the value in force."""
        value = self._settings.value(self._setting.key)
        self.control.show_value(value)
        self.reset.setVisible(value != self._setting.default)

    def _control(self) -> Control:
        kind, title = self._setting.kind, self._setting.title
        if isinstance(kind, Choice):
            return ChoiceRow(self._theme, kind.options, kind.titles, title)
        if isinstance(kind, Flag):
            return SwitchRow(self._theme, title)
        if isinstance(kind, Number):
            return NumberRow(kind.minimum, kind.maximum, kind.step, title)
        return TextRow(title)

    def _on_chosen(self, value: object) -> None:
        try:
            self._settings.set(self._setting.key, value)
        except SettingError as error:
            self.error.setText(f"{error.message} {error.hint}".strip())
            self.error.show()
        else:
            self.error.hide()

    def _on_reset_clicked(self) -> None:
        self._settings.set(self._setting.key, self._setting.default)

    def _on_changed(self, key: str) -> None:
        if key == self._setting.key:
            QTimer.singleShot(0, self, self.show_value)


class FormPage(Page):
    """Every shown setting of one section that has a form."""

    def __init__(self, section: str, about: str, settings: SettingsService, theme: Theme) -> None:
        super().__init__(section.lower(), section, about, f"Kept in {settings.path()}")
        self.rows: dict[str, Row] = {}
        for setting in SETTINGS.values():
            has_form = isinstance(setting.kind, Choice | Flag | Number | Text)
            if setting.section == section and has_form:
                self._add(setting, Row(setting, settings, theme, self))

    def show_found(self, words: Sequence[str]) -> None:
        """Brings the first setting into view that answers a search."""
        for key, row in self.rows.items():
            if all(word in folded(SETTINGS[key].searched) for word in words):
                self.ensureWidgetVisible(row.control, 0, 80)
                return

    def show_row(self, key: str) -> None:
        """Brings a setting into view and puts the keyboard into its control."""
        control = self.rows[key].control
        self.ensureWidgetVisible(control, 0, 80)
        stops = [control, *tab_stops(control)]
        for stop in stops:
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isEnabled():
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _add(self, setting: Setting, row: Row) -> None:
        self.rows[setting.key] = row
        self.words += f" {setting.searched}"
        block = QVBoxLayout()
        block.setSpacing(4)
        line = QHBoxLayout()
        title = text_label(setting.title)
        title.setBuddy(row.control)
        line.addWidget(title, 1)
        line.addWidget(row.reset, 0, Qt.AlignmentFlag.AlignRight)
        block.addLayout(line)
        block.addWidget(text_label(setting.help, "small"))
        if isinstance(row.control, ChoiceRow):  # as high as its width asks for
            block.addWidget(row.control)
        else:
            below = QHBoxLayout()
            below.addWidget(row.control, int(isinstance(row.control, TextRow)))
            below.addStretch(0)
            block.addLayout(below)
        block.addWidget(row.error)
        self.column.addLayout(block)
