"""A settings page made from the declarations of its section: a row for each setting, applied at
once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import SettingError
from app.services.settings import SettingsService
from app.settings.definitions import SETTINGS
from app.settings.setting import Choice, Flag, Number, Setting, Text
from app.ui.settings.page import Page, text_label


class Row(QObject):
    """One setting: its control shows the value in force and sets what the user chooses."""

    def __init__(self, setting: Setting, settings: SettingsService, parent: QWidget) -> None:
        super().__init__(parent)
        self._setting = setting
        self._settings = settings
        self.error = text_label("", "error")
        self.error.hide()
        self.control = self._control()
        self.control.setAccessibleName(setting.title)
        self.control.setAccessibleDescription(setting.help)
        self.control.setToolTip(setting.help)
        self.show_value()
        settings.changed.connect(self._on_changed)

    def show_value(self) -> None:
        """Takes over the value in force."""
        value = self._settings.value(self._setting.key)
        control, kind = self.control, self._setting.kind
        control.blockSignals(True)
        if isinstance(control, QComboBox) and isinstance(kind, Choice):
            control.setCurrentIndex(kind.options.index(str(value)))
        elif isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QDoubleSpinBox):
            control.setValue(float(value))
        elif isinstance(control, QLineEdit) and control.text() != str(value):
            control.setText(str(value))
        control.blockSignals(False)

    def _control(self) -> QWidget:
        kind = self._setting.kind
        if isinstance(kind, Choice):
            box = QComboBox()
            box.addItems(list(kind.titles or kind.options))
            box.currentIndexChanged.connect(self._on_option_chosen)
            return box
        if isinstance(kind, Flag):
            check = QCheckBox(self._setting.title)
            check.toggled.connect(self._set)
            return check
        if isinstance(kind, Number):
            spin = QDoubleSpinBox()
            spin.setRange(kind.minimum, kind.maximum)
            spin.setSingleStep(kind.step)
            spin.setDecimals(0 if float(kind.step).is_integer() else 2)
            spin.valueChanged.connect(self._set)
            return spin
        line = QLineEdit()
        line.textEdited.connect(self._set)
        return line

    def _set(self, value: object) -> None:
        try:
            self._settings.set(self._setting.key, value)
        except SettingError as error:
            self.error.setText(f"{error.message} {error.hint}".strip())
            self.error.show()
        else:
            self.error.hide()

    def _on_option_chosen(self, place: int) -> None:
        kind = self._setting.kind
        if isinstance(kind, Choice):
            self._set(kind.options[place])

    def _on_changed(self, key: str) -> None:
        if key == self._setting.key:
            QTimer.singleShot(0, self, self.show_value)


class FormPage(Page):
    """Every shown setting of one section that has a form."""

    def __init__(self, name: str, section: str, about: str, settings: SettingsService) -> None:
        super().__init__(name, section, about, f"Kept in {settings.path()}")
        self._settings = settings
        self.rows: dict[str, Row] = {}
        for setting in SETTINGS.values():
            if setting.section == section and isinstance(
                setting.kind, Choice | Flag | Number | Text
            ):
                self._add(setting)

    def _add(self, setting: Setting) -> None:
        row = self.rows[setting.key] = Row(setting, self._settings, self)
        self.words += f" {setting.title} {setting.help}"
        block = QVBoxLayout()
        block.setSpacing(4)
        line = QHBoxLayout()
        if not isinstance(row.control, QCheckBox):
            title = text_label(setting.title)
            title.setWordWrap(False)
            title.setBuddy(row.control)
            line.addWidget(title)
            line.addStretch(1)
            row.control.setMinimumWidth(180)
        line.addWidget(row.control)
        reset = QPushButton("Reset")
        reset.setProperty("look", "quiet")
        reset.setAccessibleName(f"Reset {setting.title}")
        reset.setToolTip("Back to what Facet comes with")
        reset.setObjectName(f"reset {setting.key}")
        reset.clicked.connect(self._on_reset_clicked)
        if isinstance(row.control, QCheckBox):
            line.addStretch(1)
        line.addWidget(reset, 0, Qt.AlignmentFlag.AlignRight)
        block.addLayout(line)
        block.addWidget(text_label(setting.help, "small"))
        block.addWidget(row.error)
        self.column.addLayout(block)

    def _on_reset_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            key = sender.objectName().removeprefix("reset ")
            self._settings.set(key, SETTINGS[key].default)
