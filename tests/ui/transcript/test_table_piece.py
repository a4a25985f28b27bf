"""A table on its own and in the view."""

import pytest
from PySide6.QtCore import QPoint

from app.render.markdown import parse
from app.render.tree import Paragraph, Table
from app.ui.transcript.flow import Leaf
from app.ui.transcript.style import Style
from app.ui.transcript.table_piece import TablePiece, column_widths

SMALL = "| aa | bb |\n|---|---|\n| cc | **dd** |\n| ee | ff |"


def wide(columns, rows=1):
    lines = [
        "| " + " | ".join(f"heading-{n}" for n in range(columns)) + " |",
        "|---" * columns + "|",
    ]
    lines += ["| " + " | ".join(f"r{r}c{c}" for c in range(columns)) + " |" for r in range(rows)]
    return "\n".join(lines)


@pytest.fixture
def make(theme):
    def made(text, width=600, **more):
        (table,) = parse(text)
        piece = TablePiece(Leaf(Paragraph(())), table, Style(theme), **more)
        piece.layout(width)
        return piece

    return made


def place(piece, text):
    cursor = piece.document.find(text)
    return cursor.selectionStart(), cursor.selectionEnd()


def test_what_fits_has_no_bar_and_what_is_wider_can_be_moved(make):
    assert make(SMALL).state.room == 0
    piece = make(wide(12))
    assert piece.state.room > 200
    assert [r.command for r in piece.regions()] == ["table.copy", "table.save", "block.scroll"]
    piece.layout(4000)
    assert piece.state.room == 0


def test_no_word_of_the_header_is_broken(make):
    piece = make(wide(12))
    block = piece.document.begin()
    lines = []
    while block.isValid():
        lines.append(block.layout().lineCount())
        block = block.next()
    assert set(lines) <= {0, 1}


def test_columns_need_no_more_than_a_few_words(theme):
    (table,) = parse("| a | b |\n|---|---|\n| x | " + "many words " * 40 + " |")
    narrow, broad = column_widths(table, Style(theme), 16)
    assert narrow < 40
    assert broad < 180
    assert column_widths(table, Style(theme), 30)[1] > broad


def test_a_stretch_over_cells_is_a_rectangle_of_cells(make):
    piece = make(SMALL)
    first, last = place(piece, "dd")[0], place(piece, "ff")[1]
    rest = piece.cut(first, last)
    assert isinstance(rest, Table)
    assert [cell[0].text for cell in rest.header] == ["dd"]
    assert len(rest.rows) == 1
    shown = piece.cells_between(first, last)
    assert shown == (first, last)


def test_a_stretch_that_leaves_the_table_takes_whole_rows(make):
    piece = make(SMALL)
    rest = piece.cut(place(piece, "dd")[0], piece.last_position())
    assert [cell[0].text for cell in rest.header] == ["cc", "dd"]
    assert piece.cut(0, piece.last_position()) is piece.table


def test_inside_one_cell_it_is_words(make):
    piece = make(SMALL)
    first, last = place(piece, "dd")
    assert piece.cut(first, last - 1).runs[0].text == "d"
    assert piece.cells_between(first, last - 1) == (first, last - 1)
    assert piece.cut(first, first) is None


def test_a_cell_far_to_the_right_is_brought_into_view(make):
    piece = make(wide(12))
    assert not piece.reveal(*place(piece, "r0c11"))
    assert piece.scroll > 200
    piece.reveal(*place(piece, "r0c0"))
    assert piece.scroll < 20


def test_parts_of_a_long_table_have_one_row_of_buttons(make):
    first, last = make(SMALL), make(SMALL, is_continued=True)
    first.is_cut = True
    first.layout(600)
    assert first.regions() == []
    assert first.height < make(SMALL).height
    assert last.gap == 0


def test_buttons_show_on_hover_without_moving_anything(view, words, hand):
    view.set_branch([words.answer("a", SMALL)], {})
    before, total = view.viewport().grab().toImage(), view.column.total
    hand.move(hand.text("a", "cc"))
    assert view.viewport().grab().toImage() != before
    assert view.column.total == total


def test_the_header_stays_while_rows_are_in_view(view, words):
    view.set_branch([words.answer("a", wide(3, 100))], {})
    bar = view.verticalScrollBar()
    bar.setValue(0)
    top = view.column.sheets[0].row_top(0) + view.column.top(0)
    sheet = view.column.sheets[0]
    tall = sheet.rows[0].pieces[0]._header_document().size().height()
    bar.setValue(top)
    header = view.viewport().grab().toImage().copy(40, 6, 600, int(tall) - 14)
    for value in (top + 400, top + 1500):
        bar.setValue(value)
        seen = view.viewport().grab().toImage().copy(40, 6, 600, int(tall) - 14)
        assert seen == header


def test_selected_cells_are_drawn(view, words, hand):
    view.set_branch([words.answer("a", SMALL)], {})
    hand.move(QPoint(2, 2))
    before = view.viewport().grab().toImage()
    hand.drag(hand.text("a", "cc"), hand.text("a", "ff", after=True))
    hand.move(QPoint(2, 2))
    assert view.viewport().grab().toImage() != before
