"""The cells of a table: where they stand, and what stands at a place."""

import gc
import weakref

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTextCharFormat

from app.render.markdown.parser import parse
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.document import is_mirrored, table_document
from app.ui.transcript.table.layout import RULE, Cells, grid_of

SMALL = "| aa | bb |\n|---|--:|\n| cc | **dd** |\n| ee [x](https://e.org) | |"
HEBREW = "| שם | גיל |\n|---|---|\n| דנה | 31 |\n| Omar | 7 |"
EXACT, FUZZY = Qt.HitTestAccuracy.ExactHit, Qt.HitTestAccuracy.FuzzyHit


@pytest.fixture
def make(theme):
    kept = []

    def made(text, room=600, *, is_continued=False):
        (table,) = parse(text)
        document = table_document(
            table, Style(theme), is_continued=is_continued, is_mirrored=is_mirrored(table)
        )
        kept.append(document)
        grid = grid_of(document)
        needs = grid.needs(has_head=not is_continued)
        grid.place([need.natural for need in needs], is_continued=is_continued)
        return grid

    return made


def corner(grid, text):
    return grid.blockBoundingRect(grid.document().find(text).block())


def image_of(grid, ranges=None, chosen=None):
    image = QImage(grid.width + 20, grid.height + 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    grid.paint(painter, QRectF(0, 0, grid.width, grid.height), ranges or {}, chosen)
    painter.end()
    return image


def test_rows_and_columns_line_up(make):
    grid = make(SMALL)
    assert (grid.rows, grid.columns) == (3, 2)
    assert corner(grid, "aa").x() == corner(grid, "cc").x() == corner(grid, "ee").x()
    assert corner(grid, "cc").y() == corner(grid, "dd").y()
    assert corner(grid, "aa").y() < corner(grid, "cc").y() < corner(grid, "ee").y()
    assert corner(grid, "bb").right() == pytest.approx(corner(grid, "dd").right(), abs=2)


def test_every_row_of_one_line_is_as_high(make):
    grid = make(SMALL)
    heights = {below - above for above, below in zip(grid.tops, grid.tops[1:], strict=False)}
    assert len(heights) == 1
    rest = make(SMALL, is_continued=True)
    assert rest.tops[0] == 0
    assert rest.height == 2 * heights.pop()


@pytest.mark.parametrize("text", [SMALL, HEBREW])
def test_a_place_in_a_cell_is_a_position_in_it(make, text):
    grid = make(text)
    for row in range(grid.rows):
        for column in range(grid.columns):
            start, stop = grid.band(column)
            middle = QPointF((start + stop) / 2, (grid.tops[row] + grid.tops[row + 1]) / 2)
            assert grid.cell_at(grid.hitTest(middle, FUZZY)) == (row, column)
            assert grid.cell_at(grid.start(row, column)) == (row, column)


def test_outside_of_the_table_is_before_and_behind_it(make):
    grid = make(SMALL)
    last = grid.document().characterCount() - 1
    assert grid.hitTest(QPointF(5, -5), FUZZY) == 0
    assert grid.hitTest(QPointF(5, grid.height + 5), FUZZY) == last
    assert grid.cell_at(0) is None
    assert grid.cell_at(last) is None
    beside = grid.hitTest(QPointF(grid.width + 200, grid.tops[1] + 5), FUZZY)
    assert grid.cell_at(beside) == (1, 1)


def test_exactly_only_letters_are_there_and_links_have_their_address(make):
    grid = make(SMALL)
    place = corner(grid, "ee")
    assert grid.hitTest(place.topLeft() + QPointF(2, 10), EXACT) == grid.start(2, 0)
    assert grid.hitTest(place.topLeft() + QPointF(-6, 10), EXACT) == -1
    assert grid.anchorAt(place.topRight() + QPointF(-3, 10)) == "https://e.org"
    assert grid.anchorAt(place.topLeft() + QPointF(2, 10)) == ""


def test_a_table_from_the_right_has_its_first_column_there(make):
    grid = make(HEBREW)
    assert corner(grid, "שם").x() > corner(grid, "גיל").x()
    assert corner(grid, "דנה").right() == pytest.approx(corner(grid, "Omar").right(), abs=2)
    first, _ = grid.band(0)
    assert first == grid.band(1)[1] + RULE


def test_numbers_in_a_mirrored_table_read_from_the_right(make):
    grid = make("| שם |\n|---|\n| דנה 31 ועוד |")
    layout = grid.document().find("דנה").block().layout()
    assert layout.textOption().textDirection() is Qt.LayoutDirection.RightToLeft
    grid = make("| name |\n|---|\n| Omar. |\n| דנה |")
    assert not grid.is_mirrored
    assert corner(grid, "דנה").right() == pytest.approx(grid.band(0)[1] - 7, abs=2)


def test_up_and_down_stay_in_the_column(make):
    grid = make("| aa | bb |\n|---|---|\n| one<br>two | dd |\n| ee | ff |")
    x = corner(grid, "one").x() + 1
    steps, at = [], 0
    while (found := grid.beyond_line(at, x, is_down=True)) is not None:
        at = found
        steps.append(at)
    words = [grid.document().find(word).selectionStart() for word in ("aa", "one", "two", "ee")]
    assert steps == words
    back = []
    while (found := grid.beyond_line(at, x, is_down=False)) is not None:
        at = found
        back.append(at)
    assert back == words[-2::-1]
    last = grid.document().characterCount() - 1
    assert grid.beyond_line(last, x, is_down=False) == words[-1]
    assert grid.beyond_line(last, x, is_down=True) is None
    assert grid.beyond_line(0, x, is_down=False) is None


def test_chosen_cells_have_a_ground_and_no_other_has(make, theme):
    grid = make("| aa | bb | cc |\n|---|---|---|\n| d | e | f |\n| g | h | i |")
    image = image_of(grid, chosen=Cells(1, 1, 2, 2))
    ground = theme.colour("selection")

    def is_chosen(row, column):
        start, _ = grid.band(column)
        return image.pixelColor(start + 3, grid.tops[row] + 3) == ground

    found = {(row, column) for row in range(3) for column in range(3) if is_chosen(row, column)}
    assert found == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_chosen_cells_from_the_right_are_those_of_their_columns(make, theme):
    grid = make("| שם | גיל | עיר |\n|---|---|---|\n| א | ב | ג |")
    image = image_of(grid, chosen=Cells(1, 0, 1, 1))
    ground = theme.colour("selection")
    y = grid.tops[1] + 3
    marked = [image.pixelColor(grid.band(column)[0] + 3, y) == ground for column in range(3)]
    assert marked == [True, True, False]


def test_a_stretch_over_cells_marks_their_letters(make):
    grid = make(SMALL)
    look = QTextCharFormat()
    first, last = grid.start(0, 1), grid.start(1, 1) + 1
    ranges = grid.ranges(first, last, look)
    assert {number: (r[0].start, r[0].length) for number, r in ranges.items()} == {
        1: (0, 2),
        2: (0, 2),
        3: (0, 1),
    }


def test_rules_stand_between_all_rows_and_columns(make, theme):
    grid = make("| a | b |\n|---|---|\n| c | d |\n| e | f |")
    image, line = image_of(grid), theme.colour("line")
    x = grid.band(0)[0] + 2
    rows = [y for y in range(grid.height) if image.pixelColor(x, y) == line]
    assert rows == [grid.tops[1] - 1, grid.tops[2] - 1]
    y = grid.tops[1] + 2
    assert [x for x in range(1, grid.width) if image.pixelColor(x, y) == line] == [grid.edges[1]]


def test_only_what_is_in_view_is_drawn(make):
    grid = make("| a |\n|---|\n" + "| word |\n" * 40)
    image = QImage(grid.width, grid.height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    top, bottom = grid.tops[10], grid.tops[12]
    grid.paint(painter, QRectF(0, top + 1, grid.width, bottom - top - 2), {})
    painter.end()
    whole = image_of(grid)
    box = (0, top, grid.width, bottom - top)
    assert image.copy(*box) == whole.copy(*box)
    assert image.pixelColor(grid.band(0)[0] + 8, grid.tops[3] - 1).name() == "#ffffff"


def test_formulas_in_cells_have_room(make, theme, qtbot):
    text = "| a |\n|---|\n| $\\frac{1}{\\frac{2}{3}}$ |\n| b |"
    (table,) = parse(text)
    style = Style(theme)

    def drawn():
        document = table_document(table, style, is_continued=False)
        return None if document.is_waiting else document

    qtbot.waitUntil(lambda: drawn() is not None)
    document = drawn()
    grid = grid_of(document)
    grid.place([need.natural for need in grid.needs(has_head=True)], is_continued=False)
    heights = [below - above for above, below in zip(grid.tops, grid.tops[1:], strict=False)]
    assert heights[1] > heights[0] == heights[2]


def test_a_table_is_let_go_with_its_document(theme):
    (table,) = parse(SMALL)
    document = table_document(table, Style(theme), is_continued=False)
    grid = grid_of(document)
    grid.place([40, 40], is_continued=False)
    grid.hitTest(QPointF(9, 9), FUZZY)
    image_of(grid)
    kept = weakref.ref(document), weakref.ref(grid)
    assert not gc.isenabled()  # the collector runs between tests alone
    del document, grid
    assert [each() for each in kept] == [None, None]
