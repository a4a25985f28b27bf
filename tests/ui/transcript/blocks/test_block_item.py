"""Pieces of a chunk: their heights, text and grouping."""

import pytest
from PySide6.QtGui import QImage, QPainter

from app.render.markdown.parser import parse
from app.render.splitting.chunk import Chunk, Kind
from app.render.tree import Table
from app.ui.transcript.blocks.block_item import Canvas, RowContext
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.rule import RuleItem
from app.ui.transcript.blocks.text import TextItem
from app.ui.transcript.layout.block_factory import items_of
from app.ui.transcript.layout.flow import flow
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.item import TableItem


def items(theme, text, **more):
    made = items_of(flow(parse(text)), RowContext(Style(theme), **more))
    for item in made:
        item.layout(600)
    return made


def test_running_text_shares_a_piece(theme):
    made = items(theme, "a\n\n# b\n\n- c\n\n```\nd\n```\n\ne\n\n---\n\n| f |\n|---|\n| g |")
    assert [type(item) for item in made] == [
        TextItem,
        CodeItem,
        TextItem,
        RuleItem,
        TableItem,
    ]
    assert all(item.height > 0 for item in made)


def test_copied_lists_keep_their_markers(theme):
    (item,) = items(theme, "- a\n  1. b\n- [x] c\n\nd")
    assert item.text_between(0, item.last_position()) == "- a\n  1. b\n- [x] c\nd"
    assert item.text_between(2, item.last_position()) == "  1. b\n- [x] c\nd"


def test_parts_of_emoji_text_are_cut_as_qt_counts(theme):
    (item,) = items(theme, "😀😀 ab")
    assert item.text_between(2, 6) == "😀 a"


def test_a_continued_table_lines_up_with_its_head(theme):
    text = "| a | bbbbbbbbbbbbbbbbbbbbb |\n|---|---|\n| 1 | 2 |"
    (head,) = parse(text)
    assert isinstance(head, Table)
    first = items(theme, text, head=head)[0]
    text = "| a | bbbbbbbbbbbbbbbbbbbbb |\n|---|---|\n| longer cell than before | 2 |"
    second = items(theme, text, head=head, chunk=Chunk(Kind.TEXT, text, head=text))[0]
    assert first.table_layout.edges == second.table_layout.edges
    assert second.table_layout.height > 2 * first.table_layout.tops[0]


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_numbers_stand_on_the_line_of_their_words(theme, zoom):
    theme.zoom(zoom)
    (item,) = items_of(flow(parse("1. H")), RowContext(Style(theme)))
    item.layout(300)
    image = QImage(300, item.height + 4, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    item.paint(Canvas(painter, 0, 1000, Style(theme)), 0, 0, None)
    painter.end()

    def lowest(first, last):
        dark = [
            y
            for y in range(image.height())
            for x in range(first, last)
            if image.pixelColor(x, y).lightness() < 128
        ]
        return max(dark)

    indent = round(22 * zoom)
    assert lowest(0, indent) == lowest(indent, 300)
