"""The number box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.ui.tuning.value_box import ValueBox


@pytest.fixture
def box(qtbot, theme):
    made = ValueBox(theme)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def test_enter_announces_what_was_typed(qtbot, box):
    box.show_value("0.90")
    box.selectAll()
    qtbot.keyClicks(box, "1.2")
    with qtbot.waitSignal(box.entered) as entered:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert entered.args == ["1.2"]


def test_emptying_it_unsets(qtbot, box):
    box.show_value("0.90")
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    with qtbot.waitSignal(box.cleared):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_escape_goes_back(qtbot, box):
    box.show_value("0.90")
    qtbot.keyClicks(box, "777")
    box.set_wrong(True)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == "0.90"
    with qtbot.assertNotEmitted(box.entered):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_typing_is_not_disturbed_by_news(qtbot, box):
    qtbot.waitUntil(box.hasFocus)
    box.show_value("0.90")
    box.selectAll()
    qtbot.keyClicks(box, "1.")
    box.show_value("0.95")
    assert box.text() == "1."


def test_it_is_wide_enough_for_its_words_and_draws_its_states(qtbot, box):
    unset = box.sizeHint().width()
    first = box.grab().toImage()
    box.show_value("0.90")
    assert box.sizeHint().width() >= unset
    box.setPlaceholderText("token number or JSON")
    box.show_value("")
    assert box.sizeHint().width() > unset
    box.show_value("0.90")
    second = box.grab().toImage()
    box.set_wrong(True)
    assert first != second != box.grab().toImage()


def test_enter_that_ends_a_composition_enters_nothing(qtbot, box):
    QApplication.sendEvent(box, QInputMethodEvent("かな", []))
    with qtbot.assertNotEmitted(box.entered):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    done = QInputMethodEvent("", [])
    done.setCommitString("仮名")
    QApplication.sendEvent(box, done)
    with qtbot.waitSignal(box.entered) as entered:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert entered.args == ["仮名"]
