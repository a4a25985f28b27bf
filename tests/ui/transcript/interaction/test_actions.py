"""Buttons under and in messages, through real clicks."""

import time

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.core.conversations.conversation import Fault, MessageState, Role
from app.core.conversations.message_tree import SiblingPlace
from tests.ui.transcript.driver import footer_of, layout_of, made_layouts, titles_of

CODE = "Do this:\n\n```python\nif x:\n\ty = 1\n```\n\n1. a\n   ```sh\n   ls\u202e\n   ```\n"


def clipboard():
    return QGuiApplication.clipboard().text()


def flavour(kind):
    return QGuiApplication.clipboard().mimeData().data(kind).data().decode()


def test_copying_an_answer_gives_what_is_read_and_its_html_and_markdown(view, words, driver, qtbot):
    view.set_branch([words.answer("a", "It is **this**.")], {})
    with qtbot.waitSignal(view.copy_done) as caught:
        driver.press("a", "message.copy")
    assert clipboard() == "It is this."
    assert flavour("text/markdown") == "It is **this**."
    assert "<p>It is <b>this</b>.</p>" in flavour("text/html")
    assert caught.args == ["Answer copied"]
    assert footer_of(view).note == "Copied"
    qtbot.waitUntil(lambda: footer_of(view).note == "", timeout=4000)


def test_copying_code_is_exact(view, words, driver, qtbot):
    view.set_branch([words.answer("a", CODE)], {})
    with qtbot.waitSignal(view.copy_done) as caught:
        driver.press("a", "code.copy")
    assert clipboard() == "if x:\n\ty = 1"
    assert caught.args == ["Code copied"]
    titles = titles_of(view, 0, "code.copy")
    assert titles == ["Copied", "Copy"]


def test_copying_code_leaves_hidden_characters_out_and_says_so(view, words, driver, qtbot):
    view.set_branch([words.answer("a", CODE)], {})
    with qtbot.waitSignal(view.copy_done) as caught:
        driver.press("a", "code.copy", nth=1)
    assert clipboard() == "ls"
    assert caught.args == ["Code copied, 1 hidden character left out"]


def test_long_code_is_copied_whole(view, words, driver, qtbot):
    code = "\n".join(f"line_{i} = {i}" for i in range(500))
    view.set_branch([words.answer("a", f"```py\n{code}\n```")], {})
    view.verticalScrollBar().setValue(0)
    driver.press("a", "code.copy")
    assert clipboard() == code


def test_wrapping_code_makes_it_taller(view, words, driver):
    view.set_branch([words.answer("a", f"```\n{'word ' * 80}\n```")], {})
    before = view.state.column.total
    driver.press("a", "code.wrap")
    assert view.state.column.total > before
    driver.press("a", "code.wrap")
    assert view.state.column.total == before


@pytest.mark.parametrize(
    ("command", "signal"),
    [("message.retry", "retry_requested"), ("message.details", "details_requested")],
)
def test_buttons_of_an_answer(view, words, driver, qtbot, command, signal):
    view.set_branch([words.question(), words.answer()], {})
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        driver.press("a", command)
    assert caught.args == ["a"]


def test_editing_a_question(view, words, driver, qtbot):
    view.set_branch([words.question(), words.answer()], {})
    with qtbot.waitSignal(view.edit_requested) as caught:
        driver.press("q", "message.edit")
    assert caught.args == ["q"]


@pytest.mark.parametrize(("name", "step"), [("previous", -1), ("next", 1)])
def test_the_sibling_switch(view, words, driver, qtbot, name, step):
    view.set_branch([words.question(), words.answer()], {"a": (2, 3)})
    with qtbot.waitSignal(view.sibling_requested) as caught:
        driver.press("a", f"sibling.{name}")
    assert caught.args == ["a", step]


def test_the_sibling_switch_stops_at_its_ends(view, words, driver, qtbot):
    view.set_branch([words.answer()], {"a": (1, 2)})
    with qtbot.assertNotEmitted(view.sibling_requested):
        driver.press("a", "sibling.previous")
    view.set_place("a", SiblingPlace(2, 2))
    with qtbot.assertNotEmitted(view.sibling_requested):
        driver.press("a", "sibling.next")


def test_an_edited_question_has_a_switch_too(view, words, driver, qtbot):
    view.set_branch([words.question(), words.answer()], {"q": (1, 2)})
    with qtbot.waitSignal(view.sibling_requested) as caught:
        driver.press("q", "sibling.next")
    assert caught.args == ["q", 1]


