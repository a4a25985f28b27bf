"""The outline of a table."""

import pytest
from PySide6.QtGui import QImage, QPainter

from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.frame import FADE, Frame


@pytest.fixture
def drawn(theme):
    def draw(*, left=False, right=False, ground=0xFFFFFFFF, **more):
        image = QImage(220, 120, QImage.Format.Format_RGB32)
        image.fill(ground)
        painter = QPainter(image)
        canvas = Canvas(painter, 0, 120, Style(theme))
        frame = Frame(10, 10, 200, 100, **more)
        frame.fill(canvas, 30)
        frame.paint(canvas, fade_left=left, fade_right=right)
        painter.end()
        return image

    return draw


def test_it_is_round_where_the_table_ends(drawn, theme):
    image, line = drawn(), theme.colour("line")
    assert image.pixelColor(10, 10).name() == image.pixelColor(10, 109).name() == "#ffffff"
    assert image.pixelColor(100, 10) == image.pixelColor(100, 109) == line
    assert image.pixelColor(10, 60) == image.pixelColor(209, 60) == line
    assert image.pixelColor(100, 20) == theme.colour("panel")
    assert image.pixelColor(100, 60).name() == "#ffffff"


def test_it_is_straight_where_the_table_goes_on(drawn, theme):
    image = drawn(is_open_above=True, is_open_below=True)
    line = theme.colour("line")
    assert image.pixelColor(10, 10) == image.pixelColor(209, 109) == line
    assert image.pixelColor(100, 10) != line
    assert image.pixelColor(100, 109) == line


def test_it_never_leaves_its_place(drawn):
    image = drawn(is_open_above=True, is_open_below=True)
    assert image.copy(0, 0, 220, 10) == drawn().copy(0, 0, 220, 10)
    assert image.copy(0, 110, 220, 10) == drawn().copy(0, 110, 220, 10)


def test_what_goes_on_beyond_a_side_grows_faint(drawn):
    image = drawn(right=True, ground=0xFF000000)
    row = [image.pixelColor(x, 60).lightness() for x in (150, 210 - FADE // 2, 206)]
    assert row[0] == 0
    assert row[0] < row[1] < row[2]
    assert drawn(left=True, ground=0xFF000000).pixelColor(14, 60).lightness() > 150


@pytest.mark.parametrize("ratio", [1.25, 1.5, 1.75, 2])
def test_the_line_is_as_thick_on_all_sides_of_fine_screens(theme, ratio):
    image = QImage(round(220 * ratio), round(120 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    Frame(11, 9, 197, 101).paint(
        Canvas(painter, 0, 120, Style(theme)), fade_left=False, fade_right=False
    )
    painter.end()
    wide, tall, line = image.width(), image.height(), theme.colour("line")
    across = [x for x in range(wide) if image.pixelColor(x, tall // 2).name() != "#ffffff"]
    down = [y for y in range(tall) if image.pixelColor(wide // 2, y).name() != "#ffffff"]
    assert len(across) == len(down) == 2 * (1 if ratio < 1.75 else 2)
    assert all(image.pixelColor(x, tall // 2) == line for x in across)
    assert all(image.pixelColor(wide // 2, y) == line for y in down)
