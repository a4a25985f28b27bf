"""The slider: mouse, keys, wheel, and the state in which nothing is set."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.ui.tuning.scale import Scale
from app.ui.tuning.slider import DialSlider


@pytest.fixture
def slider(qtbot, theme):
    made = DialSlider(theme, Scale(0, 2, 0.05))
    qtbot.addWidget(made)
    made.resize(303, 18)
    made.show()
    return made


def wheel(slider, notches):
    middle = QPointF(slider.rect().center())
    event = QWheelEvent(
        middle,
        slider.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, event)
    return event


def test_a_click_sets_the_value_under_the_mouse(qtbot, slider):
    assert slider.number() is None
    with qtbot.waitSignal(slider.settled) as settled:
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(151, 9))
    assert settled.args == [1.0]


def test_a_drag_moves_and_settles_once(qtbot, slider):
    moved, settled = [], []
    slider.moved.connect(moved.append)
    slider.settled.connect(settled.append)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(8, 9))
    slider.set_number(1.7)
    for x in (80, 151, 500):
        qtbot.mouseMove(slider, QPoint(x, 9))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(500, 9))
    assert moved == [0.0, 0.5, 1.0, 2.0]
    assert settled == [2.0]


def test_other_buttons_do_nothing(qtbot, slider):
    qtbot.mouseClick(slider, Qt.MouseButton.RightButton, pos=QPoint(151, 9))
    assert slider.number() is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Right, 0.95),
        (Qt.Key.Key_Up, 0.95),
        (Qt.Key.Key_Left, 0.85),
        (Qt.Key.Key_Down, 0.85),
        (Qt.Key.Key_PageUp, 1.4),
        (Qt.Key.Key_PageDown, 0.4),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, 2.0),
    ],
)
def test_keys_step(qtbot, slider, key, value):
    slider.set_number(0.9)
    with qtbot.waitSignal(slider.settled) as settled:
        qtbot.keyClick(slider, key)
    assert settled.args == [value]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_unsets(qtbot, slider, key):
    slider.set_number(0.9)
    with qtbot.waitSignal(slider.unset):
        qtbot.keyClick(slider, key)
    assert slider.number() is None


def test_a_double_click_unsets(qtbot, slider):
    slider.set_number(0.9)
    with qtbot.waitSignal(slider.unset):
        qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(151, 9))


def test_an_unset_slider_starts_from_the_default(qtbot, slider):
    slider.set_scale(Scale(0, 2, 0.05), 1.0)
    with qtbot.waitSignal(slider.settled) as settled:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert settled.args == [1.05]


def test_without_a_default_it_starts_in_the_middle(qtbot, slider):
    with qtbot.waitSignal(slider.settled) as settled:
        qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert settled.args == [0.95]


def test_the_wheel_turns_only_with_the_focus(qtbot, slider):
    slider.set_number(0.9)
    slider.clearFocus()
    assert not wheel(slider, 1).isAccepted()
    assert slider.number() == 0.9
    slider.activateWindow()
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    assert wheel(slider, -1).isAccepted()
    assert slider.number() == 0.85
    wheel(slider, 2)
    assert slider.number() == 0.9


def test_letters_are_left_to_others(qtbot, slider):
    slider.set_number(0.9)
    qtbot.keyClick(slider, Qt.Key.Key_A)
    assert slider.number() == 0.9


def test_pictures_of_the_states_differ(qtbot, slider):
    unset = slider.grab().toImage()
    slider.set_scale(Scale(0, 2, 0.05), 1.0)
    ticked = slider.grab().toImage()
    slider.set_number(0.9)
    is_set = slider.grab().toImage()
    slider.clearFocus()
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(slider.hasFocus)
    focused = slider.grab().toImage()
    assert unset != ticked != is_set != focused
