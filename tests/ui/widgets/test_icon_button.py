"""Buttons that are icons."""

from PySide6.QtCore import Qt

from app.ui.widgets.icon_button import IconButton


def test_it_has_a_name_a_tooltip_and_a_visible_focus(qtbot, theme):
    button = IconButton(theme, "x", "Unset Variety")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    with qtbot.waitActive(button):
        button.show()
    assert button.accessibleName() == button.toolTip() == "Unset Variety"
    button.setFocus()
    focused = button.grab().toImage()
    button.clearFocus()
    assert button.grab().toImage() != focused
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
