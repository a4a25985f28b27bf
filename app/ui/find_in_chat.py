"""Joins the find bar and the transcript: what is typed is looked for, and the keyboard comes
back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.find_bar import FindBar
from app.ui.transcript.view import TranscriptView

LONGEST = 100
"""A selected text longer than this is not taken over into the field."""


class FindInChat(QObject):
    """The search of the open conversation. `toggled` says that the bar came or went."""

    toggled = Signal()

    def __init__(self, bar: FindBar, transcript: TranscriptView) -> None:
        super().__init__(bar)
        self._bar = bar
        self._finding = transcript.finding
        self._transcript = transcript
        self._before: QWidget | None = None
        bar.sought.connect(self._on_sought)
        bar.stepped.connect(self._finding.step)
        bar.closed.connect(self.close)
        self._finding.counted.connect(bar.show_count)

    def is_open(self) -> bool:
        """Whether the bar is there."""
        return not self._bar.isHidden()

    def open(self) -> None:
        """Shows the bar with the cursor in it, and with the words that are selected."""
        focused = self._bar.window().focusWidget()
        if focused is not None and not self._bar.isAncestorOf(focused):
            self._before = focused
        self._bar.show()
        self._bar.begin(self._selected())
        self.toggled.emit()

    def next(self) -> None:
        """Goes to the next find."""
        self._step(1)

    def previous(self) -> None:
        """Goes to the find before."""
        self._step(-1)

    def close(self) -> None:
        """Hides the bar and gives the keyboard back."""
        had_focus = self._bar.isAncestorOf(self._bar.window().focusWidget() or self._bar.window())
        self._finding.close()
        self._bar.hide()
        if had_focus:
            before = self._before if self._before and self._before.isVisible() else None
            (before or self._transcript).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._before = None
        self.toggled.emit()

    def _step(self, step: int) -> None:
        if self.is_open():
            self._finding.step(step)
        else:
            self.open()

    def _selected(self) -> str:
        selection, sheets = self._transcript.selection, self._transcript.column.sheets
        if selection.is_empty:
            return ""
        first, last = selection.span()
        if first[:3] != last[:3] or not 0 < last.position - first.position <= LONGEST:
            return ""
        pieces = sheets[first.sheet].rows[first.row].pieces or ()
        text = pieces[first.piece].text_between(first.position, last.position) if pieces else ""
        return "" if "\n" in text else text.strip()

    def _on_sought(self, words: str, keeps_case: bool, is_whole: bool) -> None:
        if self.is_open():
            self._finding.look(words, keeps_case=keeps_case, is_whole=is_whole)
