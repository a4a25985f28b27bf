"""Fingers, as touch events of a touch screen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest


@pytest.fixture(scope="module")
def screen():
    return QTest.createTouchDevice()


class Finger:
    def __init__(self, view, screen):
        self.view, self.screen = view, screen

    def _send(self, kind, point):
        events = QTest.touchEvent(self.view.viewport(), self.screen, False)
        getattr(events, kind)(0, point, self.view.viewport())
        events.commit()

    def press(self, point):
        self._send("press", point)

    def move(self, point):
        self._send("move", point)

    def release(self, point):
        self._send("release", point)


@pytest.fixture
def finger(view, screen):
    return Finger(view, screen)


def test_a_drag_scrolls_and_selects_nothing(view, words, finger):
    view.set_branch(words.many(30), {})
    value = view.verticalScrollBar().value()
    finger.press(QPoint(300, 100))
    for y in (110, 150, 200, 300):
        finger.move(QPoint(300, y))
    finger.release(QPoint(300, 300))
    assert 150 < value - view.verticalScrollBar().value() < 260
    assert not view.position.is_following
    assert view.state.selection.is_empty


def test_a_drag_across_a_wide_table_moves_the_table(view, words, driver, finger):
    text = "| head |" + " a column |" * 12 + "\n" + "|---" * 13 + "|\n| row |" + " words |" * 12
    view.set_branch([words.answer("a", text + "\n\n" + "Words below.\n\n" * 40)], {})
    bar = view.verticalScrollBar()
    bar.setValue(0)
    bar.setValue(10)
    point = driver.text("a", "row") + QPoint(200, 0)
    finger.press(point)
    for across in (20, 60, 120):
        finger.move(point - QPoint(across, across // 10))
    finger.release(point - QPoint(120, 12))
    assert driver.text("a", "row").x() == point.x() - 200 - 120
    assert bar.value() == 10
    below = driver.text("a", "row") + QPoint(300, 0)
    finger.press(below)
    finger.move(below - QPoint(2, 40))
    finger.move(below - QPoint(2, 80))
    finger.release(below - QPoint(2, 80))
    assert bar.value() > 60
    assert driver.text("a", "row").x() == point.x() - 200 - 120


def test_a_tap_clicks(view, words, driver, finger, qtbot):
    view.set_branch([words.answer("a", "[good](https://example.org/x) text")], {})
    point = driver.text("a", "good") + QPoint(4, 0)
    with qtbot.waitSignal(view.link_opened) as caught:
        finger.press(point)
        finger.release(point)
    assert caught.args == ["https://example.org/x"]
    button = driver.region("a", "message.copy")
    with qtbot.waitSignal(view.copy_done):
        finger.press(button)
        finger.release(button + QPoint(2, 2))


def test_a_long_press_selects_a_word_and_goes_on_by_words(view, words, driver, finger, qtbot):
    view.set_branch([words.answer("a", "The quick brown fox jumps.")], {})
    point = driver.text("a", "quick") + QPoint(8, 0)
    finger.press(point)
    qtbot.waitUntil(lambda: not view.state.selection.is_empty, timeout=3000)
    finger.move(driver.text("a", "fox") + QPoint(5, 0))
    finger.release(driver.text("a", "fox") + QPoint(5, 0))
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "quick brown fox"


def test_a_long_press_on_a_button_selects_nothing(view, words, driver, finger, qtbot):
    view.set_branch([words.answer("a", "text")], {})
    assert not view.interaction.mouse.select_word(driver.region("a", "message.copy").toPointF())


def test_two_fingers_scroll_and_click_nothing(view, words, screen):
    view.set_branch(words.many(30), {})
    value = view.verticalScrollBar().value()
    for kind, shift in (("press", 0), ("move", 90), ("release", 90)):
        events = QTest.touchEvent(view.viewport(), screen, False)
        for number in (0, 1):
            getattr(events, kind)(number, QPoint(200 + 99 * number, 90 + shift), view.viewport())
        events.commit()
    assert view.verticalScrollBar().value() == value - 90
    assert view.state.selection.is_empty
