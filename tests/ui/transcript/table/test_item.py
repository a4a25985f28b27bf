"""A table on its own and in the view."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter

from app.core.conversations.conversation import MessageState
from app.render.markdown.parser import parse
from app.render.tree import Table
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.interaction.copying import selection_copy
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.highlights import Marked
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.item import TableItem
from app.ui.transcript.table.layout import Cells
from tests.ui.transcript.driver import item_in, item_of, items_of, layout_of, left_of

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
        item = TableItem(Style(theme), Leaf(table), **more)
        item.layout(width)
        return item

    return made


def place(item, text):
    cursor = item.document.find(text)
    return cursor.selectionStart(), cursor.selectionEnd()


def test_what_fits_has_no_bar_and_what_is_wider_can_be_moved(make):
    assert make(SMALL).state.room == 0
    item = make(wide(12))
    assert item.state.room > 200
    assert [r.command for r in item.regions()] == ["table.copy", "table.save", "block.scroll"]
    item.layout(4000)
    assert item.state.room == 0


def test_no_word_of_the_header_is_broken(make):
    item = make(wide(12))
    block = item.document.begin()
    lines = []
    while block.isValid():
        lines.append(block.layout().lineCount())
        block = block.next()
    assert set(lines) <= {0, 1}


def test_columns_need_no_more_than_a_few_words(make):
    text = "| a | b |\n|---|---|\n| x | " + "many words " * 40 + " |"
    assert make(text, 200).state.room == 0
    narrow = make(wide(2) + "\n| " + "many words " * 40 + " | b |", 160)
    assert narrow.state.room > 0
    first, last = narrow.table_layout.band(0)
    assert 150 < last - first < 320


def test_a_table_of_few_words_is_no_wider_than_they_are(make):
    item = make(SMALL)
    assert item.table_layout.width < 120
    buttons = max(region.rect.right() for region in item.regions())
    assert item.natural_width == max(item.table_layout.width, buttons)


def test_a_stretch_over_cells_is_a_rectangle_of_cells(make):
    item = make(SMALL)
    first, last = place(item, "dd")[0], place(item, "ff")[1]
    rest = item.cut(item.table, first, last)
    assert isinstance(rest, Table)
    assert [cell[0].text for cell in rest.header] == ["dd"]
    assert len(rest.rows) == 1
    assert item.cells_between(first, last) == Cells(1, 1, 2, 1)


def test_a_stretch_that_leaves_the_table_takes_whole_rows(make):
    item = make(SMALL)
    rest = item.cut(item.table, place(item, "dd")[0], item.last_position())
    assert [cell[0].text for cell in rest.header] == ["cc", "dd"]
    assert item.cut(item.table, 0, item.last_position()) is item.table


def test_inside_one_cell_it_is_words(make):
    item = make(SMALL)
    first, last = place(item, "dd")
    assert item.cut(item.table, first, last - 1).runs[0].text == "d"
    assert item.cells_between(first, last - 1) == Cells(1, 1, 1, 1)
    assert item.cut(item.table, first, first) is None


def test_a_cell_far_to_the_right_is_brought_into_view(make):
    item = make(wide(12))
    assert not item.reveal(*place(item, "r0c11"))
    assert item.scroll > 200
    item.reveal(*place(item, "r0c0"))
    assert item.scroll < 20


def test_parts_of_a_long_table_have_one_row_of_buttons(make):
    first, last = make(SMALL), make(SMALL, is_continued=True)
    first.is_cut = True
    first.layout(600)
    assert first.regions() == []
    assert first.height < make(SMALL).height
    assert last.gap == 0


def test_buttons_show_on_hover_without_moving_anything(view, words, driver):
    view.set_branch([words.answer("a", SMALL)], {})
    before, total = view.viewport().grab().toImage(), view.state.column.total
    driver.move(driver.text("a", "cc"))
    assert view.viewport().grab().toImage() != before
    assert view.state.column.total == total


def test_the_header_stays_while_rows_are_in_view(view, words):
    view.set_branch([words.answer("a", wide(3, 100))], {})
    bar = view.verticalScrollBar()
    bar.setValue(0)
    top = layout_of(view).row_top(0) + view.state.column.top(0)
    layout = layout_of(view)
    tall = item_in(layout).table_layout.tops[1]
    bar.setValue(top)
    header = view.viewport().grab().toImage().copy(40, 9, 600, tall - 9)
    boundary = top + layout.row_top(1)
    for value in (top + 400, top + 1500, *range(boundary - 60, boundary + 10, 7)):
        bar.setValue(value)
        seen = view.viewport().grab().toImage().copy(40, 9, 600, tall - 9)
        assert seen == header, value


def test_selected_cells_are_drawn(view, words, driver):
    view.set_branch([words.answer("a", SMALL)], {})
    driver.move(QPoint(2, 2))
    before = view.viewport().grab().toImage()
    driver.drag(driver.text("a", "cc"), driver.text("a", "ff", after=True))
    driver.move(QPoint(2, 2))
    assert view.viewport().grab().toImage() != before


def image_of(view):
    return view.viewport().grab().toImage()


def test_the_header_stays_while_an_answer_grows_below(view, words):
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    view.jump_to_end()
    view.add_text("a", wide(3, 100))
    view.take_arrived()
    for line in range(5):
        view.add_text("a", f"\n\nLine {line} below the table.")
        view.take_arrived()
        seen = image_of(view)
    assert len(view.row_cache) > 2
    draw, view.row_cache.draw = view.row_cache.draw, lambda *_: False
    plain = image_of(view)
    view.row_cache.draw = draw
    assert seen == plain
    assert seen.pixelColor(60, 3) == view.state.style.colour("panel")


def test_in_a_question_it_stands_on_the_ground_of_the_question(view, words, driver):
    view.set_reads_questions(True)
    question = words.question("q", wide(20) + "\n\n| `code` |\n|---|\n| x |")
    view.set_branch([question, words.answer()], {})
    view.verticalScrollBar().setValue(0)
    image, bubble = image_of(view), view.state.style.colour("bubble")
    row = driver.text("q", "r0c0")
    right = max(x for x in range(image.width()) if image.pixelColor(x, row.y() + 15) == bubble)
    inside = {image.pixelColor(right - 30 + x, row.y() + 15).name() for x in range(12)}
    assert view.state.style.colour("background").name() not in inside
    below = [image.pixelColor(row.x() + 9, row.y() + y).lightness() for y in range(10, 20)]
    assert sum(abs(light - bubble.lightness()) > 12 for light in below) == 1
    header = driver.text("q", "code")
    assert image.pixelColor(header.x() - 4, header.y()) == view.state.style.colour("hover")


def test_stretches_of_a_long_table_are_one_table(view, words):
    view.set_branch([words.answer("a", wide(3, 60))], {})
    view.verticalScrollBar().setValue(500)
    image = image_of(view)
    first, second = (item_of(view, 0, row).table_layout.edges for row in (0, 1))
    assert first == second
    line = view.state.style.colour("line")
    left = left_of(view) + 20
    rules = [y for y in range(40, 490) if image.pixelColor(left, y) == line]
    apart = {below - above for above, below in pairwise(rules)}
    assert len(rules) > 8
    assert len(apart) == 1


def test_what_is_left_out_is_told_above_a_table_that_goes_on(view, words):
    text = "|" + "a|" * 40 + "\n|" + "-|" * 40 + ("\n|" + "b|" * 40) * 12
    view.set_branch([words.answer("a", text)], {})
    kinds = [type(item).__name__ for item in items_of(view)]
    assert kinds[0] == "TextItem"
    assert set(kinds[1:]) == {"TableItem"}


HEBREW = "| שם | גיל | עיר |\n|---|---|---|\n| דנה | 31 | חיפה |\n| Omar | 7 | יפו |"


def test_a_table_from_the_right_stands_at_the_right(view, words, driver):
    view.set_branch([words.answer("a", HEBREW)], {})
    names = [driver.text("a", word).x() for word in ("שם", "גיל", "עיר")]
    assert names == sorted(names, reverse=True)
    layout, left = layout_of(view), left_of(view)
    right = left + layout.text_left + layout.text_width
    assert right - 60 < names[0] <= right
    image, line = image_of(view), view.state.style.colour("line")
    y = driver.text("a", "דנה").y()
    drawn = [x for x in range(view.viewport().width()) if image.pixelColor(x, y) == line]
    assert drawn[-1] == right - 1
    assert drawn[0] > right - 260


def test_from_the_right_a_drag_over_cells_copies_them_in_reading_order(view, words, driver):
    view.set_branch([words.answer("a", HEBREW)], {})
    driver.drag(driver.text("a", "דנה"), driver.text("a", "7"))
    copied = selection_copy(view.state.selection, view.state.column.layouts)
    assert copied.flavours.tsv.splitlines() == ["דנה\t31", "Omar\t7"]
    table_layout = item_of(view).table_layout
    image, selection = image_of(view), view.state.style.colour("selection")
    corner = (
        driver.text("a", "שם", after=True)
        - table_layout.blockBoundingRect(table_layout.document().find("שם").block())
        .topLeft()
        .toPoint()
    )

    def is_marked(row, column):
        place = corner + QPoint(table_layout.band(column)[0] + 3, table_layout.tops[row] - 4)
        return image.pixelColor(place) == selection

    marked = {(row, column) for row in range(3) for column in range(3) if is_marked(row, column)}
    assert marked == {(1, 0), (1, 1), (2, 0), (2, 1)}


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_buttons_of_a_table_from_the_right_end_where_it_does(theme, zoom):
    theme.zoom(zoom)
    (table,) = parse("| א |\n|---|\n| ב |")
    item = TableItem(Style(theme), Leaf(table, indent=22))
    item.layout(700)
    copy, save = (region.rect for region in item.regions())
    right = item.origin().x() + item.table_layout.width
    assert right - 1 <= save.right() <= 700 - 22 * zoom + 10 * zoom
    assert 0 < copy.left() < copy.right() < save.left()


def test_a_wide_table_from_the_right_begins_there_and_moves_to_the_left(make):
    names = "| " + " | ".join(f"כותרת ארוכה {n}" for n in range(12)) + " |"
    text = f"{names}\n{'|---' * 12}|\n{'| תא ' * 12}|"
    (table,) = parse(text)
    item = make(text)
    state = BlockState()
    item.take_state(state, 0)
    item.layout(600)
    assert state.room > 200
    assert item.scroll == state.room
    first = item.table_layout.blockBoundingRect(item.document.find("כותרת ארוכה 0").block())
    assert 400 < first.right() + item.origin().x() <= 600
    state.scroll = state.offset - 100
    item.layout(500)
    assert item.scroll == state.scroll
    again = TableItem(item.style, Leaf(table))
    again.take_state(state, 0)
    again.layout(500)
    assert again.scroll == item.scroll
    item.reveal(*place(item, "כותרת ארוכה 11"))
    assert item.scroll < 20


def test_keys_select_down_a_column(view, words, driver):
    view.set_branch([words.answer("a", "One.\n\n" + SMALL + "\n\nAfter it.")], {})
    at = driver.text("a", "bb")
    driver.drag(at, at + QPoint(9, 0))
    start = view.state.selection.anchor
    view.state.selection.select(start, start._replace(position=start.position + 1))

    def press(key):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            shift = Qt.KeyboardModifier.ShiftModifier
            view.event(QKeyEvent(kind, key, shift))

    def told():
        copied = selection_copy(view.state.selection, view.state.column.layouts)
        return copied.flavours.plain.split()

    press(Qt.Key.Key_Down)
    assert told() == ["bb", "dd"]
    press(Qt.Key.Key_Down)
    assert told() == ["bb", "dd", "ff"]
    press(Qt.Key.Key_Up)
    assert told() == ["bb", "dd"]


def test_links_in_cells_are_links(view, words, driver):
    text = "| aa | bb |\n|---|---|\n| cc | see [here](https://example.org/x) |"
    view.set_branch([words.answer("a", text)], {})
    at = driver.text("a", "here") + QPoint(6, 0)
    driver.move(at)
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    driver.move(driver.text("a", "cc") + QPoint(3, 0))
    assert view.viewport().cursor().shape() is not Qt.CursorShape.PointingHandCursor


def test_a_find_in_a_cell_is_marked(view, words, driver):
    view.set_branch([words.answer("a", SMALL)], {})
    item = item_of(view)
    first, last = place(item, "dd")
    view.state.column.marks = lambda index, top, bottom: {item: [Marked(0, first, last, True)]}
    at = driver.text("a", "dd")
    seen = image_of(view).copy(at.x(), at.y() - 8, 12, 16)
    colours = {seen.pixelColor(x, y).name() for x in range(12) for y in range(16)}
    assert view.state.style.colour("found_now").name() in colours


@pytest.mark.parametrize("name", ["word", "מילה"])
def test_of_very_many_finds_all_in_view_are_marked(view, words, driver, name):
    head, row = f"| {name} |{' a |' * 4}", f"|{f' {name} |' * 5}"
    text = head + "\n" + "|---" * 5 + "|" + f"\n{row}" * 11
    view.set_branch([words.answer("a", text)], {})
    view.verticalScrollBar().setValue(0)
    item = item_of(view)
    starts = [item.table_layout.start(row, column) for row in range(1, 11) for column in range(5)]
    marks = [Marked(0, first, first + 4, False) for first in starts]
    plain = image_of(view)
    view.state.column.marks = lambda index, top, bottom: {item: marks}
    view.verticalScrollBar().setValue(3)
    seen, ground = image_of(view), view.state.style.colour("found")
    value = view.verticalScrollBar().value()
    top = view.state.column.top(0) + layout_of(view).row_top(0) + item.gap - value
    left = left_of(view) + layout_of(view).text_left
    left += item.origin().x()
    for at in range(1, 11):
        y = top + item.table_layout.tops[at] + 20
        for column in range(5):
            first, last = (round(left + x) for x in item.table_layout.band(column))
            assert any(seen.pixelColor(x, y) == ground for x in range(first, last)), (at, column)
    assert plain != seen


def test_a_stretch_without_rows_is_nothing(make):
    (head,) = parse(SMALL)
    item = make("| aa | bb |\n|---|---|", is_continued=True, head=head)
    image = QImage(700, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    item.paint(Canvas(painter, 0, 100, item.style), 0, 0, (0, 1))
    painter.end()
    assert item.table_layout.height == 0
    assert item.cut(item.table, 0, 1) is None


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [256, 320, 700])
def test_nothing_is_drawn_beside_the_column(theme, zoom, width):
    theme.zoom(zoom)
    for text in (wide(9, 3), HEBREW, "| a |\n|---|\n| " + "word " * 90 + "|"):
        (table,) = parse(text)
        item = TableItem(Style(theme), Leaf(table, indent=20))
        item.layout(width)
        image = QImage(width + 40, item.height + 40, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        item.paint(Canvas(painter, 0, 10_000, item.style), 20, 20, None)
        painter.end()
        white = QImage(image.size(), image.format())
        white.fill(0xFFFFFFFF)
        for box in (
            (0, 0, 20, image.height()),
            (20 + width, 0, 20, image.height()),
            (0, 0, image.width(), 20),
            (0, 20 + item.height, image.width(), 20),
        ):
            assert image.copy(*box) == white.copy(*box)


def test_no_bar_stays_from_a_narrower_view(view, words):
    cells = "| a_long_word_here " * 4 + "|\n"
    text = cells + "|---" * 4 + "|\n" + cells * 120
    view.resize(300, 400)
    view.set_branch([words.answer("a", text)], {})
    layout = layout_of(view)
    for place in range(0, view.scroll_bar.maximum(), 200):
        view.scroll_bar.setValue(place)
    assert len(layout.rows) > 2
    assert item_in(layout, -1).state.room > 0
    view.resize(1400, 400)
    view.scroll_bar.setValue(0)
    item = item_in(layout)
    assert item.table_layout.width <= item._width
    assert item.state.room == 0
