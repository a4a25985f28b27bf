"""Joins the find bar and the transcript: what is typed is looked for, and the keyboard comes
back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui.conversation.find_bar import FindBar
from app.ui.theme import Theme
from app.ui.transcript.search.controller import SearchController
from app.ui.transcript.search.scrollbar_markers import ScrollbarMarkers
from app.ui.transcript.view import TranscriptView
from app.ui.window.actions import Actions

LONGEST = 100
"""A selected text longer than this is not taken over into the field."""


class FindInChat(QObject):
    """The search of the open conversation; bar and search are made when first asked for.

    The bar stands above the transcript in `column`. `toggled` says that it came or went.
    """

    toggled = Signal()

    def __init__(
        self, theme: Theme, actions: Actions, transcript: TranscriptView, column: QBoxLayout
    ) -> None:
        super().__init__(transcript)
        self._theme = theme
        self._actions = actions
        self._transcript = transcript
        self._column = column
        self._before: QWidget | None = None
        self.bar: FindBar | None = None
        self.finding: SearchController | None = None

    def is_open(self) -> bool:
        """Whether the bar is there."""
        return self.bar is not None and not self.bar.isHidden()

    def open(self) -> None:
        """Shows the bar with the cursor in it, and with the words that are selected."""
        bar = self.bar or self._made()
        focused = bar.window().focusWidget()
        if focused is not None and not bar.isAncestorOf(focused):
            self._before = focused
        bar.show()
        bar.begin(self._selected())
        self.toggled.emit()

    def next(self) -> None:
        """Goes to the next find."""
        self._step(1)

    def previous(self) -> None:
        """Goes to the find before."""
        self._step(-1)

    def close(self) -> None:
        """Hides the bar and gives the keyboard back."""
        if self.bar is None or self.finding is None:
            return
        focused = self.bar.window().focusWidget()
        had_focus = focused is not None and self.bar.isAncestorOf(focused)
        self.finding.close()
        self.bar.hide()
        if had_focus:
            before = self._before if self._before and self._before.isVisible() else None
            (before or self._transcript).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._before = None
        self.toggled.emit()

    def _made(self) -> FindBar:
        from app.ui.conversation.find_bar import FindBar
        from app.ui.transcript.search.controller import SearchController
        from app.ui.transcript.search.reveal import Reveal

        transcript = self._transcript
        state, viewport = transcript.state, transcript.visible_part
        reveal = Reveal(state, viewport, transcript.position, transcript.interaction.folding)
        bar = self.bar = FindBar(self._theme, self._actions)
        finding = self.finding = SearchController(state, viewport, reveal)
        self._column.insertWidget(self._column.indexOf(self._transcript), bar)
        QWidget.setTabOrder(bar.leave, self._transcript)
        self._actions.guard(bar.field)
        bar.sought.connect(self._on_sought)
        bar.stepped.connect(finding.step)
        bar.closed.connect(self.close)
        finding.counted.connect(bar.show_count)
        ScrollbarMarkers(state.column, transcript.scroll_bar, finding)
        return bar

    def _step(self, step: int) -> None:
        if self.is_open() and self.finding is not None:
            self.finding.step(step)
        else:
            self.open()

    def _selected(self) -> str:
        selection, layouts = self._transcript.state.selection, self._transcript.state.column.layouts
        if selection.is_empty:
            return ""
        first, last = selection.span()
        if first[:3] != last[:3] or not 0 < last.position - first.position <= LONGEST:
            return ""
        items = layouts[first.layout].rows[first.row].items or ()
        text = items[first.item].text_between(first.position, last.position) if items else ""
        return "" if "\n" in text else text.strip()

    def _on_sought(self, words: str, keeps_case: bool, is_whole: bool) -> None:
        if self.is_open() and self.finding is not None:
            self.finding.look(words, keeps_case=keeps_case, is_whole=is_whole)
