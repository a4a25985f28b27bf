"""Displayed formulas wider than the column are moved sideways."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.ui.transcript.blocks.formula import SMALLEST, FormulaItem
from tests.ui.transcript.driver import layout_of, left_of, row_of

SUM = " + ".join(f"a_{{{n}}} x^{{{n}}}" for n in range(40))
SHORT = " + ".join(f"b_{{{n}}} x^{{{n}}}" for n in range(11))


def shown(view, words, qtbot, text):
    view.set_branch([words.answer("a", text)], {})
    row = row_of(view)
    qtbot.waitUntil(lambda: bool(row.items) and not row.is_waiting)
    return row


@pytest.fixture
def wide(view, words, qtbot):
    row = shown(view, words, qtbot, f"$$\n{SUM}\n$$")
    (item,) = row.items
    assert isinstance(item, FormulaItem)
    return item


def test_it_keeps_its_size_and_the_rest_is_out_of_view(wide, view):
    assert wide.state.room > 400
    assert wide.document.size().width() > view.state.column.width + 400


def test_one_that_nearly_fits_is_drawn_smaller(view, words, qtbot):
    row = shown(view, words, qtbot, f"$$\n{SHORT}\n$$")
    (item,) = row.items
    natural = item.document.size().width()
    assert item.state.room == 0
    row.measure(int(natural * (SMALLEST + 0.1)), view.state.style, {})
    assert item.state.room == 0
    row.measure(int(natural * (SMALLEST - 0.2)), view.state.style, {})
    assert item.state.room > 0


def test_small_ones_stand_among_the_text(view, words, qtbot):
    row = shown(view, words, qtbot, "- one\n\n  $$x^2$$\n\n  two")
    assert len(row.items) == 1
    assert not isinstance(row.items[0], FormulaItem)


def test_the_wheel_the_bar_and_the_keys_move_it(wide, view, driver):
    at = driver.region("a", "block.scroll") - QPoint(0, 16)
    driver.wheel(0, at=at, across=-120)
    assert wide.scroll == 60
    start = driver.region("a", "block.scroll")
    driver.drag(start, start + QPoint(60, 0))
    assert wide.scroll > 100
    driver.drag(driver.region("a", "block.scroll"), QPoint(-900, start.y()))
    assert wide.scroll == 0
    view.setFocus()
    view.focus_message(0)
    names = [region.name for region in layout_of(view).focus_stops()]
    view.state.focused_region = names.index("Move the formula sideways")
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert wide.scroll == 60


def test_other_pixels_come_into_view(wide, view, driver):
    before = view.viewport().grab().toImage()
    driver.wheel(0, at=driver.region("a", "block.scroll") - QPoint(0, 16), across=-300)
    assert view.viewport().grab().toImage() != before


def test_nothing_is_drawn_beside_the_column(wide, view, driver, theme):
    driver.wheel(0, at=driver.region("a", "block.scroll") - QPoint(0, 16), across=-300)
    image = view.viewport().grab().toImage()
    x = left_of(view)
    top = driver.region("a", "block.scroll").y() - 30
    beside = {image.pixelColor(x + dx, top + dy).name() for dx in range(-6, 20) for dy in range(30)}
    assert beside == {theme.colours.background}


def test_it_is_copied_whole(wide, view):
    view.state.select_all()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert SUM in QGuiApplication.clipboard().text()


def test_code_beside_it_keeps_its_own_state(view, words, qtbot, driver):
    lines = "\n  ".join(f"line {n}" for n in range(60))
    text = f"- a\n\n  $$\n  c + {SUM}\n  $$\n\n  ```\n  {lines}\n  ```"
    row = shown(view, words, qtbot, text)
    formula, code = row.items[1:]
    view.verticalScrollBar().setValue(0)
    driver.press("a", "code.fold")
    formula.state.scroll = 40
    assert code.state is not formula.state
    assert not code.is_folded
    assert formula.scroll == 40
