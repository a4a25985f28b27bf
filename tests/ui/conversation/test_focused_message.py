"""Commands on the message with the ring, or else the last answer."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu

from app.core.conversations.conversation import Role
from tests.ui.transcript.driver import layout_of

LINKS = "See [one](https://a.test/1) and [two & more](https://b.test/2)."


def clipboard():
    return QGuiApplication.clipboard().text()


@pytest.fixture
async def answered(desk):
    """A question with two links, and Practice's answer to it."""
    await desk.asked(LINKS)
    await desk.settled()
    return desk


def run(desk, command_id):
    desk.window.registry.run(command_id)


def offered(desk):
    """The links in the list that is open."""
    menu = desk.window.view.transcript.findChildren(QMenu)[-1]
    return {action.text(): action for action in menu.actions()}


async def test_the_markdown_of_the_last_answer_is_copied(answered):
    answered.press("Ctrl+M")
    assert clipboard() == answered.window.view.last_message(Role.ASSISTANT).text.strip()


async def test_with_a_selection_its_markdown_is_copied(answered):
    transcript = answered.window.view.transcript
    transcript.focus_message(0)
    answered.press("Ctrl+A", transcript)
    run(answered, "message.copy_markdown")
    assert clipboard() == LINKS


async def test_a_message_is_shown_as_text_and_back(answered):
    transcript = answered.window.view.transcript
    run(answered, "message.as_text")
    assert layout_of(transcript, 1).is_plain
    assert answered.window.registry.is_checked("message.as_text")
    run(answered, "message.as_text")
    assert not layout_of(transcript, 1).is_plain
    assert not answered.window.registry.is_checked("message.as_text")


async def test_where_an_answer_came_from_is_shown_from_its_question_too(answered, qtbot):
    transcript = answered.window.view.transcript
    answer = answered.window.view.last_message(Role.ASSISTANT)
    with qtbot.waitSignal(transcript.details_requested) as caught:
        run(answered, "message.details")
    assert caught.args == [answer.id]
    transcript.focus_message(0)
    with qtbot.waitSignal(transcript.details_requested) as caught:
        run(answered, "message.details")
    assert caught.args == [answer.id]


async def test_a_link_is_chosen_by_its_words_and_host(answered, qtbot):
    transcript = answered.window.view.transcript
    transcript.focus_message(0)
    run(answered, "link.open")
    links = offered(answered)
    assert list(links) == ["one – a.test", "two && more – b.test"]
    with qtbot.waitSignal(transcript.link_opened) as caught:
        links["two && more – b.test"].trigger()
    assert caught.args == ["https://b.test/2"]
    run(answered, "link.copy_address")
    offered(answered)["one – a.test"].trigger()
    assert clipboard() == "https://a.test/1"


async def test_the_only_link_needs_no_list(desk):
    await desk.asked("Only [this](https://a.test/1).")
    desk.window.view.transcript.focus_message(0)
    run(desk, "link.copy_address")
    assert clipboard() == "https://a.test/1"


async def test_without_a_link_that_is_said(desk):
    await desk.asked("Nothing here.")
    desk.window.view.transcript.focus_message(0)
    run(desk, "link.open")
    said = [label.text() for label in desk.window.view.notices.findChildren(QLabel)]
    assert "There is no link in this message." in said


async def test_with_nothing_asked_all_of_it_is_off(desk):
    registry = desk.window.registry
    ids = ("message.copy_markdown", "message.as_text", "message.details", "link.open")
    assert not any(registry.is_enabled(command_id) for command_id in ids)
