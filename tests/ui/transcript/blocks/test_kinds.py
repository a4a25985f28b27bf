"""A kind of block is a class in the tree and a class that draws it: one is made up here."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRectF

from app.render.markdown import document
from app.render.tree import Block, Paragraph, mapped, plain
from app.ui.transcript.blocks import kinds
from app.ui.transcript.blocks.block_item import BlockItem, HitRegion
from app.ui.transcript.blocks.text import TextItem
from tests.ui.transcript.driver import items_of, layout_of

TALL = 30


@dataclass(frozen=True, slots=True)
class Gauge(Block):
    """How much of something is there."""

    share: float


class GaugeItem(BlockItem):
    """A filled bar."""

    draws = Gauge
    above = 22
    inset = 40
    is_stretched = True

    @classmethod
    def of(cls, leaf, row):
        made = cls(row.style, leaf)
        made.share = leaf.block.share
        return made

    def layout(self, width):
        self.height = TALL
        self.wide = (width - self.indent) * self.share

    def paint(self, canvas, x, y, selection):
        self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
        bar = QRectF(x + self.indent, y, self.wide, TALL)
        canvas.painter.fillRect(bar, canvas.style.colour("good"))

    def regions(self):
        bar = QRectF(self.indent, 0, self.wide, TALL)
        return [HitRegion(bar, "link.open", "https://example.org/", "Open", is_action=True)]


def with_gauges(block):
    """Paragraphs that say how full a gauge is become one, wherever they stand."""
    if isinstance(block, Paragraph) and plain(block.runs).startswith("gauge "):
        return Gauge(float(plain(block.runs)[6:]))
    return mapped(block, with_gauges)


@pytest.fixture
def gauges(monkeypatch):
    """The reader knows the blocks, the transcript what draws them."""
    read = document.parse

    def parse(text, *more):
        return tuple(map(with_gauges, read(text, *more)))

    monkeypatch.setattr(document, "parse", parse)
    monkeypatch.setitem(kinds.KIND_OF, Gauge, GaugeItem)


def bar_in(view):
    """First and last column, first and last line of what is filled in the picture of a view."""
    image = view.viewport().grab().toImage()
    wanted = view.state.style.colour("good").rgb()
    found = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixel(x, y) == wanted
    ]
    across, down = [x for x, _ in found], [y for _, y in found]
    return min(across), max(across) + 1, min(down), max(down) + 1


@pytest.mark.usefixtures("gauges")
def test_a_new_kind_is_laid_out_between_the_others(view, words):
    view.set_branch([words.question(), words.answer("a", "before\n\ngauge 0.5\n\nafter")], {})
    before, gauge, after = items_of(view, 1)
    assert [type(item) for item in (before, gauge, after)] == [TextItem, GaugeItem, TextItem]
    assert (gauge.gap, gauge.indent, gauge.height) == (22, 40, TALL)
    layout = layout_of(view, 1)
    assert layout.heights.total >= before.height + 22 + TALL + after.gap + after.height


@pytest.mark.usefixtures("gauges")
def test_a_new_kind_is_drawn_where_it_stands(view, words):
    view.set_branch([words.question(), words.answer("a", "before\n\ngauge 0.5\n\nafter")], {})
    left, right, top, bottom = bar_in(view)
    column = view.state.column
    assert left == column.left(view.viewport().width()) + 40
    assert right - left == pytest.approx((column.width - 40) / 2, abs=1)
    assert bottom - top == TALL


@pytest.mark.usefixtures("gauges")
@pytest.mark.parametrize(("text", "further_in"), [("> gauge 1", 16), ("- entry\n\n  gauge 1", 22)])
def test_a_new_kind_stands_in_quotes_and_lists_like_any_other(view, words, text, further_in):
    view.set_branch([words.question(), words.answer("a", text)], {})
    left, right, *_ = bar_in(view)
    assert left == view.state.column.left(view.viewport().width()) + 40 + further_in
    assert right == view.state.column.left(view.viewport().width()) + view.state.column.width


@pytest.mark.usefixtures("gauges")
def test_what_a_new_kind_offers_can_be_clicked(view, words, driver, qtbot):
    view.set_branch([words.question(), words.answer("a", "before\n\ngauge 1")], {})
    with qtbot.waitSignal(view.link_opened) as opened:
        driver.press("a", "link.open")
    assert opened.args == ["https://example.org/"]


@pytest.mark.usefixtures("gauges")
def test_a_new_kind_grows_with_an_answer(view, words):
    from app.core.conversations.conversation import MessageState

    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    for more in ("gauge 0.2", "5\n\nand", " on\n\ngauge 0.75"):
        view.add_text("a", more)
        view.take_arrived()
        view.viewport().grab()
    shares = [item.share for item in items_of(view, 1) if isinstance(item, GaugeItem)]
    assert shares == [0.25, 0.75]


def test_what_no_kind_draws_is_running_text():
    assert kinds.kind_of(Paragraph(())) is TextItem
    assert kinds.kind_of(Gauge(0.5)) is TextItem
