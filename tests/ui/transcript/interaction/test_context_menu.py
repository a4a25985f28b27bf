"""The menu of a place."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, TextPart
from tests.ui.transcript.driver import layout_of

LONG = "\n".join(f"line {n}" for n in range(50))
TEXT = (
    "See [a page](https://example.org/x).\n\n"
    f"```py\n{LONG}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nplain words"
)
MESSAGE = [
    "Copy answer",
    "Copy as Markdown",
    "Show as text",
    "Where this answer came from",
    "Select all",
]


def clipboard():
    return QGuiApplication.clipboard().text()


@pytest.fixture
def open_at(view):
    menus = []

    def opened(point):
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, point, view.viewport().mapToGlobal(point))
        QApplication.sendEvent(view.viewport(), event)
        menu = view.findChildren(QMenu)[-1]
        menus.append(menu)
        return {action.text(): action for action in menu.actions() if action.text()}

    yield opened
    for menu in menus:
        menu.close()


@pytest.fixture
def answer(view, words):
    view.resize(764, 1400)
    view.set_branch([words.answer("a", TEXT)], {})


@pytest.mark.usefixtures("answer")
def test_beside_a_block_it_is_the_messages_menu(driver, open_at):
    assert list(open_at(driver.text("a", "plain"))) == MESSAGE


@pytest.mark.usefixtures("answer")
def test_a_link_can_be_opened_or_its_address_copied(view, driver, open_at, qtbot):
    menu = open_at(driver.text("a", "page") + QPoint(3, 0))
    assert list(menu) == ["Open link", "Copy link address", *MESSAGE]
    menu["Copy link address"].trigger()
    assert clipboard() == "https://example.org/x"
    with qtbot.waitSignal(view.link_opened) as caught:
        menu["Open link"].trigger()
    assert caught.args == ["https://example.org/x"]


@pytest.mark.usefixtures("answer")
def test_code_has_what_its_buttons_do(view, driver, open_at):
    menu = open_at(driver.text("a", "line 3"))
    assert list(menu)[:4] == ["Copy code", "Save code as…", "Wrap code", "Show all 50 lines"]
    menu["Copy code"].trigger()
    assert clipboard() == LONG
    menu["Show all 50 lines"].trigger()
    assert "Fold code" in open_at(driver.text("a", "line 40"))


def test_a_table_can_be_copied_from_its_cells(view, words, driver, open_at):
    view.set_branch([words.answer("a", "| aa | bb |\n|---|---|\n| cc | dd |")], {})
    menu = open_at(driver.text("a", "cc"))
    assert list(menu)[:2] == ["Copy table", "Save as CSV…"]
    menu["Copy table"].trigger()
    assert clipboard() == "aa\tbb\ncc\tdd\n"


@pytest.mark.usefixtures("answer")
def test_a_selection_can_be_copied_both_ways(view, driver, open_at):
    driver.drag(driver.text("a", "See"), driver.text("a", "page", after=True))
    menu = open_at(driver.text("a", "plain"))
    assert list(menu)[:2] == ["Copy selection", "Copy selection as Markdown"]
    menu["Copy selection"].trigger()
    assert clipboard() == "See a page"
    menu["Copy selection as Markdown"].trigger()
    assert clipboard() == "See [a page](https://example.org/x)"


def test_a_picture_can_be_shown_large(view, words, driver, open_at, qtbot):
    file = Attachment("f" * 64, "p.png", "image/png", 10, width=80, height=60)
    message = replace(words.question("q", "x"), parts=(AttachmentPart(file), TextPart("x")))
    view.set_branch([message], {})
    menu = open_at(driver.region("q", "message.open_picture"))
    assert next(iter(menu)) == "Show p.png large"
    with qtbot.waitSignal(view.command_requested) as caught:
        menu["Show p.png large"].trigger()
    assert caught.args == ["message.open_picture", "f" * 64]


@pytest.mark.usefixtures("answer")
def test_by_key_it_opens_for_the_button_with_the_ring(view):
    view.focus_message(0)
    stops = layout_of(view).focus_stops()
    view.state.focused_region = [region.command for region in stops].index("table.copy")
    view.interaction.menu.open(0, QPoint(5, 5), None)
    menu = view.findChildren(QMenu)[-1]
    titles = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    assert titles[:2] == ["Copy table", "Save as CSV…"]


def test_beside_all_messages_everything_can_be_selected(view, words):
    view.set_branch([words.answer("a", "x")], {})
    view.interaction.menu.open(-1, QPoint(5, 5), QPointF(5, 5))
    menu = view.findChildren(QMenu)[-1]
    assert [action.text() for action in menu.actions()] == ["Select all"]
    menu.actions()[0].trigger()
    menu.close()
    assert not view.state.selection.is_empty
