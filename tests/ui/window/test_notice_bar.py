import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from app.services.notices import Notice
from app.ui.window import notice_bar
from app.ui.window.notice_bar import NoticeBar


@pytest.fixture
def bar(qtbot, theme):
    QCursor.setPos(790, 790)
    holder = QWidget()
    qtbot.addWidget(holder)
    made = NoticeBar(theme, holder)
    made.resize(600, 44)
    holder.resize(600, 60)
    holder.show()
    made.kept = holder
    return made


def test_it_is_not_there_before_there_is_something_to_say(bar):
    assert not bar.isVisible()


def test_its_button_runs_the_command_and_closes_it(bar, qtbot):
    bar.show_notice(Notice("Gone.", "info", "Undo", "conversation.restore", "abc"))
    assert bar.isVisible()
    with qtbot.waitSignal(bar.acted) as said:
        qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert said.args == ["conversation.restore", "abc"]
    assert not bar.isVisible()


def test_without_an_action_there_is_no_button(bar):
    bar.show_notice(Notice("Saved."))
    assert not bar.findChild(QPushButton).isVisible()


def test_foreign_text_stays_text(bar):
    bar.show_notice(Notice("<b>Bad</b>", "error"))
    shown = [label for label in bar.findChildren(QLabel) if label.text() == "<b>Bad</b>"]
    assert shown[0].textFormat() is Qt.TextFormat.PlainText


def test_it_goes_by_itself(bar, qtbot, monkeypatch):
    monkeypatch.setitem(notice_bar.SHOWN_FOR, "info", 20)
    bar.show_notice(Notice("Saved."))
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_an_error_stays_until_it_is_closed(bar, qtbot):
    bar.show_notice(Notice("The disk is full.", "error"))
    assert not bar._timer.isActive()
    close = next(b for b in bar.findChildren(QToolButton) if b.accessibleName())
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_the_mouse_over_it_holds_it(bar, qapp):
    bar.show_notice(Notice("Saved."))
    assert bar._timer.isActive()
    point = QPointF(5, 5)
    qapp.sendEvent(bar, QEnterEvent(point, point, point))
    assert not bar._timer.isActive()
    qapp.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert bar._timer.isActive()


def test_it_follows_the_theme(bar, theme):
    bar.show_notice(Notice("Careful.", "warn"))
    before = bar._icon.pixmap().toImage()
    theme.choose("dark")
    assert bar._icon.pixmap().toImage() != before
