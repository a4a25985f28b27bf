"""Wide code and tables, moved by the wheel, the bar and the keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.transcript.driver import item_of, layout_of

WIDE_CODE = f"```\n{'wide ' * 100}\n```"
WIDE_TABLE = (
    "| " + " | ".join(f"column number {n}" for n in range(12)) + " |\n" + "|---" * 12 + "|\n"
)
WIDE_TABLE += "| " + " | ".join(f"cell {n}" for n in range(12)) + " |"


@pytest.fixture(params=[(WIDE_CODE, "wide"), (WIDE_TABLE, "cell 1")], ids=["code", "table"])
def wide(request, view, words, driver):
    text, needle = request.param
    view.set_branch([words.answer("a", text)], {})
    item = item_of(view)
    return item, driver.text("a", needle)


def test_the_wheel_moves_it_sideways(wide, view, driver):
    item, at = wide
    driver.wheel(0, at=at, across=-120)
    assert item.scroll == 60
    driver.wheel(-120, at=at, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert item.scroll == 120
    driver.wheel(0, at=at, across=10_000)
    assert item.scroll == 0
    driver.wheel(0, at=at, across=-(10**6))
    assert item.scroll == item.state.room > 0


def test_up_and_down_scroll_the_transcript(wide, view, driver):
    item, at = wide
    driver.wheel(-120, at=at)
    assert item.scroll == 0


def test_the_bar_is_dragged(wide, view, driver):
    item, _ = wide
    start = driver.region("a", "block.scroll")
    driver.drag(start, start + QPoint(100, 3))
    assert item.scroll > 100
    assert view.state.selection.is_empty
    driver.drag(driver.region("a", "block.scroll"), QPoint(5000, start.y()))
    assert item.scroll == item.state.room


def test_left_and_right_move_the_block_whose_button_has_the_ring(wide, view):
    item, _ = wide
    view.setFocus()
    view.focus_message(0)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert item.scroll == 0
    view.state.focused_region = 0
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert item.scroll == 60


def test_what_fits_does_not_move(view, words, driver):
    view.set_branch([words.answer("a", "```\nx = 1\n```\n\nwords")], {})
    driver.wheel(0, at=driver.text("a", "x = 1"), across=-120)
    driver.wheel(0, at=driver.text("a", "words"), across=-120)
    assert item_of(view).scroll == 0


def test_the_parts_of_long_code_move_together(view, words, driver):
    code = "\n".join(f"line {n} " + "wide " * 60 for n in range(150))
    view.set_branch([words.answer("a", f"```\n{code}\n```")], {})
    view.interaction.folding.open(0, 0)
    layout = layout_of(view)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.verticalScrollBar().setValue(0)
    driver.wheel(0, at=driver.text("a", "line 3"), across=-120)
    scrolls = {item.scroll for row in layout.rows for item in row.items or ()}
    assert scrolls == {60}
