"""What arrives of running answers, gathered until the next frame."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

FRAME = 33
"""Milliseconds between two updates while an answer streams."""

LONGEST_FRAME = 200
"""Milliseconds between two updates where each costs much: a whole answer that comes at once."""
SHARE = 6
"""How many times longer the pause is than an update took: the rest is for what arrives, and for
who types meanwhile."""

TEXT, REASONING = "text", "reasoning"


class TextBuffer:
    """Pieces of text by message. `show` is called once a frame while there are any."""

    def __init__(self, parent: QObject, show: Callable[[], None]) -> None:
        self._items: dict[str, dict[str, list[str]]] = {}
        self._frame = QTimer(parent)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME)
        self._frame.timeout.connect(self._on_due)
        self._show = show

    def add(self, message_id: str, kind: str, text: str) -> None:
        """One more block, `kind` TEXT or REASONING."""
        if text:
            kinds = self._items.setdefault(message_id, {TEXT: [], REASONING: []})
            kinds[kind].append(text)
            if not self._frame.isActive():
                self._frame.start()

    def take(self) -> list[tuple[str, str, str]]:
        """(message id, text, reasoning) of what has arrived, once."""
        self._frame.stop()
        items, self._items = self._items, {}
        return [
            (message_id, "".join(kinds[TEXT]), "".join(kinds[REASONING]))
            for message_id, kinds in items.items()
        ]

    def _on_due(self) -> None:
        began = time.thread_time()
        self._show()
        spent = (time.thread_time() - began) * 1000
        self._frame.setInterval(int(min(LONGEST_FRAME, max(FRAME, SHARE * spent))))

    def drop(self) -> None:
        """Forgets what has arrived: another branch is shown."""
        self._frame.stop()
        self._items = {}
