"""One window at a time: a second start asks the first to come forward by a file, not a socket."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from app.storage.database.instance_lock import REQUEST


class InstanceService(QObject):
    """Watches for the file a second start leaves; `requested` says that one did."""

    requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = folder / REQUEST
        self._watcher = QFileSystemWatcher(self)
        self._watcher.addPath(str(folder))
        self._watcher.directoryChanged.connect(self._on_directory_changed)
        QTimer.singleShot(0, self._on_directory_changed)

    def _on_directory_changed(self) -> None:
        if self._request.exists():
            self._request.unlink(missing_ok=True)
            self.requested.emit()
