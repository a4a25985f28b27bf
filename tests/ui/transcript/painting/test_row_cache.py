"""While an answer grows, what stands above it is the same picture as ever."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QRegion

from app.core.conversations.conversation import MessageState
from tests.ui.transcript.painting.test_paint import TECHNICAL

RATIOS = (1, 1.25, 1.5, 1.75, 2)
LEANING = "A\u0323\u0323\u0323\u0323\u0323\u0302\u0302\u0302\u0302\u0302\u0302 tower\n\nof marks.\n"


def drawn(view, ratio=1):
    port = view.viewport()
    size = QSize(round(port.width() * ratio), round(port.height() * ratio))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.magenta)
    port.render(image, QPoint(), QRegion(QRect(QPoint(), port.size())))
    return image


def plain(view, ratio=1):
    """Drawn without pictures of rows."""
    shots, view.row_cache.draw = view.row_cache.draw, lambda *_: False
    image = drawn(view, ratio)
    view.row_cache.draw = shots
    return image


@pytest.fixture
def growing(view, words):
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    view.jump_to_end()

    def add(text):
        view.add_text("a", text)
        view.take_arrived()

    add(TECHNICAL)
    return add


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("ratio", RATIOS)
def test_rows_shown_again_are_the_rows_drawn(view, theme, growing, name, ratio):
    theme.choose(name)
    for line in range(14):
        growing(f"\n\nLine {line} of what goes on, *grown* below.")
        drawn(view, ratio)
        assert len(view.row_cache) > 1
        assert drawn(view, ratio) == plain(view, ratio)


@pytest.mark.parametrize("ratio", RATIOS)
def test_letters_that_lean_out_of_a_row_are_not_cut(view, growing, ratio):
    growing("\n\n" + LEANING * 6 + "\nand on")
    drawn(view, ratio)
    assert drawn(view, ratio) == plain(view, ratio)


def test_what_the_pointer_and_a_selection_touch_is_drawn_as_it_is(view, driver, growing):
    driver.move(driver.region("a", "code.copy"))
    for _ in range(2):
        assert drawn(view) == plain(view)
    driver.drag(driver.text("a", "once"), driver.text("a", "The end"))
    for _ in range(2):
        assert drawn(view) == plain(view)


def test_code_that_is_wrapped_meanwhile_is_seen_wrapped(view, driver, words):
    wide = "```py\n" + "call(" + "argument, " * 40 + ")\n```\n\nand on"
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    view.add_text("a", wide)
    view.take_arrived()
    before = drawn(view)
    driver.press("a", "code.wrap")
    driver.move(QPoint(2, 2))
    assert before != drawn(view) == plain(view)


def test_another_theme_is_seen_at_once(view, theme, growing):
    drawn(view)
    theme.choose("dark")
    assert drawn(view).pixelColor(1, 1) == theme.colour("background")
    assert drawn(view) == plain(view)


def test_a_search_marks_rows_meanwhile(view, growing, search):
    before = drawn(view)
    search("water")
    assert before != drawn(view) == plain(view)


def test_nothing_is_kept_once_the_answer_has_ended(view, words, growing):
    drawn(view)
    assert len(view.row_cache)
    view.replace(words.answer("a", TECHNICAL))
    drawn(view)
    assert not len(view.row_cache)
