"""Foldable parts of an answer, through clicks, keys and searches."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.core.conversations.conversation import MessageState
from tests.ui.transcript.driver import buttons_of, layout_of, left_of

INNER = "\n\n".join(f"inner words {n}" for n in range(30))
TEXT = f"above\n\n<details>\n<summary>The **hint**</summary>\n\n{INNER}\n</details>\n\nbelow"


def titles(view, message_id="a"):
    layout = layout_of(view, message_id)
    return [region.name for region in layout.regions() if region.command == "fold.toggle"]


@pytest.fixture
def shut(view, words):
    view.set_branch([words.answer("a", TEXT)], {})
    return view


def test_it_is_closed_until_a_click_opens_it(shut, driver):
    assert titles(shut) == ["Show “The hint”"]
    before = shut.state.column.total
    driver.press("a", "fold.toggle")
    assert titles(shut) == ["Hide “The hint”"]
    assert shut.state.column.total > before + 29 * shut.state.style.line_height
    shut.verticalScrollBar().setValue(0)
    driver.press("a", "fold.toggle")
    assert shut.state.column.total == before


def test_what_is_asked_to_be_open_is_open(view, words):
    view.set_branch([words.answer("a", TEXT.replace("<details>", "<details open>"))], {})
    view.verticalScrollBar().setValue(0)
    assert titles(view) == ["Hide “The hint”"]


def test_the_title_stays_where_it_is(shut, driver):
    at = driver.region("a", "fold.toggle")
    driver.press("a", "fold.toggle")
    assert driver.region("a", "fold.toggle") == at
    driver.press("a", "fold.toggle")
    assert driver.region("a", "fold.toggle") == at


def test_closing_from_far_below_brings_the_title_back(shut, driver):
    driver.press("a", "fold.toggle")
    shut.verticalScrollBar().setValue(500)
    shut.interaction.folding.toggle_part(layout_of(shut), 1)
    assert 0 <= driver.region("a", "fold.toggle").y() < shut.viewport().height()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_opens_it(shut, key):
    shut.setFocus()
    shut.focus_message(0)
    stops = buttons_of(shut)
    shut.state.focused_region = stops.index("fold.toggle")
    QTest.keyClick(shut, key)
    assert titles(shut) == ["Hide “The hint”"]


def test_what_is_seen_growing_is_open_and_stays_so(view, words):
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    for at in range(0, len(TEXT), 20):
        view.add_text("a", TEXT[at : at + 20])
        view.take_arrived()
        assert "Show" not in "".join(titles(view))
    grown = view.state.column.total
    view.replace(words.answer("a", TEXT))
    assert titles(view) == ["Hide “The hint”"]
    assert abs(view.state.column.total - grown) < 60


def test_it_is_remembered_when_the_conversation_is_left(shut, words, driver):
    driver.press("a", "fold.toggle")
    shut.set_branch([replace(words.answer("other", "x"), conversation_id="d")], {})
    shut.set_branch([words.answer("a", TEXT)], {})
    shut.verticalScrollBar().setValue(0)
    assert titles(shut) == ["Hide “The hint”"]


def test_finding_a_word_inside_opens_it(shut, search, controller):
    search("words 17")
    assert controller.total == 1
    assert titles(shut) == ["Hide “The hint”"]


def test_a_word_of_the_title_is_found_without_opening(shut, search, controller):
    search("the hint")
    assert controller.current is not None
    assert titles(shut) == ["Show “The hint”"]


def test_a_search_over_all_conversations_opens_parts_in_parts(view, words, reveal):
    inner = "<details><summary>Deep</summary>\n\nneedle\n</details>"
    view.set_branch([words.answer("a", f"<details>\n\n{inner}\n</details>\nend")], {})
    reveal.show_word("a", "needle")
    assert titles(view) == ["Hide “Details”", "Hide “Deep”"]
    assert view.state.selection.span()


def test_copying_over_a_closed_part_copies_what_is_in_it(shut, driver):
    driver.drag(driver.text("a", "above"), driver.text("a", "below", after=True))
    QTest.keyClick(shut, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("above\n\nThe hint\n\ninner words 0")
    assert text.endswith("inner words 29\n\nbelow")


def test_a_long_title_has_a_short_name(view, words):
    text = f"<details>\n<summary>{'word ' * 60}</summary>\nx\n</details>"
    view.set_branch([words.answer("a", text)], {})
    (name,) = titles(view)
    assert len(name) < 100
    assert name.endswith("…”")


def test_the_arrow_of_a_title_from_the_right_points_to_it(view, words):
    def arrow(title):
        view.set_branch(
            [words.answer(title, f"<details>\n<summary>{title}</summary>\nx\n</details>")], {}
        )
        layout = layout_of(view)
        left = left_of(view)
        image = view.viewport().grab().toImage()
        top = view.state.column.top(0) + layout.body_top
        return image.copy(left, top, 22, 22), image.copy(
            left + view.state.column.width - 22, top, 22, 22
        )

    left, _ = arrow("words")
    _, right = arrow("\u05e9\u05dc\u05d5\u05dd")
    assert ink(right) == sorted(21 - x for x in ink(left))


def ink(image):
    """The columns that are not all background, from the left."""
    ground = image.pixel(0, 0)
    columns = range(image.width())
    return [x for x in columns if any(image.pixel(x, y) != ground for y in range(image.height()))]
