"""One start, measured from inside: CPU at the first paint of a window, memory three seconds later."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMainWindow, QSplitter

IDLE_MS = 3000


def _rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


class Watcher(QObject):
    """Sees the first window painted, then waits and ends the process with the figures."""

    def __init__(self) -> None:
        super().__init__()
        self._painted = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._painted and event.type() is QEvent.Type.Paint:
            self._painted = -1.0
            QTimer.singleShot(0, self._on_painted)
            QTimer.singleShot(IDLE_MS, self._on_idle)
        return False

    def _on_painted(self) -> None:
        self._painted = time.process_time() * 1000

    def _on_idle(self) -> None:
        sys.stdout.write(json.dumps({"paint_ms": self._painted, "rss_mb": _rss_mb()}) + "\n")
        sys.stdout.flush()
        sys.exit(0) if "skeleton" in sys.argv else __import__("os")._exit(0)


class Watched(QApplication):
    """The application of the program under test, watched from its first moment."""

    def __init__(self, *arguments: list[str]) -> None:
        super().__init__(*arguments)
        self.watcher = Watcher()
        self.installEventFilter(self.watcher)


def skeleton() -> None:
    """A bare window with the same three zones: what PySide6 itself costs."""
    app = Watched(["skeleton"])
    window = QMainWindow()
    zones = QSplitter()
    for widget in (QListWidget(), QLabel("Ask"), QLabel("Tuning")):
        zones.addWidget(widget)
    window.setCentralWidget(zones)
    window.resize(1280, 820)
    window.show()
    app.exec()


def main(kind: str, profile: str) -> None:
    if kind == "skeleton":
        skeleton()
        return
    if kind == "eager":
        import httpx  # noqa: F401
        import keyring  # noqa: F401
        import markdown  # noqa: F401
        import markdown_it  # noqa: F401
        import pygments.lexers  # noqa: F401

        from app.practice import transport  # noqa: F401
        from app.providers import client  # noqa: F401
    QtWidgets.QApplication = Watched  # type: ignore[misc, assignment]
    from app.bootstrap import run_window

    run_window(Path(profile))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
