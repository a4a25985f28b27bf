"""Drawings become paths that are filled in the colour asked for."""

from PySide6.QtGui import QColor, QImage, QPainter

from app.render.formulas.formula import Drawing, Shape, draw
from app.ui.transcript.blocks.formula_path import extent, formula_path

SQUARE = (("M", (0, 0)), ("L", (1, 0)), ("L", (1, -1)), ("L", (0, -1)), ("Z", ()))


def painted(outline, ink="#ff0000", em=20.0):
    image = QImage(60, 60, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    outline.paint(painter, 10, 40, em, QColor(ink))
    painter.end()
    return image


def test_it_stands_on_the_baseline_in_the_size_and_colour_asked_for():
    image = painted(formula_path(Drawing(1, 1, 0, (Shape(SQUARE),))))
    assert image.pixelColor(20, 30).name() == "#ff0000"
    assert image.pixelColor(20, 43).name() == "#ffffff"
    assert image.pixelColor(35, 30).name() == "#ffffff"
    assert painted(formula_path(Drawing(1, 1, 0, (Shape(SQUARE),))), "#00ff00").pixelColor(
        20, 30
    ).name() == ("#00ff00")


def test_a_colour_of_its_own_wins_and_a_wrong_one_does_not():
    blue = formula_path(Drawing(1, 1, 0, (Shape(SQUARE, colour="blue"),)))
    assert painted(blue).pixelColor(20, 30).name() == "#0000ff"
    odd = formula_path(Drawing(1, 1, 0, (Shape(SQUARE, colour="no colour"),)))
    assert painted(odd).pixelColor(20, 30).name() == "#ff0000"


def test_a_pen_leaves_the_middle_free():
    image = painted(formula_path(Drawing(1, 1, 0, (Shape(SQUARE, pen=0.1),))))
    assert image.pixelColor(20, 30).name() == "#ffffff"
    assert image.pixelColor(20, 20).name() == "#ff0000"
    round_one = formula_path(Drawing(1, 1, 0, (Shape((("E", (0, -1, 1, 0)),), pen=0.1),)))
    assert painted(round_one).pixelColor(10, 30).name() == "#ff0000"


def test_neighbours_drawn_alike_are_one_path():
    outline = formula_path(draw("\\frac{a}{b}", is_display=True))
    assert len(outline.paths) == 1
    box = outline.paths[0][0].boundingRect()
    assert box.width() <= outline.width + 0.1
    assert -box.top() <= outline.ascent + 0.1
    assert box.bottom() <= outline.descent + 0.1


def test_words_of_a_text_font_are_drawn_in_the_ink():
    outline = formula_path(draw(r"\text{若}", is_display=False, measure=extent))
    assert outline.words
    assert outline.width > 0.3
    image = painted(outline)
    reddish = [
        (x, y)
        for x in range(60)
        for y in range(60)
        if image.pixelColor(x, y).green() < 128 < image.pixelColor(x, y).red()
    ]
    assert len(reddish) > 10
    assert all(9 <= x <= 11 + outline.width * 20 for x, _ in reddish)
