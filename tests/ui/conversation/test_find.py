"""Finding in the open conversation, with the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.transcript.interaction.selection import Place


@pytest.fixture
async def asked(desk):
    await desk.asked()
    await desk.settled()
    return desk


async def found(desk, words):
    """Types words into the bar and waits until everything is searched."""
    import asyncio

    view = desk.window.view
    QTest.keyClicks(view.finder.bar.field, words)
    view.finder.bar.flush()
    for _ in range(500):
        if view.finder.finding.is_done:
            return view.finder.bar.count.text()
        await asyncio.sleep(0.01)
    raise AssertionError("the search does not end")


async def test_the_key_opens_the_bar_and_escape_gives_the_keyboard_back(asked):
    view = asked.window.view
    view.composer.field.setFocus()
    asked.press("Ctrl+F", view.composer.field)
    assert view.finder.bar.isVisible()
    assert QApplication.focusWidget() is view.finder.bar.field
    assert (await found(asked, "temperature")).startswith("1 of ")
    QTest.keyClick(view.finder.bar.field, Qt.Key.Key_Escape)
    assert not view.finder.bar.isVisible()
    assert not view.finder.finding.is_on
    assert QApplication.focusWidget() is view.composer.field


async def test_next_and_previous_by_their_keys(asked):
    view = asked.window.view
    asked.press("Ctrl+F")
    says = await found(asked, "a")
    total = int(says.split()[-1])
    assert total > 2
    asked.press("F3", view.finder.bar.field)
    assert view.finder.bar.count.text() == f"2 of {total}"
    asked.press("Ctrl+G", view.finder.bar.field)
    assert view.finder.bar.count.text() == f"3 of {total}"
    asked.press("Shift+F3", view.finder.bar.field)
    asked.press("Ctrl+Shift+G", view.finder.bar.field)
    assert view.finder.bar.count.text() == f"1 of {total}"
    QTest.keyClick(view.finder.bar.field, Qt.Key.Key_Return)
    assert view.finder.bar.count.text() == f"2 of {total}"


async def test_the_next_key_alone_brings_the_bar_back_with_its_words(asked):
    view = asked.window.view
    asked.press("Ctrl+F")
    await found(asked, "dial")
    asked.window.registry.run("find.close")
    assert not view.finder.bar.isVisible()
    asked.press("F3")
    assert view.finder.bar.isVisible()
    assert view.finder.bar.field.text() == "dial"
    assert view.finder.finding.is_on


async def test_the_selected_words_are_taken_over(asked):
    view = asked.window.view
    view.transcript.state.selection.select(Place(0, 0, 0, 5), Place(0, 0, 0, 9))
    asked.press("Ctrl+F")
    assert view.finder.bar.field.text() == "does"
    view.transcript.state.selection.select(Place(0), Place(1, 2))
    asked.press("Ctrl+F")
    assert view.finder.bar.field.text() == "does"


async def test_closing_is_offered_only_while_the_bar_is_there(asked):
    registry = asked.window.registry
    assert not registry.is_enabled("find.close")
    asked.press("Ctrl+F")
    assert asked.window.actions_.action("find.close").isEnabled()
    registry.run("find.close")
    assert not asked.window.actions_.action("find.close").isEnabled()


async def test_an_empty_conversation_has_nothing_to_find(desk):
    assert not desk.window.registry.is_enabled("find.open")
