"""Boxes, rules and bars are even on every screen."""

from math import floor

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.render.tree import Paragraph, Run
from app.ui.transcript.blocks.block_item import Canvas, RulePiece, TextPiece
from app.ui.transcript.blocks.code import CodePiece
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.layout.flow import Leaf
from app.ui.transcript.painting.inline_scroll_bar import bar_region, paint_bar
from app.ui.transcript.painting.lines import draw_bar, draw_box, draw_picture, draw_rule
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.card import Button, Card
from app.ui.transcript.sections.context_limit import edge_height, paint_edge
from app.ui.transcript.sections.reasoning import Thought
from app.ui.transcript.sections.tool_calls import tool_calls
from tests.ui.transcript.sections.test_tool_calls import OSLO, asking

RATIOS = {1: 1, 1.25: 1, 1.5: 1, 2: 2}
"""Pixels of the screen for a px, and how thick a thin line is there."""
BARS = {1: 3, 1.25: 4, 1.5: 4, 2: 6}
"""How many pixels bars of 3 px are wide."""
PLACES = [(10, 9), (11, 10), (13, 11), (12, 12)]
"""They lie differently between the pixels."""
CORNER = 14
LINE, GROUND, AROUND = "#c01020", "#20c010", "#ffffff"


class Sheet:
    """A picture of a screen; names are colours."""

    def __init__(self, ratio, wide=420, tall=300, around=AROUND):
        self.ratio, self.thick = ratio, RATIOS[ratio]
        self.image = QImage(round(wide * ratio), round(tall * ratio), QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(ratio)
        self.image.fill(QColor(around))

    def draw(self, paint, style=None):
        painter = QPainter(self.image)
        paint(Canvas(painter, 0, 5000, style) if style else painter)
        painter.end()
        return self

    def colours(self, left, top, right, bottom):
        """All in a rectangle of pixels."""
        return {
            self.image.pixelColor(x, y).name()
            for x in range(left, right)
            for y in range(top, bottom)
        }

    def pixel(self, length):
        return floor(length * self.ratio + 0.5)

    def check_box(self, place, line, around=AROUND):
        """Its four straight sides have one colour over their whole length and are as thick as
        any thin line; outside of them is nothing."""
        line, round_ = QColor(line).name(), self.pixel(CORNER)
        left, top, right, bottom = map(
            self.pixel, (place.left(), place.top(), place.right(), place.bottom())
        )
        thick = self.thick
        down, across = (top + round_, bottom - round_), (left + round_, right - round_)
        for x in (left, right - thick):
            assert self.colours(x, down[0], x + thick, down[1]) == {line}
        for y in (top, bottom - thick):
            assert self.colours(across[0], y, across[1], y + thick) == {line}
        for x in (left - 1, right):
            assert self.colours(x, down[0], x + 1, down[1]) == {around}
        for y in (top - 1, bottom):
            assert self.colours(across[0], y, across[1], y + 1) == {around}
        assert line not in self.colours(
            left + thick, top + round_, left + thick + 2, top + round_ + 4
        )

    def rules(self, x, line, top=0):
        """Where lines of a colour begin down a column of pixels, and how thick each is."""
        line, found = QColor(line).name(), []
        for y in range(self.pixel(top), self.image.height()):
            if self.image.pixelColor(x, y).name() == line:
                if found and sum(found[-1]) == y:
                    found[-1] = (found[-1][0], found[-1][1] + 1)
                else:
                    found.append((y, 1))
        return found


@pytest.fixture
def style(theme):
    theme.choose("light")
    return Style(theme)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("x", "y"), PLACES)
def test_a_box_has_four_even_sides(ratio, x, y):
    place = QRectF(x, y, 203, 101)
    sheet = Sheet(ratio).draw(lambda p: draw_box(p, place, 8, QColor(LINE), QColor(GROUND)))
    sheet.check_box(place, LINE)
    middle = sheet.pixel(place.center().x()), sheet.pixel(place.center().y())
    assert sheet.image.pixelColor(*middle).name() == GROUND
    assert sheet.image.pixelColor(sheet.pixel(x), sheet.pixel(y)).name() == AROUND


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_ground_without_a_line_fills_its_place(ratio):
    sheet = Sheet(ratio).draw(
        lambda p: draw_box(p, QRectF(11, 9, 203, 101), 8, None, QColor(GROUND))
    )
    left, right = sheet.pixel(11), sheet.pixel(214)
    assert sheet.colours(left, sheet.pixel(30), right, sheet.pixel(90)) == {GROUND}
    assert (
        sheet.colours(left - 1, 0, left, 60) == sheet.colours(right, 0, right + 1, 60) == {AROUND}
    )


