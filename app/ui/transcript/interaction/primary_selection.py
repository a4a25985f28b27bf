"""The second clipboard of X11: what is selected is pasted elsewhere by the middle button."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication

from app.ui.transcript.interaction.copying import selection_copy
from app.ui.transcript.state import TranscriptState

MOST = 20_000
"""Characters of several messages that are read for it; more are offered as Markdown, at once."""


def offer(state: TranscriptState) -> None:
    """Puts what is selected there as plain text, where the system has such a thing.

    An empty selection leaves what others selected.
    """
    clipboard = QGuiApplication.clipboard()
    if state.selection.is_empty or not clipboard.supportsSelection():
        return
    if found := selection_copy(state.selection, state.column.layouts, MOST):
        clipboard.setText(found.flavours.plain, QClipboard.Mode.Selection)
