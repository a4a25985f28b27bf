"""Preloading goes one thing at a time to its end."""

from PySide6.QtCore import QObject

from app.render.code import COMMON
from app.ui.transcript.streaming.preload import Preload


def test_everything_is_loaded_in_slices(qapp):
    parent = QObject()
    preload = Preload(parent)
    steps = 1
    while preload.step():
        steps += 1
    preload._timer.stop()
    assert steps == len(COMMON) + 1


def test_it_starts_once(qapp):
    parent = QObject()
    preload = Preload(parent)
    preload.start()
    left = preload._timer.remainingTime()
    assert preload._timer.isActive()
    preload.start()
    assert preload._timer.remainingTime() <= left
    preload._timer.stop()
