"""Rows are made on sight and forget without losing their height."""

from PySide6.QtGui import QImage, QPainter

from app.render.splitting.chunk import Chunk, Kind
from app.render.splitting.splitter import split
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.layout.rows import ChunkRow
from app.ui.transcript.painting.style import Style


def row_of(text, **more):
    return ChunkRow(split(text)[0], **more)


def test_a_row_is_made_when_measured(theme):
    row = row_of("Hello **there**")
    assert row.items is None
    height = row.measure(600, Style(theme), {})
    assert row.width == 600
    row.release()
    assert row.items is None
    assert row.measure(600, Style(theme), {}) == height


def test_guesses_are_of_the_right_size(theme):
    style = Style(theme)
    for text in (
        "word " * 200,
        "```py\n" + "x = 1\n" * 40 + "```",
        "| a |\n|---|\n" + "| b |\n" * 9,
    ):
        row = row_of(text)
        guess = row.guess(600, style)
        assert 0.5 < guess / row.measure(600, style, {}) < 2


def test_growing_code_keeps_its_document(theme):
    row = ChunkRow(Chunk(Kind.CODE, "x = ", language="py"), is_open=True)
    row.measure(600, Style(theme), {})
    document = row.items[0].document
    row.change(Chunk(Kind.CODE, "x = 1\ny", language="py"), is_open=True)
    row.measure(600, Style(theme), {})
    assert row.items[0].document is document
    assert document.toPlainText() == "x = 1\ny"
    row.change(Chunk(Kind.CODE, "other", language="py"), is_open=True)
    row.measure(600, Style(theme), {})
    assert row.items[0].document.toPlainText() == "other"


def test_an_open_row_is_mended_and_a_closed_one_is_not(theme):
    row = row_of("a **b", is_open=True)
    row.measure(600, Style(theme), {})
    assert row.items[0].document.toPlainText() == "a b"
    row.change(row.chunk, is_open=False)
    row.measure(600, Style(theme), {})
    assert row.items[0].document.toPlainText() == "a **b"


def test_links_are_found_where_they_are_drawn(theme):
    row = row_of("[w](https://example.org/) and text")
    row.measure(600, Style(theme), {})
    assert row.link_at(4, 18)[0] == "https://example.org/"
    assert row.link_at(60, 18)[0] == ""


def test_code_in_a_list_has_its_buttons(theme):
    row = row_of("1. a\n   ```sh\n   ls\n   ```\n2. b")
    row.measure(600, Style(theme), {})
    assert [type(item) is CodeItem for item in row.items] == [False, True, False]
    assert {region.command for region in row.regions(0, 0, 3)} == {
        "code.copy",
        "code.save",
        "code.wrap",
    }
    assert {region.place for region in row.regions(0, 0, 3)} == {(3, 1)}


def test_positions_and_places(theme):
    row = row_of("first\n\nx")
    row.measure(600, Style(theme), {})
    assert row.position_at(-10, -10) == (0, 0)
    assert row.position_at(9999, 9999) == (0, 5)
    assert row.position_at(9999, 10, is_exact=True) == (0, -1)
    assert row.item_top(0) == row.items[0].gap


def test_a_row_looks_alike_whatever_was_drawn_before_it(theme):
    style = Style(theme)
    row = row_of("~~Struck~~ words")
    tall = row.measure(300, style, {})
    images = []
    for is_smooth in (False, True):
        image = QImage(375, 60, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(1.25)
        image.fill(style.colour("background"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)
        row.paint(Canvas(painter, 0, tall, style), 0, 3, None)
        painter.end()
        images.append(image)
    assert images[0] == images[1]
