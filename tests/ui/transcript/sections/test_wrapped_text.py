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
    mark_line,
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


def painted_line(theme, text, marks, **more):
    """First and last column with the ground of a find."""
    image = QImage(400, 30, QImage.Format.Format_RGB32)
    image.fill(theme.colour("background"))
    painter = QPainter(image)
    style = Style(theme)
    canvas = Canvas(painter, 0, 30, style, marks={"owner": marks})
    painter.setPen(theme.colour("text"))
    mark_line(canvas, "owner", 0, QRectF(10, 0, 380, 30), text, style.code_font, **more)
    assert painter.pen().color() == theme.colour("text")
    painter.end()
    wanted = {theme.colour("found").rgb(), theme.colour("found_now").rgb()}
    columns = [x for x in range(400) if image.pixel(x, 15) in wanted]
    return (columns[0], columns[-1] + 1) if columns else None


def test_a_line_is_marked_where_the_find_stands(theme, qapp):
    letter = 13 * 0.6
    left, right = painted_line(theme, "abc def", [Marked(0, 4, 7, False)])
    assert abs(left - (10 + 4 * letter)) <= 2
    assert abs(right - (10 + 7 * letter)) <= 2
    first, last = painted_line(theme, "abc def", [Marked(0, 4, 7, False)], start=4)
    assert first == 10
    assert abs(last - first - (right - left)) <= 2
    assert painted_line(theme, "abc", [Marked(0, 4, 7, False)]) is None
    assert painted_line(theme, "other text", [Marked(1, 0, 5, False)]) is None


def test_the_current_find_of_a_line_is_framed_and_its_words_stay_readable(theme, qapp):
    plain = painted_line(theme, "abc def", [Marked(0, 4, 7, False)])
    framed = painted_line(theme, "abc def", [Marked(0, 4, 7, True)])
    assert framed[0] < plain[0] < plain[1] < framed[1]


def test_a_line_that_stands_for_the_rest_is_marked_whole(theme, qapp):
    found = painted_line(
        theme, "… 5 more lines", [Marked(0, 900, 904, False)], start=100, is_rest=True
    )
    assert found is not None
    assert found[0] == 10
    assert found[1] > 100


def test_nothing_is_marked_without_a_search(theme, qapp):
    style = Style(theme)
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(theme.colour("background"))
    before = image.copy()
    painter = QPainter(image)
    canvas = Canvas(painter, 0, 10, style)
    mark_line(canvas, "owner", 0, QRectF(0, 0, 10, 10), "text", style.code_font)
    painter.end()
    assert image == before