def test_the_error_card_leads_on(view, words, driver, qtbot):
    fault = Fault(
        "AuthenticationError", "The key was not accepted.", "Check it.", "<b>raw</b>", 401
    )
    view.set_branch([words.question(), words.answer("a", "", MessageState.FAILED, fault=fault)], {})
    with qtbot.waitSignal(view.command_requested) as caught:
        driver.press("a", "fault.keys")
    assert caught.args == ["application.providers", "openrouter"]
    with qtbot.waitSignal(view.retry_requested):
        driver.press("a", "message.retry")
    before = view.state.column.total
    driver.press("a", "card.details")
    assert view.state.column.total > before


@pytest.mark.parametrize(
    ("command", "signal"),
    [
        ("message.continue", "continue_requested"),
        ("message.retry", "retry_requested"),
        ("message.keep", "keep_requested"),
    ],
)
def test_the_recovery_card(view, words, driver, qtbot, command, signal):
    view.set_branch([words.answer("a", "Half an", MessageState.CUT_OFF)], {})
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        driver.press("a", command)
    assert caught.args == ["a"]


def test_the_reasoning_opens_and_closes(view, words, driver):
    view.set_branch([words.answer("a", reasoning="First this.\nThen that.")], {})
    before = view.state.column.total
    driver.press("a", "thought.toggle")
    assert view.state.column.total > before
    view.viewport().grab()
    driver.press("a", "thought.toggle")
    assert view.state.column.total == before


def test_further_commands_join_the_menu(view, words, driver, qtbot):
    view.set_message_commands([("message.branch", "Branch from here")])
    view.set_branch([words.question(), words.answer()], {})
    driver.press("q", "message.more")
    menu = view.findChild(QMenu)
    (action,) = [a for a in menu.actions() if a.text() == "Branch from here"]
    with qtbot.waitSignal(view.command_requested) as caught:
        action.trigger()
    assert caught.args == ["message.branch", "q"]
    menu.close()


def test_select_all_takes_the_message_with_the_ring_first(view, words):
    messages = words.many(4)
    view.set_branch(messages, {})
    view.focus_message(1)
    view.state.select_all()
    view.interaction.copies.copy_selection()
    assert clipboard() == messages[1].text.strip()
    view.state.select_all()
    view.interaction.copies.copy_selection()
    typed = [m.text if m.role is Role.USER else m.text.strip() for m in messages]
    assert clipboard() == "\n\n".join(typed)


def test_ten_thousand_messages_are_copied_at_once_by_their_source(view, words):
    messages = words.many(10_000)
    view.set_branch(messages, {})
    view.state.select_all()
    start = time.process_time()
    view.interaction.copies.copy_selection()
    assert time.process_time() - start < 0.3
    assert clipboard() == "\n\n".join(message.text.strip("\n") for message in messages)
    assert len(made_layouts(view)) < 50


def test_very_long_selections_say_that_they_are_markdown(view, words, qtbot):
    view.set_branch([words.answer(str(n), "**b** " * 9_000) for n in range(5)], {})
    view.state.select_all()
    with qtbot.waitSignal(view.copy_done) as caught:
        view.interaction.copies.copy_selection()
    assert caught.args == ["Selection copied as Markdown, for it is very long"]
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_markdown_can_be_copied_as_plain_text(view, words, qtbot):
    view.set_branch([words.answer("a", "It is **this**.\n\n- x")], {})
    view.interaction.copies.copy_source(0)
    assert clipboard() == "It is **this**.\n\n- x"
    view.state.select_all()
    view.interaction.copies.copy_selection_source()
    assert clipboard() == "It is **this**.\n\n- x"
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_a_remark_on_what_is_not_drawn_shows_it_as_text(view, words, driver):
    wide = "|" + "a|" * 40 + "\n|" + "-|" * 40 + "\n|" + "b|" * 40
    view.set_branch([words.answer("a", wide)], {})
    driver.click(driver.region("a", "message.as_text"))
    layout = layout_of(view)
    assert layout.is_plain
    (item,) = layout.rows[0].items
    assert item.document.toPlainText() == wide
    view.interaction.actions.show_as_text(0, False)
    assert not layout.is_plain


def test_an_answer_that_is_being_written_is_copied_as_far_as_it_has_come(view, words, driver):
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    view.add_text("a", "Here is **bold** and `code` and **half of")
    view.take_arrived()
    driver.drag(driver.text("a", "is"), driver.text("a", "half", after=True))
    view.interaction.copies.copy_selection()
    assert clipboard() == "is bold and code and half"
    view.interaction.copies.copy_message(1)
    assert flavour("text/markdown") == "Here is **bold** and `code` and **half of"
