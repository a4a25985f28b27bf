"""Sends Qt's accessibility events: what a screen reader must hear of when a transcript changes. It
sends none while no screen reader is running."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleStateChangeEvent

from app.ui.transcript.accessibility.interface import install, list_of
from app.ui.transcript.accessibility.transcript import AccessibleTranscript


class AccessibilityEvents:
    """The events of one transcript."""

    def __init__(self, transcript: AccessibleTranscript) -> None:
        install()
        self._transcript = transcript
        self._area = transcript.viewport.area

    def focus_moved(self) -> None:
        """The focus ring is on another message or button: it is what gets read."""
        transcript = self._transcript
        if not QAccessible.isActive() or not transcript.has_ring:
            return
        QAccessible.queryAccessibleInterface(self._area)
        messages = list_of(transcript)
        child = messages.focusChild() if messages else None
        if child is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(child, QAccessible.Event.Focus))

    def branch_shown(self) -> None:
        """Other messages are in the list."""
        messages = list_of(self._transcript)
        if messages is not None:
            messages.forget_gone()
        if QAccessible.isActive():
            event = QAccessibleEvent(self._area, QAccessible.Event.ObjectReorder)
            QAccessible.updateAccessibility(event)

    def appended(self) -> None:
        """One more message stands at the end of the list."""
        if QAccessible.isActive():
            event = QAccessibleEvent(self._area, QAccessible.Event.ObjectCreated)
            event.setChild(len(self._transcript.state.column.layouts) - 1)
            QAccessible.updateAccessibility(event)

    def ended(self, index: int) -> None:
        """A message is not being written any more."""
        if QAccessible.isActive():
            change = QAccessible.State()
            change.busy = True
            event = QAccessibleStateChangeEvent(self._area, change)
            event.setChild(index)
            QAccessible.updateAccessibility(event)
