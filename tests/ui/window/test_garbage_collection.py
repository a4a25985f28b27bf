import gc
import linecache
import re
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument

from app.ui.window.garbage_collection import Garbage, give_back


class Knot:
    """Refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def garbage(qapp):
    was_enabled = gc.isenabled()
    taken = Garbage()
    yield taken
    taken.deleteLater()
    gc.unfreeze()
    if was_enabled:
        gc.enable()


def test_no_other_thread_collects(garbage):
    knot = weakref.ref(Knot())

    def allocate():
        for _ in range(50_000):
            Knot()

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert knot() is not None
    while garbage.collect_due() is not None:
        pass
    assert knot() is None


def test_what_lives_when_it_settles_is_left_alone_afterwards(garbage):
    garbage.settle()
    assert gc.get_freeze_count() > 0
    assert garbage.collect_due() is None


def held():
    """Memory that is in use, MB."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1e3


def test_what_an_answer_took_goes_back_to_the_system():
    # From a heap without free pages: what earlier tests left free would be filled first, and what
    # is given back of that was not taken here.
    assert give_back()
    start = held()
    texts = [QTextDocument("word " * 400) for _ in range(2_000)]
    last = QTextDocument("kept")
    full = held()
    del texts
    assert give_back()
    assert held() < start + (full - start) / 4
    assert last.toPlainText() == "kept"


def test_the_text_of_modules_is_not_kept(garbage, qtbot):
    linecache.getlines(__file__)
    garbage._rest.setInterval(1)
    garbage.give_back_soon()
    qtbot.waitUntil(lambda: __file__ not in linecache.cache)
