"""The several keys of a provider: which one is in use, and a way to add, rename and remove them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.providers.catalogue.profile import ProviderProfile
from app.services.keys.key_ring import MEMORY, StoredKey
from app.services.keys.key_trials import KeyTrials
from app.services.keys.keys import NAME_LIMIT, KeyService
from app.ui.theme import Theme
from app.ui.widgets.button_icon import put_icon
from app.ui.widgets.link_dialog import open_link
from app.ui.widgets.page import text_label


class KeyRow(QWidget):
    """One key: its name, its end, and what can be done with it.

    `chosen`, `removed` and `renamed` carry its number, the last one the new name too.
    """

    chosen = Signal(int)
    removed = Signal(int)
    renamed = Signal(int, str)

    def __init__(self, key: StoredKey, *, is_used: bool) -> None:
        super().__init__()
        self.key = key
        place = "in memory only" if key.place == MEMORY else f"stored on {key.date}"
        end = f"…{key.last4}, " if key.name else ""
        says = f"{'In use · ' if is_used else ''}{end}{place}"
        says = says[0].upper() + says[1:]
        self.name = text_label(key.title)
        self.says = text_label(says, "small")
        self.field = QLineEdit(key.name)
        self.field.setMaxLength(NAME_LIMIT)
        self.field.setAccessibleName(f"New name of the key {key.title}")
        self.field.setPlaceholderText("What it is for, such as Work")
        self.use = self._button("Use", "Use")
        self.use.setVisible(not is_used)
        self.rename = self._button("Rename…", "Rename")
        self.remove = self._button("Remove", "Remove")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.field)
        words.addWidget(self.says)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.use, self.rename, self.remove):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show_field(is_shown=False)
        self.use.clicked.connect(self._on_use_clicked)
        self.rename.clicked.connect(self._on_rename_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.field.returnPressed.connect(self._on_rename_clicked)

    def _button(self, text: str, verb: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("look", "quiet")
        button.setAccessibleName(f"{verb} the key {self.key.title}")
        return button

    def _show_field(self, *, is_shown: bool) -> None:
        self.field.setVisible(is_shown)
        self.name.setVisible(not is_shown)
        self.rename.setText("Save name" if is_shown else "Rename…")

    def _on_use_clicked(self) -> None:
        self.chosen.emit(self.key.number)

    def _on_remove_clicked(self) -> None:
        self.removed.emit(self.key.number)

    def _on_rename_clicked(self) -> None:
        if self.field.isHidden():
            self._show_field(is_shown=True)
            self.field.setFocus()
            self.field.selectAll()
        else:
            self.renamed.emit(self.key.number, self.field.text())


class KeyList(QWidget):
    """Nothing but a quiet button for one key; a row for each of several.

    `tested`: a further key was given and its test begins.
    """

    tested = Signal()

    def __init__(
        self, profile: ProviderProfile, keys: KeyService, trials: KeyTrials, theme: Theme
    ) -> None:
        super().__init__()
        self._provider_id = profile.id
        self._keys = keys
        self._trials = trials
        self.rows: list[KeyRow] = []
        self.another = QPushButton("Add another key…")
        self.another.setProperty("look", "quiet")
        self.another.setProperty("edge", "left")
        self.another.setAccessibleName(f"Add another key for {profile.name}")
        self.page = QPushButton(f"This key at {profile.name}")
        self.page.setProperty("look", "quiet")
        self.page.setToolTip("Its limit and what it was used for; the address is shown first")
        self.page.setVisible(bool(profile.key_link))
        self.page.clicked.connect(self._on_page_clicked)
        keys.page_found.connect(self._on_page_found)
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_LIMIT)
        self.name.setPlaceholderText("Its name")
        self.name.setToolTip("What the key is for, such as Work")
        self.name.setAccessibleName(f"Name of another key for {profile.name}")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText("Paste the other key here")
        self.field.setAccessibleName(f"Another key for {profile.name}")
        self.save = QPushButton("Save and test")
        self.cancel = QPushButton("Cancel")
        self.error = text_label("", "error")
        self._theme = theme
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._form = QWidget()
        form = QHBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addWidget(self.name, 2)
        form.addWidget(self.field, 3)
        form.addWidget(self.save)
        form.addWidget(self.cancel)
        below = QHBoxLayout()
        below.addWidget(self.another)
        below.addWidget(self.page)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._lines)
        column.addWidget(self._form)
        column.addWidget(self.error)
        column.addLayout(below)
        self.another.clicked.connect(self._on_another_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        for line in (self.name, self.field):
            line.returnPressed.connect(self._on_save_clicked)
        theme.changed.connect(self._on_theme_changed)
        keys.changed.connect(self._on_changed)
        keys.renamed.connect(self._on_changed)
        self._on_theme_changed()
        self._open_form(is_open=False)
        self._fill()

    def _fill(self) -> None:
        focus = self.focusWidget()
        had_focus = any(row.isAncestorOf(focus) for row in self.rows if focus is not None)
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        keys = self._keys.keys(self._provider_id)
        used = self._keys.used(self._provider_id)
        self.rows = []
        for key in keys if len(keys) > 1 else []:
            row = KeyRow(key, is_used=key == used)
            row.chosen.connect(self._on_chosen)
            row.removed.connect(self._on_removed)
            row.renamed.connect(self._on_renamed)
            self._lines.addWidget(row)
            row.show()
            self.rows.append(row)
        self.setVisible(bool(keys))
        if had_focus:
            self.another.setFocus()

    def _open_form(self, *, is_open: bool) -> None:
        self._form.setVisible(is_open)
        self.another.setVisible(not is_open)
        self._complain("")

    def _complain(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def _on_another_clicked(self) -> None:
        self._open_form(is_open=True)
        self.name.setFocus()

    def _on_cancel_clicked(self) -> None:
        for line in (self.name, self.field):
            line.clear()
        self._open_form(is_open=False)
        self.another.setFocus()

    def _on_save_clicked(self) -> None:
        try:
            self._trials.offer_further(self._provider_id, self.name.text(), self.field.text())
        except AppError as error:
            self._complain(f"{error.message} {error.hint}".strip())
            return
        self._on_cancel_clicked()
        self.tested.emit()

    def _on_page_clicked(self) -> None:
        self._keys.find_page(self._provider_id)

    def _on_page_found(self, provider_id: str, address: str) -> None:
        if provider_id == self._provider_id:
            open_link(address, self.window(), self._theme)

    def _on_chosen(self, number: int) -> None:
        self._keys.choose(self._provider_id, number)

    def _on_removed(self, number: int) -> None:
        self._keys.remove(self._provider_id, number)

    def _on_renamed(self, number: int, name: str) -> None:
        self._complain("")
        try:
            self._keys.rename(self._provider_id, number, name)
        except AppError as error:
            self._complain(f"{error.message} {error.hint}".strip())

    def _on_changed(self, provider_id: str) -> None:
        if provider_id == self._provider_id:
            self._fill()

    def _on_theme_changed(self) -> None:
        put_icon(self.another, self._theme, "plus", "accent")
        put_icon(self.page, self._theme, "external-link", "accent")
