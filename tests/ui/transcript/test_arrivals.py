"""Pieces are gathered until the next frame."""

from PySide6.QtCore import QObject

from app.ui.transcript.arrivals import REASONING, TEXT, Arrivals


def test_pieces_come_joined_by_message(qtbot):
    shown = []
    parent = QObject()
    arrivals = Arrivals(parent, lambda: shown.append(arrivals.take()))
    arrivals.add("a", TEXT, "one ")
    arrivals.add("b", REASONING, "hm")
    arrivals.add("a", TEXT, "two")
    arrivals.add("a", TEXT, "")
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [[("a", "one two", ""), ("b", "", "hm")]]
    assert arrivals.take() == []


def test_dropped_pieces_are_gone(qapp):
    parent = QObject()
    arrivals = Arrivals(parent, lambda: None)
    arrivals.add("a", TEXT, "x")
    arrivals.drop()
    assert arrivals.take() == []