@pytest.mark.parametrize("ratio", RATIOS)
def test_rules_are_as_thick_wherever_they_stand(ratio):
    def paint(painter):
        for number in range(20):
            draw_rule(painter, 10, 5 + 11 * number, 200, QColor(LINE))

    sheet = Sheet(ratio).draw(paint)
    rules = sheet.rules(sheet.pixel(50), LINE)
    assert len(rules) == 20
    assert {thick for _, thick in rules} == {RATIOS[ratio]}


@pytest.mark.parametrize("ratio", RATIOS)
def test_bars_are_as_wide_wherever_they_stand_and_have_no_seams(ratio):
    def paint(painter):
        for number in range(10):
            for top, tall in ((10, 21), (31, 33), (64, 15)):
                draw_bar(painter, QRectF(9 + 13 * number, top, 3, tall), QColor(LINE))

    sheet = Sheet(ratio).draw(paint)
    for number in range(10):
        left = sheet.pixel(9 + 13 * number)
        wide = BARS[ratio]
        top, bottom = sheet.pixel(10), sheet.pixel(79)
        assert sheet.colours(left, top, left + wide, bottom) == {LINE}
        assert sheet.colours(left + wide, top, left + wide + 2, bottom) == {AROUND}


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_picture_has_round_corners_and_fills_its_place(ratio):
    pixmap = QPixmap(round(100 * ratio), round(60 * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(GROUND))
    sheet = Sheet(ratio).draw(lambda p: draw_picture(p, QRectF(12, 8, 100, 60), 8, pixmap))
    left, right = sheet.pixel(12), sheet.pixel(112)
    assert sheet.colours(left, sheet.pixel(20), right, sheet.pixel(50)) == {GROUND}
    assert sheet.image.pixelColor(left, sheet.pixel(8)).name() == AROUND


# --- what stands in a transcript


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("x", "y"), PLACES)
@pytest.mark.parametrize("is_long", [False, True])
def test_code(style, ratio, x, y, is_long):
    piece = CodePiece(Leaf(Paragraph(())), "call()\n" * (90 if is_long else 9), "python", style)
    if is_long:
        piece.state = BlockState(lines={0: 90})
    piece.layout(380)
    sheet = Sheet(ratio, tall=piece.height + 40).draw(lambda c: piece.paint(c, x, y, None), style)
    line = style.colour("line")
    sheet.check_box(QRectF(x, y, 380, piece.height), line)
    # Upper edge, the line below the header, the line above "Show all", lower edge.
    rules = sheet.rules(sheet.pixel(x + 5), line, y + 8)
    assert {thick for _, thick in rules} == {RATIOS[ratio]}
    assert len(rules) == (2 if piece.is_folded else 1)
    assert piece.is_folded == is_long
    for top, thick in rules:
        left, right = sheet.pixel(x), sheet.pixel(x + 380)
        assert sheet.colours(left, top, right, top + thick) == {line.name()}


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("x", "y"), PLACES)
def test_cards_thoughts_and_calls(style, words, ratio, x, y):
    line = style.colour("line")
    card = Card("No answer.", ("Why.",), (Button("Again", "a"), Button("Wait", "b")))
    sheet = Sheet(ratio).draw(lambda c: card.paint(c, x, y, 380), style)
    sheet.check_box(QRectF(x, y, 380, card.height(380, style)), line)
    (second,) = [r.moved(x, y).rect for r in card.regions(380, style) if r.command == "b"]
    sheet.check_box(second, line, around=style.colour("panel").name())

    thought = Thought()
    thought.add("hm\n" * 5)
    thought.is_open = True
    thought.layout(380, style)
    sheet = Sheet(ratio).draw(lambda c: thought.paint(c, x, y), style)
    wide = sheet.rules(sheet.pixel(x + 190), line)
    assert [thick for _, thick in wide] == [RATIOS[ratio]] * 2
    assert wide[0][0] == sheet.pixel(y)

    calls = tool_calls(asking(words, OSLO))
    calls.layout(380, style)
    sheet = Sheet(ratio).draw(lambda c: calls.paint(c, x, y), style)
    sheet.check_box(QRectF(x, y + 8, 380, calls.height - 8), line)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("x", "y"), PLACES)
