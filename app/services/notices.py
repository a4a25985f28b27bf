"""Messages to the user that belong to no single answer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError


@dataclass(frozen=True, slots=True)
class Notice:
    """One quiet message; `kind` is info, warn or error.

    With `action_title` it carries one button that runs `command_id` with `argument`.
    """

    text: str
    kind: str = "info"
    action_title: str = ""
    command_id: str = ""
    argument: str = ""


class NoticeService(QObject):
    """Passes notices on to whoever shows them; keeps those raised before anyone listens."""

    raised = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._has_listener = False

    def show(self, notice: Notice) -> None:
        """Shows a notice, at once or as soon as `release` was called."""
        if self._has_listener:
            self.raised.emit(notice)
        else:
            self._waiting.append(notice)

    def report(self, error: AppError) -> None:
        """Shows a foreseen error with what to do about it."""
        text = f"{error.message} {error.hint}".strip()
        self.show(Notice(text, "error"))

    def release(self) -> None:
        """Says that somebody listens now, and delivers what has waited."""
        self._has_listener = True
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            self.raised.emit(notice)
