"""Send and Stop in one place."""

from PySide6.QtCore import Qt

from app.ui.composer.send_button import SendButton


def test_send_and_stop_have_one_size_and_two_looks(qtbot, theme):
    button = SendButton(theme)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    with qtbot.waitActive(button):
        button.show()
    button.setFocus()
    sending, size = button.grab().toImage(), button.sizeHint()
    button.show_title("Stop", "Esc")
    assert button.sizeHint() == size == button.minimumSizeHint()
    assert button.toolTip() == "Stop (Esc)"
    assert button.accessibleName() == "Stop"
    stopping = button.grab().toImage()
    assert stopping != sending
    button.clearFocus()
    assert button.grab().toImage() != stopping
    button.show_title("Send", "")
    assert button.toolTip() == "Send"


def test_pressing_looks_pressed_in_both_themes(qtbot, theme):
    button = SendButton(theme)
    qtbot.addWidget(button)
    button.show()
    for name in ("light", "dark"):
        theme.choose(name)
        up = button.grab().toImage()
        qtbot.mousePress(button, Qt.MouseButton.LeftButton)
        assert button.grab().toImage() != up
        with qtbot.waitSignal(button.clicked):
            qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
