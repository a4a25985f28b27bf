"""One provider in the settings: what it is, its key, and the test of the connection in named
steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from app.core.errors import AppError
from app.core.models.provider import BUILT_IN, CheckStep
from app.providers.catalogue.profile import ProviderProfile
from app.services.services import Services
from app.ui.settings.dialect_row import DialectRow
from app.ui.settings.key_doubt import KeyDoubt
from app.ui.settings.key_list import KeyList
from app.ui.settings.key_removal import KeyRemoval
from app.ui.settings.lesson_list import LessonList
from app.ui.settings.sign_in_box import SignInBox
from app.ui.settings.step_line import StepLine
from app.ui.theme import Theme
from app.ui.widgets.button_icon import put_icon
from app.ui.widgets.link_dialog import open_link
from app.ui.widgets.page import text_label


class ProviderCard(QFrame):
    """A provider with its key.

    `removed(provider_id)` asks to forget an address of the user's own; `models_wanted(provider_id)`
    to choose one of its models.
    """

    removed = Signal(str)
    models_wanted = Signal(str)

    def __init__(
        self, profile: ProviderProfile, services: Services, theme: Theme, place: str
    ) -> None:
        super().__init__()
        self.profile = profile
        models = self._models = services.models
        self._accounts = services.accounts
        self._theme = theme
        self._place = place
        self._steps: dict[str, StepLine] = {}
        self.setProperty("look", "card")
        self.setAccessibleName(profile.name)
        self.field = QLineEdit()
        self.save = QPushButton()
        self.remove = QPushButton("Remove key")
        self.choose = QPushButton("Choose one of its models")
        self.forget = QPushButton("Remove this address")
        self.error = text_label("", "error")
        self.state = text_label("", "small")
        self.account = text_label("", "small")
        self.summary = text_label("", "small")
        self._has_passed: bool | None = None
        self.sign_in = SignInBox(profile, services.sign_in, theme) if profile.sign_in_page else None
        self.keys = KeyList(profile, models.keys, models.trials, theme)
        self.keys.tested.connect(self._clear_steps)
        self.doubt = KeyDoubt(profile.id, models.trials)
        self.removal = KeyRemoval(profile.id, models.keys)
        self.lessons = LessonList(profile.id, services.lessons)
        self.dialect = DialectRow(profile.id, models, theme)
        self._lines = QVBoxLayout()
        self._build()
        models.keys.changed.connect(self._on_key_changed)
        models.keys.renamed.connect(self._on_key_renamed)
        models.keys.prompt_expected.connect(self._on_key_renamed)
        models.step_changed.connect(self._on_step_changed)
        models.check_ended.connect(self._on_check_ended)
        models.trials.doubted.connect(self._on_doubted)
        services.accounts.told.connect(self._on_account_told)
        models.listed.connect(self.show_summary)
        self.show_state()

    def show_summary(self) -> None:
        """Says in one line whether it works, how many models it has and what is left."""
        needs = self.profile.needs_key
        if needs and not self._models.keys.state(self.profile.id).has_key:
            self.summary.hide()
            return
        works = {None: "not tested yet", True: "works", False: "the last test failed"}
        count = sum(model.provider_id == self.profile.id for model in self._models.models())
        parts = [works[self._has_passed]] if self.profile.id not in BUILT_IN else ["works"]
        if count:
            parts.append(f"{count} model{'' if count == 1 else 's'}")
        left = self.account.text().partition(" · ")[0]
        if left.endswith("left"):
            parts.append(left)
        self.summary.setText(", ".join(parts))
        self.summary.show()

    def show_state(self) -> None:
        """Says whether there is a key, which one, and where it is kept."""
        self.show_summary()
        if not self.profile.needs_key and not self.field.isVisibleTo(self):
            self.state.setText("Needs no key.")
            return
        state = self._models.keys.state(self.profile.id)
        self._on_text_changed(self.field.text())
        has_several = len(self._models.keys.keys(self.profile.id)) > 1
        self.remove.setVisible(state.has_key and not has_several)
        if self.sign_in is not None:
            self.sign_in.set_primary(is_primary=not state.has_key)
        if state.has_key:
            place = "in memory only" if state.place == "memory" else f"in {state.place}"
            used = self._models.keys.used(self.profile.id)
            called = f"“{used.name}”, the key" if used and used.name else "Key"
            text = f"{called} ending in …{state.last4}, {place}. {state.note}"
            self.field.setPlaceholderText(f"•••••••• {state.last4} – paste another to replace it")
        elif self.profile.needs_key:
            text = f"No key yet. {self._place}"
            self.field.setPlaceholderText(self.profile.key_hint or "Paste the key here")
        else:
            text = "Works without a key; add one only if your server asks for it."
            self.field.setPlaceholderText("Optional key")
        self.state.setText(text.strip())

    def set_place(self, place: str) -> None:
        """Says where a new key will be kept."""
        self._place = place
        self.show_state()

    def steps(self) -> list[CheckStep]:
        """The steps of the last test as they are shown."""
        return [line.step for line in self._steps.values()]

    def _build(self) -> None:
        profile = self.profile
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(text_label(profile.name, "heading"), 1)
        if profile.key_page:
            page = QPushButton("Get a key")
            page.setProperty("look", "quiet")
            self._page_button = page
            self._theme.changed.connect(self._on_theme_changed)
            self._on_theme_changed()
            page.setToolTip(f"Shows the address of {profile.name}'s key page before opening it")
            page.clicked.connect(self._on_page_clicked)
            head.addWidget(page)
        if profile.is_custom:
            self.forget.setProperty("look", "quiet")
            self.forget.clicked.connect(self._on_forget_clicked)
            head.addWidget(self.forget)
        column.addLayout(head)
        column.addWidget(self.summary)
        if profile.about:
            column.addWidget(text_label(profile.about, "muted"))
        if profile.note:
            column.addWidget(text_label(profile.note, "small"))
        if profile.id not in BUILT_IN:
            column.addWidget(text_label(profile.address, "small"))
        if self.sign_in is not None:
            column.addWidget(self.sign_in)
        takes_key = profile.needs_key or profile.is_custom or profile.is_local
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(f"Key for {profile.name}")
        self.field.setToolTip("Paste the key; blanks, quotes and “Bearer” around it are taken off")
        self.field.setVisible(takes_key)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._on_save_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.save)
        row.addWidget(self.remove)
        if not takes_key:
            row.addStretch(1)
            self.remove.hide()
        column.addLayout(row)
        self.error.hide()
        column.addWidget(self.error)
        column.addWidget(self.state)
        column.addWidget(self.removal)
        column.addWidget(self.keys)
        self.account.hide()
        column.addWidget(self.account)
        self._lines.setSpacing(4)
        column.addLayout(self._lines)
        column.addWidget(self.doubt)
        self.choose.setToolTip("Opens the list of models with those of this provider")
        self.choose.clicked.connect(self._on_choose_clicked)
        self.choose.hide()
        onward = QHBoxLayout()
        onward.addWidget(self.choose)
        onward.addStretch(1)
        column.addLayout(onward)
        column.addWidget(self.lessons)
        column.addWidget(self.dialect)
        self._on_text_changed("")

    def _on_theme_changed(self) -> None:
        put_icon(self._page_button, self._theme, "external-link", "accent")

    def _clear_steps(self) -> None:
        self.choose.hide()
        for line in self._steps.values():
            self._lines.removeWidget(line)
            line.deleteLater()
        self._steps.clear()

    def _on_text_changed(self, text: str) -> None:
        self.error.hide()
        has_key = self._models.keys.state(self.profile.id).has_key
        self.save.setText(
            "Save and test" if text.strip() or not self._can_test(has_key) else "Test"
        )
        self.save.setEnabled(bool(text.strip()) or self._can_test(has_key))

    def _can_test(self, has_key: bool) -> bool:
        return has_key or not self.profile.needs_key

    def _on_save_clicked(self) -> None:
        self._clear_steps()
        text = self.field.text()
        try:
            if text.strip():
                self._models.trials.offer(self.profile.id, text)
                self.field.clear()
            else:
                self._models.check(self.profile.id)
        except AppError as error:
            self.error.setText(f"{error.message} {error.hint}".strip())
            self.error.show()
            self.field.setFocus()
            return
        self.save.setEnabled(False)

    def _on_remove_clicked(self) -> None:
        self._clear_steps()
        self._models.keys.remove(self.profile.id)

    def _on_forget_clicked(self) -> None:
        self.removed.emit(self.profile.id)

    def _on_page_clicked(self) -> None:
        open_link(self.profile.key_page, self.window(), self._theme)

    def _on_key_changed(self, provider_id: str) -> None:
        if provider_id == self.profile.id:
            self._has_passed = None
            # What was told of the former key says nothing of this one.
            self._clear_steps()
            self._on_account_told(provider_id, "")
            self.show_state()
            self.ask_account()

    def _on_key_renamed(self, provider_id: str) -> None:
        if provider_id == self.profile.id:
            self.show_state()

    def ask_account(self) -> None:
        """Asks what is left, where the provider tells."""
        self._accounts.ask(self.profile.id)

    def _on_account_told(self, provider_id: str, words: str) -> None:
        if provider_id == self.profile.id:
            self.account.setText(words)
            self.account.setVisible(bool(words))
            self.show_summary()

    def _on_step_changed(self, provider_id: str, step: CheckStep) -> None:
        if provider_id != self.profile.id:
            return
        if step.name in self._steps:
            self._steps[step.name].show_step(step)
        else:
            line = self._steps[step.name] = StepLine(self._theme, step)
            self._lines.addWidget(line)

    def _on_check_ended(self, provider_id: str, passed: bool) -> None:
        if provider_id == self.profile.id:
            self._on_text_changed(self.field.text())
            self.choose.setVisible(passed)
            self._has_passed = passed
            self.show_summary()

    def _on_doubted(self, provider_id: str, _words: str) -> None:
        if provider_id == self.profile.id:
            self._on_text_changed(self.field.text())

    def _on_choose_clicked(self) -> None:
        self.models_wanted.emit(self.profile.id)
