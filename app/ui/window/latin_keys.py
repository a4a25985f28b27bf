"""Commands by the place of a key, where the keyboard's layout has no Latin letters.

Under a Russian, Greek, Hebrew or Arabic layout, Ctrl and the key of K come as Ctrl+Л. Windows and
macOS tell programs the Latin letter all the same. On Linux Qt finds it where a second, Latin layout
is set up; where there is none, shortcuts and the keys of text fields did nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

_ROWS = (
    (10, "1234567890-="),
    (24, "QWERTYUIOP[]"),
    (38, "ASDFGHJKL;'`"),
    (51, "\\ZXCVBNM,./"),
)
"""X11's number of a row's first key (Linux's input-event-codes.h, and 8), and what the keys are on
an American keyboard."""
_KEYS = {
    first + place: Qt.Key(ord(letter))
    for first, letters in _ROWS
    for place, letter in enumerate(letters)
}
_FIRST_STRANGE = 0x100
"""Keys from here to Qt's own (0x01000000) are letters of other scripts."""
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def latin_twin(event: QKeyEvent) -> QKeyEvent | None:
    """The same key press as a Latin layout would have it; None where it is one already."""
    key = event.key()
    is_strange = _FIRST_STRANGE <= key < 0x01000000
    if sys.platform != "linux" or not is_strange or not event.modifiers() & _COMMANDING:
        return None
    latin = _KEYS.get(event.nativeScanCode())
    if latin is None:
        return None
    return QKeyEvent(event.type(), latin, event.modifiers(), "", event.isAutoRepeat())


def act_as_latin(event: QKeyEvent, actions: Sequence[QAction]) -> bool:
    """Does what a key press means that nothing understood: a command by its shortcut, else what
    the field with the focus does with it. Whether it meant anything."""
    twin = latin_twin(event)
    if twin is None:
        return False
    pressed = QKeySequence(QKeyCombination(twin.modifiers(), Qt.Key(twin.key())))
    for action in actions:
        if pressed in action.shortcuts():
            if action.isEnabled():
                action.trigger()
            return True
    focused = QApplication.focusWidget()
    if focused is None:
        return False
    twin.ignore()
    QApplication.sendEvent(focused, twin)
    return twin.isAccepted()