def test_lines_across_and_thumbs(style, ratio, x, y):
    line = style.colour("line")
    rule = RulePiece(style)
    rule.layout(380)
    sheet = Sheet(ratio).draw(lambda c: rule.paint(c, x, y, None), style)
    assert sheet.rules(sheet.pixel(100), line) == [(sheet.pixel(y), RATIOS[ratio])]

    sheet = Sheet(ratio).draw(lambda c: paint_edge(c, x, y, 380), style)
    thick = {
        thick
        for column in range(sheet.pixel(x), sheet.pixel(x + 40))
        for _, thick in sheet.rules(column, line)
    }
    assert thick == {RATIOS[ratio]}
    assert y < sheet.rules(sheet.pixel(x) + 1, line)[0][0] / ratio < y + edge_height(style)

    bar = bar_region(QRectF(0, 0, 380, 10), BlockState(rooms={0: 400}))
    sheet = Sheet(ratio).draw(lambda c: paint_bar(c, bar, x, y), style)
    (thumb,) = sheet.rules(sheet.pixel(x + 60), style.colour("faint"))
    assert thumb[1] == BARS[ratio]


@pytest.mark.parametrize("ratio", RATIOS)
def test_what_is_quoted_has_one_bar(style, ratio):
    leaves = [
        Leaf(Paragraph((Run("Some words."),)), indent=22, gap=gap, bars=((0, "line"),))
        for gap in (0, 11, 11)
    ]
    for x, y in PLACES:
        piece = TextPiece(leaves, style)
        piece.layout(380)
        sheet = Sheet(ratio).draw(lambda c, at=(x, y), p=piece: p.paint(c, *at, None), style)
        row = [
            column
            for column in range(sheet.pixel(x + 15))
            if sheet.rules(column, style.colour("line"))
        ]
        assert len(row) == BARS[ratio]
        assert all(len(sheet.rules(column, style.colour("line"))) == 1 for column in row)


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_question_in_high_contrast_has_an_even_line(view, words, theme, ratio):
    from tests.ui.transcript.painting.test_row_cache import drawn

    theme.choose("contrast")
    view.set_branch([words.question("q", "Some words that go on. " * 30)], {})
    sheet = Sheet(ratio)
    sheet.image = drawn(view, ratio)
    line = theme.colour("line")
    question = view.column.sheets[0]
    left = view.column.left(view.viewport().width())
    top = view.column.top(0) + question.gap - view.verticalScrollBar().value()
    x = sheet.pixel(left + question.text_left + 30)
    rules = sheet.rules(x, line)
    assert rules[0] == (sheet.pixel(top), RATIOS[ratio])
    assert rules[-1][1] == RATIOS[ratio]
    for top, thick in (rules[0], rules[-1]):
        assert sheet.colours(x, top, x + sheet.pixel(300), top + thick) == {line.name()}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_bar_is_seen_in_a_question(view, words, theme, name):
    from tests.ui.transcript.painting.test_row_cache import drawn

    theme.choose(name)
    view.set_branch([words.question("q", "> quoted")], {})
    question = view.column.sheets[0]
    left = view.column.left(view.viewport().width()) + question.text_left
    y = view.column.top(0) + question.row_top(0) + 10 - view.verticalScrollBar().value()
    bar, ground = (drawn(view).pixelColor(x, y).lightness() for x in (left + 1, left + 6))
    assert abs(bar - ground) > 12


@pytest.mark.parametrize("zoom", [1, 2, 3])
def test_marks_of_lists_grow_with_the_letters(theme, zoom):
    theme.zoom(zoom)
    style = Style(theme)
    leaves = [
        Leaf(Paragraph((Run(text),)), indent=22, marker="•", is_done=done)
        for text, done in (("H", None), ("H", False))
    ]
    piece = TextPiece(leaves, style)
    piece.layout(300)
    sheet = Sheet(1).draw(lambda c: piece.paint(c, 10, 10, None), style)
    edge = 10 + style.px(22)

    def middle(top, left, right):
        """Of what is drawn in a line of text, between two places."""
        rows = [
            y
            for y in range(top, top + style.line_height)
            if sheet.colours(left, y, right, y + 1) != {AROUND}
        ]
        return (rows[0] + rows[-1]) / 2, len(rows)

    for number in range(2):
        top = 10 + number * style.line_height
        mark, tall = middle(top, 10, edge - 1)
        letter, height = middle(top, edge, edge + style.px(12))
        assert abs(mark - letter) <= 1
        assert tall > 0.3 * height


def test_a_box_leaves_the_painter_as_it_was():
    sheet = Sheet(1.5)
    painter = QPainter(sheet.image)
    painter.setPen(QColor(LINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw_box(painter, QRectF(5, 5, 50, 50), 4, QColor(GROUND), QColor(GROUND))
    draw_rule(painter, 5, 80, 50, QColor(GROUND), is_dashed=True)
    assert painter.pen().color().name() == LINE
    assert painter.worldTransform().isIdentity()
    assert not painter.hasClipping()
    painter.end()
