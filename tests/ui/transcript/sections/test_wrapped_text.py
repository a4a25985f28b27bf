"""Plain text broken to a width."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.painting.highlights import Marked
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.wrapped_text import (
    WRAPPED,
    breakable,
    mark_wrapped,
    wrapped_height,
    wrapped_top,
)

LONG = "The provider said: " + "x" * 70 + " 😀 and then it stopped, for a reason nobody knows."


def test_text_without_spaces_is_broken(theme):
    font = theme.font()
    assert wrapped_height("x" * 500, 200, font) > 5 * wrapped_height("x", 200, font)
    assert wrapped_height("", 200, font) == 0


def test_lines_break_between_words_and_inside_very_long_ones():
    assert breakable("a few short words") == "a few short words"
    long = "x" * 40
    assert breakable(f"see {long}.").replace("\u200b", "") == f"see {long}."
    assert max(len(part) for part in breakable(long).split("\u200b")) == 16


def test_a_word_longer_than_the_card_stays_inside_it(theme):
    style = Style(theme)
    one, many = "x" * 20, "x" * 400
    assert wrapped_height(many, 200, style.text_font) > wrapped_height(one, 200, style.text_font)


@pytest.fixture
def image():
    made = QImage(400, 300, QImage.Format.Format_ARGB32)
    made.fill(QColor("white"))
    return made


@pytest.fixture
def canvas(theme, image):
    painter = QPainter(image)
    yield Canvas(painter, 0, 300, Style(theme))
    painter.end()


def inked(image):
    """The box round everything that is not white."""
    points = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y) != QColor("white")
    ]
    across, down = [x for x, _ in points], [y for _, y in points]
    return QRectF(min(across), min(down), max(across) - min(across), max(down) - min(down))


@pytest.mark.parametrize("word", ["The", "said", "😀", "reason", "knows."])
def test_a_mark_lies_behind_the_word_where_it_is_drawn(canvas, image, word):
    font, width = canvas.style.text_font, 180
    place = QRectF(10, 10, width, 280)
    at = len(LONG[: LONG.index(word)].encode("utf-16-le")) // 2
    length = len(word.encode("utf-16-le")) // 2
    canvas.marks = {"owner": [Marked(0, at, at + length, False)]}
    mark_wrapped(canvas, "owner", 0, place, LONG, font)
    ground = inked(image)
    image.fill(QColor("white"))
    painter = canvas.painter
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    painter.setClipRect(ground)
    painter.drawText(place, WRAPPED, breakable(LONG))
    drawn = inked(image)
    assert ground.contains(drawn)
    assert drawn.width() > ground.width() * 0.6
    assert ground.top() - 10 == pytest.approx(wrapped_top(LONG, font, width, at), abs=2)


def test_marks_of_others_are_not_drawn(canvas, image):
    canvas.marks = {"owner": [Marked(1, 0, 3, False)]}
    mark_wrapped(canvas, "owner", 0, QRectF(0, 0, 200, 100), LONG, canvas.style.text_font)
    mark_wrapped(canvas, "other", 1, QRectF(0, 0, 200, 100), LONG, canvas.style.text_font)
    canvas.marks = None
    mark_wrapped(canvas, "owner", 1, QRectF(0, 0, 200, 100), LONG, canvas.style.text_font)
    assert all(
        image.pixelColor(x, y) == QColor("white")
        for x in range(0, 400, 3)
        for y in range(0, 300, 3)
    )
