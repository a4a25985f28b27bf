"""The cells of a table: where they stand, and what stands at a place."""

import gc
import weakref

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTextCharFormat

from app.render.markdown.parser import parse
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.document import is_mirrored, table_document
from app.ui.transcript.table.layout import RULE, Cells, table_layout_of

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
        table = table_layout_of(document)
        needs = table.needs(has_head=not is_continued)
        table.place([need.natural for need in needs], is_continued=is_continued)
        return table

    return made


def corner(table, text):
    return table.blockBoundingRect(table.document().find(text).block())


def image_of(table, ranges=None, chosen=None):
    image = QImage(table.width + 20, table.height + 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    table.paint(painter, QRectF(0, 0, table.width, table.height), ranges or {}, chosen)
    painter.end()
    return image


def test_rows_and_columns_line_up(make):
    table = make(SMALL)
    assert (table.rows, table.columns) == (3, 2)
    assert corner(table, "aa").x() == corner(table, "cc").x() == corner(table, "ee").x()
    assert corner(table, "cc").y() == corner(table, "dd").y()
    assert corner(table, "aa").y() < corner(table, "cc").y() < corner(table, "ee").y()
    assert corner(table, "bb").right() == pytest.approx(corner(table, "dd").right(), abs=2)


def test_every_row_of_one_line_is_as_high(make):
    table = make(SMALL)
    heights = {below - above for above, below in zip(table.tops, table.tops[1:], strict=False)}
    assert len(heights) == 1
    rest = make(SMALL, is_continued=True)
    assert rest.tops[0] == 0
    assert rest.height == 2 * heights.pop()


@pytest.mark.parametrize("text", [SMALL, HEBREW])
def test_a_place_in_a_cell_is_a_position_in_it(make, text):
    table = make(text)
    for row in range(table.rows):
        for column in range(table.columns):
            start, stop = table.band(column)
            middle = QPointF((start + stop) / 2, (table.tops[row] + table.tops[row + 1]) / 2)
            assert table.cell_at(table.hitTest(middle, FUZZY)) == (row, column)
            assert table.cell_at(table.start(row, column)) == (row, column)


def test_outside_of_the_table_is_before_and_behind_it(make):
    table = make(SMALL)
    last = table.document().characterCount() - 1
    assert table.hitTest(QPointF(5, -5), FUZZY) == 0
    assert table.hitTest(QPointF(5, table.height + 5), FUZZY) == last
    assert table.cell_at(0) is None
    assert table.cell_at(last) is None
    beside = table.hitTest(QPointF(table.width + 200, table.tops[1] + 5), FUZZY)
    assert table.cell_at(beside) == (1, 1)


def test_exactly_only_letters_are_there_and_links_have_their_address(make):
    table = make(SMALL)
    place = corner(table, "ee")
    assert table.hitTest(place.topLeft() + QPointF(2, 10), EXACT) == table.start(2, 0)
    assert table.hitTest(place.topLeft() + QPointF(-6, 10), EXACT) == -1
    assert table.anchorAt(place.topRight() + QPointF(-3, 10)) == "https://e.org"
    assert table.anchorAt(place.topLeft() + QPointF(2, 10)) == ""


def test_a_table_from_the_right_has_its_first_column_there(make):
    table = make(HEBREW)
    assert corner(table, "שם").x() > corner(table, "גיל").x()
    assert corner(table, "דנה").right() == pytest.approx(corner(table, "Omar").right(), abs=2)
    first, _ = table.band(0)
    assert first == table.band(1)[1] + RULE


def test_numbers_in_a_mirrored_table_read_from_the_right(make):
    table = make("| שם |\n|---|\n| דנה 31 ועוד |")
    layout = table.document().find("דנה").block().layout()
    assert layout.textOption().textDirection() is Qt.LayoutDirection.RightToLeft
    table = make("| name |\n|---|\n| Omar. |\n| דנה |")
    assert not table.is_mirrored
    assert corner(table, "דנה").right() == pytest.approx(table.band(0)[1] - 7, abs=2)


def test_up_and_down_stay_in_the_column(make):
    table = make("| aa | bb |\n|---|---|\n| one<br>two | dd |\n| ee | ff |")
    x = corner(table, "one").x() + 1
    steps, at = [], 0
    while (found := table.beyond_line(at, x, is_down=True)) is not None:
        at = found
        steps.append(at)
    words = [table.document().find(word).selectionStart() for word in ("aa", "one", "two", "ee")]
    assert steps == words
    back = []
    while (found := table.beyond_line(at, x, is_down=False)) is not None:
        at = found
        back.append(at)
    assert back == words[-2::-1]
    last = table.document().characterCount() - 1
    assert table.beyond_line(last, x, is_down=False) == words[-1]
    assert table.beyond_line(last, x, is_down=True) is None
    assert table.beyond_line(0, x, is_down=False) is None


def test_chosen_cells_have_a_ground_and_no_other_has(make, theme):
    table = make("| aa | bb | cc |\n|---|---|---|\n| d | e | f |\n| g | h | i |")
    image = image_of(table, chosen=Cells(1, 1, 2, 2))
    ground = theme.colour("selection")

    def is_chosen(row, column):
        start, _ = table.band(column)
        return image.pixelColor(start + 3, table.tops[row] + 3) == ground

    found = {(row, column) for row in range(3) for column in range(3) if is_chosen(row, column)}
    assert found == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_chosen_cells_from_the_right_are_those_of_their_columns(make, theme):
    table = make("| שם | גיל | עיר |\n|---|---|---|\n| א | ב | ג |")
    image = image_of(table, chosen=Cells(1, 0, 1, 1))
    ground = theme.colour("selection")
    y = table.tops[1] + 3
    marked = [image.pixelColor(table.band(column)[0] + 3, y) == ground for column in range(3)]
    assert marked == [True, True, False]


def test_a_stretch_over_cells_marks_their_letters(make):
    table = make(SMALL)
    look = QTextCharFormat()
    first, last = table.start(0, 1), table.start(1, 1) + 1
    ranges = table.ranges(first, last, look)
    assert {number: (r[0].start, r[0].length) for number, r in ranges.items()} == {
        1: (0, 2),
        2: (0, 2),
        3: (0, 1),
    }


def test_rules_stand_between_all_rows_and_columns(make, theme):
    table = make("| a | b |\n|---|---|\n| c | d |\n| e | f |")
    image, line = image_of(table), theme.colour("line")
    x = table.band(0)[0] + 2
    rows = [y for y in range(table.height) if image.pixelColor(x, y) == line]
    assert rows == [table.tops[1] - 1, table.tops[2] - 1]
    y = table.tops[1] + 2
    assert [x for x in range(1, table.width) if image.pixelColor(x, y) == line] == [table.edges[1]]


def test_only_what_is_in_view_is_drawn(make):
    table = make("| a |\n|---|\n" + "| word |\n" * 40)
    image = QImage(table.width, table.height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    top, bottom = table.tops[10], table.tops[12]
    table.paint(painter, QRectF(0, top + 1, table.width, bottom - top - 2), {})
    painter.end()
    whole = image_of(table)
    box = (0, top, table.width, bottom - top)
    assert image.copy(*box) == whole.copy(*box)
    assert image.pixelColor(table.band(0)[0] + 8, table.tops[3] - 1).name() == "#ffffff"


def test_formulas_in_cells_have_room(make, theme, qtbot):
    text = "| a |\n|---|\n| $\\frac{1}{\\frac{2}{3}}$ |\n| b |"
    (table,) = parse(text)
    style = Style(theme)

    def drawn():
        document = table_document(table, style, is_continued=False)
        return None if document.is_waiting else document

    qtbot.waitUntil(lambda: drawn() is not None)
    document = drawn()
    table = table_layout_of(document)
    table.place([need.natural for need in table.needs(has_head=True)], is_continued=False)
    heights = [below - above for above, below in zip(table.tops, table.tops[1:], strict=False)]
    assert heights[1] > heights[0] == heights[2]


def test_a_table_is_let_go_with_its_document(theme):
    (table,) = parse(SMALL)
    document = table_document(table, Style(theme), is_continued=False)
    table = table_layout_of(document)
    table.place([40, 40], is_continued=False)
    table.hitTest(QPointF(9, 9), FUZZY)
    image_of(table)
    kept = weakref.ref(document), weakref.ref(table)
    assert not gc.isenabled()  # the collector runs between tests alone
    del document, table
    assert [each() for each in kept] == [None, None]
