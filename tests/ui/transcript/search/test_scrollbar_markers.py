"""Ticks in the scroll bar where something was found."""

import time

import pytest
from PySide6.QtGui import QColor

from app.core.conversations.conversation import MessageState
from app.ui.transcript.search.scrollbar_markers import ScrollbarMarkers, places
from tests.ui.transcript.driver import made_layouts

FILLER = "\n\n".join(f"Paragraph {i} of many words." for i in range(60))


@pytest.fixture(autouse=True)
def markers(view, controller):
    return ScrollbarMarkers(view.state.column, view.scroll_bar, controller)


def ticked(view):
    """The heights of the bar that have a tick's colour, as shares."""
    image = view.scroll_bar.grab().toImage()
    colour = QColor(view.state.theme.colour("found_now"))
    ratio = image.height()
    middle = image.width() // 2
    return [y / ratio for y in range(image.height()) if image.pixelColor(middle, y) == colour]


def test_a_tick_stands_where_the_word_is(view, words, search, qtbot):
    text = f"{FILLER}\n\nA zebra.\n\n{FILLER}"
    view.set_branch([words.answer("a", text), words.answer("b", f"{FILLER}\n\nzebra")], {})
    search("zebra")
    qtbot.waitUntil(lambda: len(ticked(view)) >= 4, timeout=4000)
    seen = ticked(view)
    assert seen[0] == pytest.approx(1 / 3, abs=0.05)
    assert seen[-1] > 0.93
    assert len(seen) < 8


def test_closing_the_search_takes_them_away(view, words, search, qtbot, controller):
    view.set_branch([words.answer("a", f"zebra\n\n{FILLER}")], {})
    search("zebra")
    qtbot.waitUntil(lambda: bool(ticked(view)), timeout=4000)
    controller.close()
    assert not ticked(view)


def test_a_word_that_comes_while_an_answer_grows_gets_its_tick(view, words, search, qtbot):
    writing = words.answer("a", "", MessageState.WRITING)
    view.set_branch([words.question("q", FILLER), writing], {})
    search("zebra")
    assert not ticked(view)
    view.add_text("a", "A zebra at last.\n\n")
    qtbot.waitUntil(lambda: bool(ticked(view)), timeout=4000)


def test_ten_thousand_finds_make_no_more_ticks_than_are_seen(view, words, search, controller):
    view.set_branch(words.many(10_000), {})
    search("words")
    assert controller.total > 10_000
    start = time.process_time()
    found = places(view.state.column, controller.match_counts, 1 / 250)
    assert time.process_time() - start < 0.03
    assert 200 < len(found) <= 251
    assert found == sorted(found)
    assert len(made_layouts(view)) < 60


def test_a_long_answer_full_of_them_is_quick_too(view, words, search, controller):
    view.set_branch([words.answer("a", "\n\n".join(f"n {i} zebra" for i in range(8_000)))], {})
    search("zebra")
    start = time.process_time()
    found = places(view.state.column, controller.match_counts, 1 / 250)
    assert time.process_time() - start < 0.05
    assert 150 < len(found) <= 251
