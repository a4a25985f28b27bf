import gc
import threading
import weakref

import pytest

from app.ui.garbage import Garbage


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
