"""What the stretches of a long table share."""

import gc
from weakref import ref

from app.render.markdown.parser import parse
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.document import table_document
from app.ui.transcript.table.shared_header import SharedHeader, SharedHeaders
from tests.ui.transcript.driver import layout_of

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


LONG = "| a | header |\n|---|---|\n" + "".join(f"| some words | {n} |\n" for n in range(400))


def stretches(view):
    """The tables of the answer that are laid out, all at once."""
    layout = layout_of(view, 1)
    layout.measure(0, 1 << 20, lambda _row: None)
    return [item for row in layout.rows for item in row.items]


def test_the_stretches_of_a_long_table_share_one_header(view, words):
    view.set_branch([words.question(), words.answer("a", LONG)], {})
    first, *others = stretches(view)
    assert len(others) > 2
    assert len({id(item._shared_header) for item in others}) == 1
    assert {tuple(item.table_layout.edges) for item in others} == {tuple(first.table_layout.edges)}


def test_another_text_size_has_another_header(view, words, theme):
    view.set_branch([words.question(), words.answer("a", LONG)], {})
    before = stretches(view)
    theme.zoom(1.5)
    first, *others = stretches(view)
    assert first.table_layout.edges[-1] > before[0].table_layout.edges[-1]
    assert {tuple(item.table_layout.edges) for item in others} == {tuple(first.table_layout.edges)}


def test_a_header_is_kept_while_a_stretch_of_its_table_is(theme):
    (table,) = parse(TEXT)
    headers, style = SharedHeaders(), Style(theme)
    first = headers.header_of(TEXT, table, style, colour="text")
    assert headers.header_of(TEXT, table, style, colour="text") is first
    gone = ref(first)
    del first
    gc.collect()
    assert gone() is None


def test_one_that_waits_for_formulas_is_not_kept(theme):
    text = "| $\\zeta(7779)$ |\n|---|\n| b |"
    (table,) = parse(text)
    headers, style = SharedHeaders(), Style(theme)
    first = headers.header_of(text, table, style, colour="text")
    assert first.is_waiting
    assert headers.header_of(text, table, style, colour="text") is not first
