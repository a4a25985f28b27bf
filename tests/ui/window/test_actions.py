import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.commands.command import Command
from app.commands.registry import Registry
from app.ui.window.actions import Actions, CommandButton, key_text, tooltip

NEW = Command("conversation.new", "New", ("Ctrl+N", "Ctrl+J"), "A", "Makes one.", "plus", "File")
GO = Command("view.palette", "Go…", ("Ctrl+K",), "B", "Goes.", "command", "File", 1)
DARK = Command("view.dark", "Dark", (), "B", "Dark.", "moon", "View", is_checkable=True)


class Bench:
    def __init__(self, theme, qtbot):
        self.registry = Registry([NEW, GO, DARK])
        self.said = []
        self.is_on = True
        for command_id in ("conversation.new", "view.palette", "view.dark"):
            self.registry.bind(
                command_id,
                lambda command_id=command_id: self.said.append(command_id),
                lambda: self.is_on,
                lambda: self.is_on,
            )
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field = QPlainTextEdit()
        QVBoxLayout(self.window).addWidget(self.field)
        self.actions = Actions(self.registry, theme, self.window)


@pytest.fixture
def bench(theme, qtbot):
    made = Bench(theme, qtbot)
    made.window.show()
    made.field.setFocus()
    return made


def test_words_and_keys_come_from_the_declaration(bench):
    action = bench.actions.action("conversation.new")
    assert action.text() == "New"
    assert action.shortcuts() == [QKeySequence("Ctrl+N"), QKeySequence("Ctrl+J")]
    assert action.toolTip() == "New (Ctrl+N)"
    assert action.statusTip() == "Makes one."
    assert (key_text(DARK), tooltip(DARK), tooltip(GO)) == ("", "Dark", "Go (Ctrl+K)")


@pytest.mark.parametrize("keys", ["Ctrl+N", "Ctrl+J"])
def test_every_key_of_a_command_runs_it(bench, keys):
    QTest.keySequence(bench.window, keys)
    assert bench.said == ["conversation.new"]


def test_a_text_field_does_not_keep_a_key_of_the_window(bench):
    bench.actions.guard(bench.field)
    bench.field.setPlainText("some text")
    QTest.keySequence(bench.field, "Ctrl+K")
    assert bench.said == ["view.palette"]
    assert bench.field.toPlainText() == "some text"
    QTest.keySequence(bench.field, "Ctrl+A")
    assert bench.field.textCursor().selectedText() == "some text"


def test_an_action_that_is_off_lets_its_key_go(bench):
    bench.is_on = False
    bench.actions.refresh()
    assert not bench.actions.action("conversation.new").isEnabled()
    QTest.keySequence(bench.window, "Ctrl+N")
    assert bench.said == []


def test_a_tick_shows_the_state_and_not_the_click(bench):
    action = bench.actions.action("view.dark")
    action.trigger()
    assert bench.said == ["view.dark"]
    assert action.isChecked()
    bench.is_on = False
    action.refresh()
    assert not action.isChecked()


def test_menus_hold_the_commands_with_lines_between_groups(bench):
    menus = {menu.title().removeprefix("&"): menu for menu in bench.actions.menus(bench.window)}
    texts = [action.text() or "—" for action in menus["File"].actions()]
    assert texts == ["New", "—", "Go…"]
    assert [action.text() for action in menus["View"].actions()] == ["Dark"]
    assert menus["Help"].actions() == []


def test_icons_come_when_a_menu_is_opened_and_follow_the_theme(bench, theme):
    menu = bench.actions.menus(bench.window)[0]
    action = bench.actions.action("conversation.new")
    assert action.icon().isNull()
    menu.aboutToShow.emit()
    light = action.icon().pixmap(16).toImage()
    theme.choose("dark")
    assert action.icon().pixmap(16).toImage() != light


def test_a_button_runs_its_command_and_says_which(bench, theme, qtbot):
    button = CommandButton(theme, bench.actions.action("view.palette"), bench.window)
    button.show()
    assert button.accessibleName() == "Go"
    assert button.toolTip() == "Go (Ctrl+K)"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bench.said == ["view.palette"]
