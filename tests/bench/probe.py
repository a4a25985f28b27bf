"""One start, measured from inside: CPU at the first paint, memory three seconds later."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

IDLE_MS = 3000


def _rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def watch() -> None:
    """Makes every application see its first window painted, and end itself with the figures."""
    from PySide6 import QtWidgets
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watcher(QObject):
        def __init__(self) -> None:
            super().__init__()
            self._painted: float | None = None

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if self._painted is None and event.type() is QEvent.Type.Paint:
                self._painted = 0.0
                QTimer.singleShot(0, self._on_painted)
                QTimer.singleShot(IDLE_MS, self._on_idle)
            return False

        def _on_painted(self) -> None:
            self._painted = time.process_time() * 1000
            # A filter that sees objects of Qt's own makes PySide6 load every type it has (5 MB).
            QtWidgets.QApplication.instance().removeEventFilter(self)

        def _on_idle(self) -> None:
            ready = time.process_time() * 1000
            figures = {"paint_ms": self._painted, "ready_ms": ready, "rss_mb": _rss_mb()}
            os.write(1, json.dumps(figures).encode() + b"\n")
            os._exit(0)

    class Watched(QtWidgets.QApplication):
        def __init__(self, *arguments: list[str]) -> None:
            super().__init__(*arguments)
            self.watcher = Watcher()
            self.installEventFilter(self.watcher)

    QtWidgets.QApplication = Watched  # type: ignore[misc]


def skeleton() -> None:
    """A bare window with the same three zones: what PySide6 itself costs."""
    watch()
    from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMainWindow, QSplitter

    app = QApplication(["skeleton"])
    window = QMainWindow()
    zones = QSplitter()
    for widget in (QListWidget(), QLabel("Ask"), QLabel("Tuning")):
        zones.addWidget(widget)
    window.setCentralWidget(zones)
    window.resize(1280, 820)
    window.show()
    app.exec()


def window(profile: str, *, is_eager: bool) -> None:
    """The program itself; eagerly with everything it will ever need imported first."""
    if is_eager:
        import httpx  # noqa: F401
        import keyring  # noqa: F401
        import markdown  # noqa: F401
        import markdown_it  # noqa: F401
        import pygments.lexers  # noqa: F401

        from app import bootstrap  # noqa: F401
        from app.practice import transport  # noqa: F401
        from app.providers import client  # noqa: F401
    watch()
    from app.window_app import run_window

    run_window(Path(profile))


if __name__ == "__main__":
    kind, profile = sys.argv[1:]
    if kind == "skeleton":
        skeleton()
    else:
        window(profile, is_eager=kind == "eager")
