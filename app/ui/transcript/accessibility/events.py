"""Tells a screen reader what changes in a transcript; does nothing while none is running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleStateChangeEvent

from app.ui.transcript.accessibility.interface import face_of

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView


class AccessibilityEvents:
    """The news of one view."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view

    def ring_moved(self) -> None:
        """The focus ring is on another message or button: it is what gets read."""
        view = self._view
        if not QAccessible.isActive() or view.focused < 0 or not view.hasFocus():
            return
        QAccessible.queryAccessibleInterface(view)
        face = face_of(view)
        child = face.focusChild() if face else None
        if child is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(child, QAccessible.Event.Focus))

    def branch_shown(self) -> None:
        """Other messages are in the list."""
        face = face_of(self._view)
        if face is not None:
            face.forget_gone()
        if QAccessible.isActive():
            event = QAccessibleEvent(self._view, QAccessible.Event.ObjectReorder)
            QAccessible.updateAccessibility(event)

    def appended(self) -> None:
        """One more message stands at the end of the list."""
        self._tell_last(QAccessible.Event.ObjectCreated)

    def ended(self, index: int) -> None:
        """A message is not being written any more."""
        if QAccessible.isActive():
            change = QAccessible.State()
            change.busy = True
            event = QAccessibleStateChangeEvent(self._view, change)
            event.setChild(index)
            QAccessible.updateAccessibility(event)

    def _tell_last(self, kind: QAccessible.Event) -> None:
        if QAccessible.isActive():
            event = QAccessibleEvent(self._view, kind)
            event.setChild(len(self._view.column.layouts) - 1)
            QAccessible.updateAccessibility(event)
