"""Pieces are gathered until the next frame."""

import pytest
from PySide6.QtCore import QObject

from app.ui.transcript.streaming import text_buffer as arrivals_module
from app.ui.transcript.streaming.text_buffer import (
    FRAME,
    LONGEST_FRAME,
    REASONING,
    TEXT,
    TextBuffer,
)


def test_pieces_come_joined_by_message(qtbot):
    shown = []
    parent = QObject()
    arrivals = TextBuffer(parent, lambda: shown.append(arrivals.take()))
    arrivals.add("a", TEXT, "one ")
    arrivals.add("b", REASONING, "hm")
    arrivals.add("a", TEXT, "two")
    arrivals.add("a", TEXT, "")
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [[("a", "one two", ""), ("b", "", "hm")]]
    assert arrivals.take() == []


def test_dropped_pieces_are_gone(qapp):
    parent = QObject()
    arrivals = TextBuffer(parent, lambda: None)
    arrivals.add("a", TEXT, "x")
    arrivals.drop()
    assert arrivals.take() == []


@pytest.mark.parametrize(
    ("seconds", "pause"), [(0.0, FRAME), (0.004, FRAME), (0.020, 120), (9.0, LONGEST_FRAME)]
)
def test_after_a_costly_update_the_next_one_waits_longer(qapp, monkeypatch, seconds, pause):
    now = [5.0]
    monkeypatch.setattr(arrivals_module.time, "thread_time", lambda: now[0])

    def show():
        now[0] += seconds

    parent = QObject()
    arrivals = TextBuffer(parent, show)
    arrivals.add("a", TEXT, "x")
    arrivals._on_due()
    assert arrivals._frame.interval() == pytest.approx(pause, abs=1)
