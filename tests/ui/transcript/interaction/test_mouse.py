"""The mouse: selecting, clicking, hovering."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

LINKS = (
    "A [good](https://example.org/x) link and [bad](javascript:alert(1)) "
    "and [worse](https://a@evil.test/) ones."
)


def clipboard():
    return QGuiApplication.clipboard().text()


def copy(view):
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_a_good_link_is_announced_and_never_opened_here(view, words, driver, qtbot):
    view.set_branch([words.answer("a", LINKS)], {})
    with qtbot.waitSignal(view.link_opened) as caught:
        driver.click(driver.text("a", "good") + QPoint(3, 0))
    assert caught.args == ["https://example.org/x"]


@pytest.mark.parametrize("word", ["bad", "worse"])
def test_bad_links_do_nothing(view, words, driver, qtbot, word):
    view.set_branch([words.answer("a", LINKS)], {})
    with qtbot.assertNotEmitted(view.link_opened):
        driver.click(driver.text("a", word) + QPoint(3, 0))


def test_the_hand_is_over_links_and_buttons_only(view, words, driver):
    view.set_branch([words.answer("a", LINKS)], {})
    for point, shape in (
        (driver.text("a", "good") + QPoint(3, 0), Qt.CursorShape.PointingHandCursor),
        (driver.text("a", "bad") + QPoint(3, 0), Qt.CursorShape.IBeamCursor),
        (driver.region("a", "message.copy"), Qt.CursorShape.PointingHandCursor),
        (QPoint(4, 4), Qt.CursorShape.ArrowCursor),
    ):
        driver.move(point)
        assert view.viewport().cursor().shape() is shape


def test_a_drag_selects_inside_a_message(view, words, driver, qtbot):
    view.set_branch([words.answer("a", "The quick **brown** fox.")], {})
    driver.drag(driver.text("a", "quick"), driver.text("a", "brown", after=True))
    with qtbot.waitSignal(view.copy_done):
        copy(view)
    assert clipboard() == "quick brown"


def test_a_drag_selects_across_messages(view, words, driver):
    view.set_branch(
        [
            words.question("q", "First question"),
            words.answer("a", "Some **bold** answer\n\n- one\n- two"),
            words.question("q2", "Second question"),
        ],
        {},
    )
    driver.drag(driver.text("q", "question"), driver.text("q2", "Second", after=True))
    copy(view)
    assert clipboard() == "question\n\nSome bold answer\n\n- one\n- two\n\nSecond"


def test_a_drag_backwards_selects_the_same(view, words, driver):
    view.set_branch([words.answer("a", "The quick brown fox.")], {})
    driver.drag(driver.text("a", "brown", after=True), driver.text("a", "quick"))
    copy(view)
    assert clipboard() == "quick brown"


def test_a_double_click_selects_a_word_and_a_third_the_paragraph(view, words, driver):
    view.set_branch([words.answer("a", "The quick brown fox.")], {})
    point = driver.text("a", "quick") + QPoint(6, 0)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    copy(view)
    assert clipboard() == "quick"
    driver.click(point)
    copy(view)
    assert clipboard() == "The quick brown fox."


def test_shift_click_extends(view, words, driver):
    view.set_branch([words.answer("a", "The quick brown fox.")], {})
    driver.click(driver.text("a", "quick"))
    end = driver.text("a", "fox", after=True)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, end
    )
    copy(view)
    assert clipboard() == "quick brown fox"


def test_dragging_on_after_a_double_click_selects_by_words(view, words, driver):
    view.set_branch([words.answer("a", "The quick brown fox jumps.")], {})
    point = driver.text("a", "brown") + QPoint(6, 0)
    driver.click(point)
    driver.double_drag(point, driver.text("a", "fox") + QPoint(4, 0))
    copy(view)
    assert clipboard() == "brown fox"
    driver.double_drag(point, driver.text("a", "quick") + QPoint(9, 0))
    copy(view)
    assert clipboard() == "quick brown"


def test_a_third_press_drags_by_paragraphs(view, words, driver):
    view.set_branch([words.answer("a", "One here.\n\nTwo here.\n\nThree here.")], {})
    point = driver.text("a", "One") + QPoint(3, 0)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    driver.drag(point, driver.text("a", "Two") + QPoint(3, 0))
    copy(view)
    assert clipboard() == "One here.\n\nTwo here."


def test_a_click_selects_nothing(view, words, driver, qtbot):
    view.set_branch([words.answer("a", "The quick brown fox.")], {})
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not view.state.selection.is_empty
    driver.click(driver.text("a", "quick"))
    assert view.state.selection.is_empty
    with qtbot.assertNotEmitted(view.copy_done):
        copy(view)


def test_hovering_shows_the_buttons_without_moving_anything(view, words, driver):
    view.set_branch([words.question(), words.answer()], {})
    before, total = view.viewport().grab().toImage(), view.state.column.total
    driver.move(driver.text("a", "this"))
    assert view.state.hovered == 1
    assert view.viewport().grab().toImage() != before
    assert view.state.column.total == total
    view.interaction.mouse.leave()
    assert view.viewport().grab().toImage() == before


def test_dragging_past_the_edge_scrolls(view, words, driver, qtbot):
    view.set_branch(words.many(30), {})
    start = view.viewport().rect().center()
    value = view.verticalScrollBar().value()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    point = QPointF(start.x(), -40)
    left = Qt.MouseButton.LeftButton
    move = QMouseEvent(
        QEvent.Type.MouseMove, point, point, left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view.viewport(), move)
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() < value - 100)
    QTest.mouseRelease(view.viewport(), left, pos=start)
    assert not view.position.is_following
    assert not view.state.selection.is_empty


def test_tips_show_a_links_address(view, words, driver):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QApplication, QToolTip

    view.set_branch([words.answer("a", LINKS)], {})
    at = driver.text("a", "good") + QPoint(3, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    assert QToolTip.text() == "https://example.org/x"
    QToolTip.hideText()
