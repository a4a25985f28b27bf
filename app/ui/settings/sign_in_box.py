"""The part of a provider's card that signs in by the browser, for providers that offer it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.providers.catalogue.profile import ProviderProfile
from app.services.keys.sign_in import SignInService
from app.ui.theme import Theme
from app.ui.widgets.link_dialog import open_link
from app.ui.widgets.page import text_label

WAITING = (
    "Waiting for your browser. Agree there, and it brings you back; Facet listens on this "
    "computer only until then."
)
PASTING = "The page shows a code when you agree. Paste it here."


class SignInBox(QWidget):
    """Starts a sign-in, says what it waits for, and takes a pasted code."""

    def __init__(self, profile: ProviderProfile, sign_in: SignInService, theme: Theme) -> None:
        super().__init__()
        self._profile = profile
        self._sign_in = sign_in
        self._theme = theme
        self.start = QPushButton(f"Sign in with {profile.name}")
        self.start.setToolTip(
            f"Opens {profile.name} in your browser; it makes a key for Facet, no copying needed"
        )
        self.by_code = QPushButton("Use a code instead")
        self.cancel = QPushButton("Cancel")
        self.code = QLineEdit()
        self.code.setPlaceholderText("Code from the page")
        self.code.setAccessibleName(f"Sign-in code from {profile.name}")
        self.finish = QPushButton("Finish")
        self.says = text_label("", "small")
        self.error = text_label("", "error")
        self.by_code.setProperty("look", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        for button in (self.start, self.by_code):
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.says)
        below = QHBoxLayout()
        below.addWidget(self.code, 1)
        below.addWidget(self.finish)
        below.addWidget(self.cancel)
        column.addLayout(below)
        column.addLayout(row)
        column.addWidget(self.error)
        self.start.clicked.connect(self._on_start_clicked)
        self.by_code.clicked.connect(self._on_by_code_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.finish.clicked.connect(self._on_finish_clicked)
        self.code.returnPressed.connect(self._on_finish_clicked)
        sign_in.page_ready.connect(self._on_page_ready)
        sign_in.ended.connect(self._on_ended)
        self._show("")

    def set_primary(self, *, is_primary: bool) -> None:
        """Draws the way in as the first thing to do, where there is no key yet."""
        self.start.setProperty("look", "primary" if is_primary else "")
        self.start.style().unpolish(self.start)
        self.start.style().polish(self.start)

    def _show(self, state: str, error: str = "") -> None:
        """`state`: "" before, "browser" while it is awaited, "code" while a code is."""
        self.start.setVisible(not state)
        self.by_code.setVisible(state != "code")
        self.cancel.setVisible(bool(state))
        for widget in (self.code, self.finish):
            widget.setVisible(state == "code")
        self.says.setText({"browser": WAITING, "code": PASTING}.get(state, ""))
        self.says.setVisible(bool(state))
        self.error.setText(error)
        self.error.setVisible(bool(error))

    def _on_start_clicked(self) -> None:
        self._show("browser")
        self._sign_in.start(self._profile.id)

    def _on_by_code_clicked(self) -> None:
        self._show("code")
        self._sign_in.start_with_code(self._profile.id)
        self.code.setFocus()

    def _on_cancel_clicked(self) -> None:
        self._sign_in.cancel(self._profile.id)
        self.code.clear()
        self._show("")

    def _on_finish_clicked(self) -> None:
        try:
            self._sign_in.finish(self._profile.id, self.code.text())
        except AppError as error:
            self._show("code", f"{error.message} {error.hint}")
            return
        self.finish.setEnabled(False)

    def _on_page_ready(self, provider_id: str, address: str) -> None:
        if provider_id == self._profile.id:
            shown = open_link(address, self.window(), self._theme)
            shown.rejected.connect(self._on_cancel_clicked)

    def _on_ended(self, provider_id: str, words: str) -> None:
        if provider_id == self._profile.id:
            self.finish.setEnabled(True)
            if self._sign_in.is_running(provider_id):
                self._show("code", words)
                return
            self.code.clear()
            self._show("", words)
