"""What the stretches of a long table share."""

from app.render.markdown.parser import parse
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.document import table_document
from app.ui.transcript.table.shared_header import SharedHeader

TEXT = "| a | header |\n|---|---|\n| some words | b |"


def test_it_has_the_same_needs_whoever_makes_it(theme):
    (table,) = parse(TEXT)
    style = Style(theme)
    shown = table_document(table, style, is_continued=False)
    assert SharedHeader(table, style).needs == SharedHeader(table, style, shown).needs


def test_the_header_is_its_first_row_with_the_columns_asked_for(theme):
    (table,) = parse(TEXT)
    shared_header = SharedHeader(table, Style(theme))
    table_layout = shared_header.header([100, 200])
    assert (table_layout.rows, table_layout.columns) == (1, 2)
    assert table_layout.width == 300 + 2 * table_layout.around + 1
    assert table_layout.document().find("header").block().isValid()
    assert not table_layout.document().toPlainText().count("some")
    assert shared_header.header([50, 50]).width == 100 + 2 * table_layout.around + 1


def test_while_formulas_are_not_drawn_it_is_waiting(theme, qtbot):
    (table,) = parse("| $\\zeta(7777)$ |\n|---|\n| b |")
    style = Style(theme)
    assert SharedHeader(table, style).is_waiting
    qtbot.waitUntil(lambda: not SharedHeader(table, style).is_waiting)
