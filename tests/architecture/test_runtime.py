"""What the libraries underneath must not do."""

import gc
import sys

import apsw
from PySide6.QtCore import QObject, Signal


class Speaker(QObject):
    said = Signal(str, bool)
    silent = Signal()


def test_ten_thousand_signals_leave_the_count_of_none_alone():
    """PySide6 6.12.0 on Python 3.11 ends the process before this loop does."""
    heard = []
    speaker = Speaker()
    speaker.said.connect(lambda text, is_last: heard.append(is_last))
    speaker.silent.connect(lambda: None)
    gc.collect()  # what other tests left is not to go meanwhile
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(10_000):
        speaker.said.emit("word", False)
        speaker.silent.emit()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert len(heard) == 10_000
    assert abs(after[0] - before[0]) <= 50
    assert abs(after[1] - before[1]) <= 50


def test_the_database_engine_has_no_wal_reset_bug():
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    assert version >= (3, 51, 3)


def test_the_database_engine_can_search():
    assert "ENABLE_FTS5" in apsw.compile_options
