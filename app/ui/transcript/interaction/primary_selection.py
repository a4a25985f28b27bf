"""The second clipboard of X11: what is selected is pasted elsewhere by the middle button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QClipboard, QGuiApplication

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView


MOST = 20_000
"""Characters of several messages that are read for it; more are offered as Markdown, at once."""


def offer(view: TranscriptView) -> None:
    """Puts what is selected there as plain text, where the system has such a thing.

    An empty selection leaves what others selected.
    """
    clipboard = QGuiApplication.clipboard()
    if view.selection.is_empty or not clipboard.supportsSelection():
        return
    from app.ui.transcript.interaction.copying import selection_copy

    if found := selection_copy(view.selection, view.column.layouts, MOST):
        clipboard.setText(found.flavours.plain, QClipboard.Mode.Selection)
