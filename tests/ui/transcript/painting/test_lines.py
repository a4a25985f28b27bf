"""Boxes, rules and bars are even on every screen."""

from math import floor

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.render.tree import Code, Paragraph, Run
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.blocks.rule import RuleItem
from app.ui.transcript.blocks.text import TextItem
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.inline_scroll_bar import bar_region, paint_bar
from app.ui.transcript.painting.lines import draw_bar, draw_box, draw_picture, draw_rule
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.card import Button, Card
from app.ui.transcript.sections.context_limit import context_limit_height, paint_context_limit
from app.ui.transcript.sections.reasoning import ReasoningSection
from app.ui.transcript.sections.tool_calls import tool_calls
from tests.ui.transcript.driver import layout_of, left_of
from tests.ui.transcript.sections.test_tool_calls import OSLO, asking

RATIOS = {1: 1, 1.25: 1, 1.5: 1, 2: 2}
"""Pixels of the screen for a px, and how thick a thin line is there."""
BARS = {1: 3, 1.25: 4, 1.5: 4, 2: 6}
"""How many pixels bars of 3 px are wide."""
PLACES = [(10, 9), (11, 10), (13, 11), (12, 12)]
"""They lie differently between the pixels."""
CORNER = 14
LINE, GROUND, AROUND = "#c01020", "#20c010", "#ffffff"


class MessageLayout:
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
    layout = MessageLayout(ratio).draw(
        lambda p: draw_box(p, place, 8, QColor(LINE), QColor(GROUND))
    )
    layout.check_box(place, LINE)
    middle = layout.pixel(place.center().x()), layout.pixel(place.center().y())
    assert layout.image.pixelColor(*middle).name() == GROUND
    assert layout.image.pixelColor(layout.pixel(x), layout.pixel(y)).name() == AROUND


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_ground_without_a_line_fills_its_place(ratio):
    layout = MessageLayout(ratio).draw(
        lambda p: draw_box(p, QRectF(11, 9, 203, 101), 8, None, QColor(GROUND))
    )
    left, right = layout.pixel(11), layout.pixel(214)
    assert layout.colours(left, layout.pixel(30), right, layout.pixel(90)) == {GROUND}
    assert (
        layout.colours(left - 1, 0, left, 60) == layout.colours(right, 0, right + 1, 60) == {AROUND}
    )


@pytest.mark.parametrize("ratio", RATIOS)
def test_rules_are_as_thick_wherever_they_stand(ratio):
    def paint(painter):
        for number in range(20):
            draw_rule(painter, 10, 5 + 11 * number, 200, QColor(LINE))

    layout = MessageLayout(ratio).draw(paint)
    rules = layout.rules(layout.pixel(50), LINE)
    assert len(rules) == 20
    assert {thick for _, thick in rules} == {RATIOS[ratio]}


@pytest.mark.parametrize("ratio", RATIOS)
def test_bars_are_as_wide_wherever_they_stand_and_have_no_seams(ratio):
    def paint(painter):
        for number in range(10):
            for top, tall in ((10, 21), (31, 33), (64, 15)):
                draw_bar(painter, QRectF(9 + 13 * number, top, 3, tall), QColor(LINE))

    layout = MessageLayout(ratio).draw(paint)
    for number in range(10):
        left = layout.pixel(9 + 13 * number)
        wide = BARS[ratio]
        top, bottom = layout.pixel(10), layout.pixel(79)
        assert layout.colours(left, top, left + wide, bottom) == {LINE}
        assert layout.colours(left + wide, top, left + wide + 2, bottom) == {AROUND}


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_picture_has_round_corners_and_fills_its_place(ratio):
    pixmap = QPixmap(round(100 * ratio), round(60 * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(GROUND))
    layout = MessageLayout(ratio).draw(lambda p: draw_picture(p, QRectF(12, 8, 100, 60), 8, pixmap))
    left, right = layout.pixel(12), layout.pixel(112)
    assert layout.colours(left, layout.pixel(20), right, layout.pixel(50)) == {GROUND}
    assert layout.image.pixelColor(left, layout.pixel(8)).name() == AROUND


# --- what stands in a transcript


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("x", "y"), PLACES)
@pytest.mark.parametrize("is_long", [False, True])
def test_code(style, ratio, x, y, is_long):
    item = CodeItem(style, Leaf(Code("python", "call()\n" * (90 if is_long else 9))))
    if is_long:
        item.state = BlockState(lines={0: 90})
    item.layout(380)
    layout = MessageLayout(ratio, tall=item.height + 40).draw(
        lambda c: item.paint(c, x, y, None), style
    )
    line = style.colour("line")
    layout.check_box(QRectF(x, y, 380, item.height), line)
    # Upper edge, the line below the header, the line above "Show all", lower edge.
    rules = layout.rules(layout.pixel(x + 5), line, y + 8)
    assert {thick for _, thick in rules} == {RATIOS[ratio]}
    assert len(rules) == (2 if item.is_folded else 1)
    assert item.is_folded == is_long
    for top, thick in rules:
        left, right = layout.pixel(x), layout.pixel(x + 380)
        assert layout.colours(left, top, right, top + thick) == {line.name()}


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("x", "y"), PLACES)
def test_cards_thoughts_and_calls(style, words, ratio, x, y):
    line = style.colour("line")
    card = Card("No answer.", ("Why.",), (Button("Again", "a"), Button("Wait", "b")))
    layout = MessageLayout(ratio).draw(lambda c: card.paint(c, x, y, 380), style)
    layout.check_box(QRectF(x, y, 380, card.height(380, style)), line)
    (second,) = [r.moved(x, y).rect for r in card.regions(380, style) if r.command == "b"]
    layout.check_box(second, line, around=style.colour("panel").name())

    reasoning = ReasoningSection()
    reasoning.add("hm\n" * 5)
    reasoning.is_open = True
    reasoning.layout(380, style)
    layout = MessageLayout(ratio).draw(lambda c: reasoning.paint(c, x, y), style)
    wide = layout.rules(layout.pixel(x + 190), line)
    assert [thick for _, thick in wide] == [RATIOS[ratio]] * 2
    assert wide[0][0] == layout.pixel(y)

    calls = tool_calls(asking(words, OSLO))
    calls.layout(380, style)
    layout = MessageLayout(ratio).draw(lambda c: calls.paint(c, x, y), style)
    layout.check_box(QRectF(x, y + 8, 380, calls.height - 8), line)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("x", "y"), PLACES)
