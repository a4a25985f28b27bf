"""Strips above each other."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.section import NOTHING, Stack


class Bar:
    def __init__(self, tall, command):
        self.height, self.natural_width = tall, tall * 2
        self.command = command
        self.drawn_at = None
        self.width = 0

    def layout(self, width, _style):
        self.width = width

    def paint(self, _canvas, x, y):
        self.drawn_at = (x, y)

    def regions(self, _style):
        return [HitRegion(QRectF(0, 0, 5, 5), self.command)]


@pytest.fixture
def bars():
    return [Bar(20, "first"), Bar(30, "second")]


@pytest.fixture
def stack(bars, words, theme):
    made = Stack([lambda _message, bar=bar: bar for bar in bars] + [lambda _message: None])
    made.set_message(words.question())
    made.layout(300, Style(theme))
    return made


def test_strips_stand_below_each_other(stack, bars, theme):
    assert (stack.height, stack.natural_width) == (50, 60)
    assert [bar.width for bar in bars] == [300, 300]
    tops = [(region.command, region.rect.top()) for region in stack.regions(Style(theme))]
    assert tops == [("first", 0), ("second", 20)]


def test_only_what_is_in_view_is_drawn(stack, bars, theme):
    image = QImage(10, 10, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    stack.paint(Canvas(painter, 25, 100, Style(theme)), 7, 0)
    painter.end()
    assert bars[0].drawn_at is None
    assert bars[1].drawn_at == (7, 20)


def test_another_state_of_the_message_has_other_strips(words):
    asked = []

    def remember(message):
        asked.append(message.text)

    stack = Stack([remember])
    message = words.question(text="one")
    stack.set_message(message)
    stack.set_message(message)
    stack.set_message(words.question(text="two"))
    assert asked == ["one", "two"]
    assert stack.sections == []
    assert NOTHING.height == 0
