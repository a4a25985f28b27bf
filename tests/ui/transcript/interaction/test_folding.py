"""Folded code, through clicks and keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.conversations.conversation import MessageState
from tests.ui.transcript.driver import buttons_of, layout_of

SHORT = "\n".join(f"line {n}" for n in range(40))
LONG = "\n".join(f"line {n}" for n in range(41))
HUGE = "\n".join(f"line {n}" for n in range(500))


def fenced(code, before="see", after="after"):
    return f"{before}\n\n```py\n{code}\n```\n\n{after}"


def titles(view, message_id="a"):
    layout = layout_of(view, message_id)
    return [region.title for region in layout.regions() if region.command == "code.fold"]


def test_forty_lines_are_shown_and_more_are_folded(view, words):
    view.set_branch([words.answer("a", fenced(SHORT))], {})
    assert titles(view) == []
    view.set_branch([words.answer("b", fenced(LONG))], {})
    assert titles(view, "b") == ["Show all 41 lines"]


def test_a_click_shows_all_and_another_folds(view, words, driver):
    view.set_branch([words.answer("a", fenced(HUGE))], {})
    view.verticalScrollBar().setValue(0)
    before = view.state.column.total
    driver.press("a", "code.fold")
    assert view.state.column.total > before + 400 * view.state.style.code_line_height
    assert titles(view) == ["Fold"]
    view.verticalScrollBar().setValue(0)
    driver.press("a", "code.fold")
    assert view.state.column.total == before
    assert titles(view) == ["Show all 500 lines"]


def test_unfolding_keeps_what_is_read_in_place(view, words, driver):
    view.set_branch([words.answer("a", fenced(LONG, before="word\n\n" * 20))], {})
    at = driver.text("a", "line 3")
    driver.press("a", "code.fold")
    assert driver.text("a", "line 3") == at


def test_folding_from_far_below_brings_the_header_back(view, words, driver):
    view.set_branch([words.answer("a", fenced(HUGE))], {})
    view.verticalScrollBar().setValue(0)
    driver.press("a", "code.fold")
    view.verticalScrollBar().setValue(6000)
    layout = layout_of(view)
    view.interaction.folding.toggle(layout, 1, 0)
    point = driver.region("a", "code.fold")
    header = driver.region("a", "code.copy")
    assert 0 <= header.y() < view.viewport().height()
    assert point.y() > header.y()


def test_it_is_remembered_when_the_conversation_is_left(view, words, driver):
    message = words.answer("a", fenced(HUGE))
    view.set_branch([message], {})
    view.verticalScrollBar().setValue(0)
    driver.press("a", "code.fold")
    view.set_branch([replace(words.answer("other", "x"), conversation_id="d")], {})
    view.set_branch([message], {})
    view.verticalScrollBar().setValue(0)
    assert titles(view) == ["Fold"]


def test_code_that_is_seen_growing_is_not_folded_under_the_reader(view, words):
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    text = fenced(LONG)
    for at in range(0, len(text), 40):
        view.add_text("a", text[at : at + 40])
        view.take_arrived()
        assert "Show all" not in "".join(titles(view))
    grown = view.state.column.total
    view.replace(words.answer("a", text))
    assert titles(view) == ["Fold"]
    assert abs(view.state.column.total - grown) < 60


def test_code_in_a_list_is_folded_too(view, words, driver):
    inner = LONG.replace("\n", "\n   ")
    view.set_branch([words.answer("a", f"1. see\n   ```py\n   {inner}\n   ```\n2. b")], {})
    assert titles(view) == ["Show all 41 lines"]
    driver.press("a", "code.fold")
    assert titles(view) == ["Fold"]


def test_the_keyboard_opens_it(view, words):
    view.set_branch([words.answer("a", fenced(LONG))], {})
    view.setFocus()
    view.focus_message(0)
    stops = buttons_of(view)
    view.state.focused_region = stops.index("code.fold")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert titles(view) == ["Fold"]


@pytest.mark.parametrize("row", [1, 3])
def test_a_search_opens_the_row_it_found(view, words, row):
    view.set_branch([words.answer("a", fenced(HUGE))], {})
    assert view.interaction.folding.open(0, row)
    assert not view.interaction.folding.open(0, row)
    assert not view.interaction.folding.open(0, 0)
    assert titles(view) == ["Fold"]


def test_another_theme_keeps_it_open(view, words, driver, theme):
    view.set_branch([words.answer("a", fenced(LONG))], {})
    driver.press("a", "code.fold")
    theme.choose("dark")
    view.viewport().grab()
    assert titles(view) == ["Fold"]


def test_code_that_was_seen_growing_is_open_when_its_conversation_is_shown_again(view, words):
    code = "```py\n" + "\n".join(f"x = {n}" for n in range(70)) + "\n```\n\n" + "word " * 900
    other = replace(words.answer("b", "Elsewhere."), conversation_id="other")
    view.set_branch([words.question()], {})
    view.append(words.answer("a", "", MessageState.WRITING))
    view.add_text("a", code)
    view.take_arrived()
    view.replace(words.answer("a", code))
    view.verticalScrollBar().setValue(800)
    place, picture = view.position.bookmark(), view.viewport().grab().toImage()
    assert place is not None
    view.set_branch([other], {})
    view.set_branch([words.question(), words.answer("a", code)], {}, place)
    assert view.viewport().grab().toImage() == picture