def test_lines_across_and_thumbs(style, ratio, x, y):
    line = style.colour("line")
    rule = RuleItem(style)
    rule.layout(380)
    layout = MessageLayout(ratio).draw(lambda c: rule.paint(c, x, y, None), style)
    assert layout.rules(layout.pixel(100), line) == [(layout.pixel(y), RATIOS[ratio])]

    layout = MessageLayout(ratio).draw(lambda c: paint_context_limit(c, x, y, 380), style)
    thick = {
        thick
        for column in range(layout.pixel(x), layout.pixel(x + 40))
        for _, thick in layout.rules(column, line)
    }
    assert thick == {RATIOS[ratio]}
    assert (
        y < layout.rules(layout.pixel(x) + 1, line)[0][0] / ratio < y + context_limit_height(style)
    )

    bar = bar_region(QRectF(0, 0, 380, 10), BlockState(rooms={0: 400}))
    layout = MessageLayout(ratio).draw(lambda c: paint_bar(c, bar, x, y), style)
    (thumb,) = layout.rules(layout.pixel(x + 60), style.colour("faint"))
    assert thumb[1] == BARS[ratio]


@pytest.mark.parametrize("ratio", RATIOS)
def test_what_is_quoted_has_one_bar(style, ratio):
    leaves = [
        Leaf(Paragraph((Run("Some words."),)), indent=22, gap=gap, bars=((0, "line"),))
        for gap in (0, 11, 11)
    ]
    for x, y in PLACES:
        item = TextItem(leaves, style)
        item.layout(380)
        layout = MessageLayout(ratio).draw(
            lambda c, at=(x, y), p=item: p.paint(c, *at, None), style
        )
        row = [
            column
            for column in range(layout.pixel(x + 15))
            if layout.rules(column, style.colour("line"))
        ]
        assert len(row) == BARS[ratio]
        assert all(len(layout.rules(column, style.colour("line"))) == 1 for column in row)


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_question_in_high_contrast_has_an_even_line(view, words, theme, ratio):
    from tests.ui.transcript.painting.test_row_cache import drawn

    theme.choose("contrast")
    view.set_branch([words.question("q", "Some words that go on. " * 30)], {})
    layout = MessageLayout(ratio)
    layout.image = drawn(view, ratio)
    line = theme.colour("line")
    question = layout_of(view)
    left = left_of(view)
    top = view.state.column.top(0) + question.gap - view.verticalScrollBar().value()
    x = layout.pixel(left + question.text_left + 30)
    rules = layout.rules(x, line)
    assert rules[0] == (layout.pixel(top), RATIOS[ratio])
    assert rules[-1][1] == RATIOS[ratio]
    for top, thick in (rules[0], rules[-1]):
        assert layout.colours(x, top, x + layout.pixel(300), top + thick) == {line.name()}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_bar_is_seen_in_a_question(view, words, theme, name):
    from tests.ui.transcript.painting.test_row_cache import drawn

    theme.choose(name)
    view.set_branch([words.question("q", "> quoted")], {})
    question = layout_of(view)
    left = left_of(view) + question.text_left
    y = view.state.column.top(0) + question.row_top(0) + 10 - view.verticalScrollBar().value()
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
    item = TextItem(leaves, style)
    item.layout(300)
    layout = MessageLayout(1).draw(lambda c: item.paint(c, 10, 10, None), style)
    edge = 10 + style.px(22)

    def middle(top, left, right):
        """Of what is drawn in a line of text, between two places."""
        rows = [
            y
            for y in range(top, top + style.line_height)
            if layout.colours(left, y, right, y + 1) != {AROUND}
        ]
        return (rows[0] + rows[-1]) / 2, len(rows)

    for number in range(2):
        top = 10 + number * style.line_height
        mark, tall = middle(top, 10, edge - 1)
        letter, height = middle(top, edge, edge + style.px(12))
        assert abs(mark - letter) <= 1
        assert tall > 0.3 * height


def test_a_box_leaves_the_painter_as_it_was():
    layout = MessageLayout(1.5)
    painter = QPainter(layout.image)
    painter.setPen(QColor(LINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw_box(painter, QRectF(5, 5, 50, 50), 4, QColor(GROUND), QColor(GROUND))
    draw_rule(painter, 5, 80, 50, QColor(GROUND), is_dashed=True)
    assert painter.pen().color().name() == LINE
    assert painter.worldTransform().isIdentity()
    assert not painter.hasClipping()
    painter.end()
