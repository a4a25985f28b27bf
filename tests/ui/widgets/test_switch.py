"""The switch with three states."""

from PySide6.QtCore import Qt

from app.ui.widgets.switch import Switch


def test_unset_on_and_off_look_different(qtbot, theme):
    switch = Switch(theme)
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    with qtbot.waitActive(switch):
        switch.show()
    switch.setFocus()
    pictures = []
    for value in (None, True, False):
        switch.show_value(value)
        assert switch.is_set is (value is not None)
        pictures.append(switch.grab().toImage())
    switch.clearFocus()
    pictures.append(switch.grab().toImage())
    for place, picture in enumerate(pictures):
        assert picture not in pictures[:place]


def test_mouse_and_space_press_it(qtbot, theme):
    switch = Switch(theme)
    qtbot.addWidget(switch)
    switch.show()
    with qtbot.waitSignal(switch.clicked):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(switch.clicked):
        qtbot.keyClick(switch, Qt.Key.Key_Space)
