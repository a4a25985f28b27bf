"""Opening the window, each time in a process of its own as a double click does it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.paths import folders
from app.storage.database.instance_lock import REQUEST, InstanceLock
from app.window_app import run_window

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from app import window_app
from app.ui.window.main_window import MainWindow

HEAVY = {"httpx", "keyring", "markdown", "markdown_it", "pygments", "apsw", "ziamath"}

class Watched(MainWindow):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.painted.connect(self.look)
    def look(self):
        print("early:", sorted(HEAVY & set(sys.modules)))
        self.wait()
    def wait(self):
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
        if dialogs and dialogs[0].isVisible():
            print("dialog:", dialogs[0].windowTitle())
            dialogs[0].reject()
        elif hasattr(self, "view") and self.view.isVisible():
            print("title:", self.windowTitle())
            self.close()
        else:
            QTimer.singleShot(0, self.wait)

window_app.MainWindow = Watched
sys.exit(window_app.run_window(Path(sys.argv[1])))
"""


def _open(profile: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, str(profile)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )


def test_the_frame_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    done = _open(tmp_path)
    assert done.stdout.splitlines() == ["early: []", "title: Facet"]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("content", [b"", b"hello" * 2000])
def test_a_history_that_cannot_be_opened_is_explained_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    database = folders(tmp_path).database
    database.write_bytes(content)
    done = _open(tmp_path)
    assert "dialog: Facet cannot start" in done.stdout
    assert done.returncode == 1
    assert database.read_bytes() == content


def test_a_second_start_asks_the_first_to_come_forward(tmp_path: Path) -> None:
    data = folders(tmp_path).data
    lock = InstanceLock(data)
    assert lock.acquire()
    assert run_window(tmp_path) == 0
    assert (data / REQUEST).exists()
    lock.release()
