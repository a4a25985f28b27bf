"""Round buttons."""

from PySide6.QtCore import Qt

from app.ui.widgets.pill import Pill


def test_a_press_by_mouse_or_space_clicks(qtbot, theme):
    pill = Pill(theme, "Precise")
    qtbot.addWidget(pill)
    pill.show()
    with qtbot.waitSignal(pill.clicked):
        qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(pill.clicked):
        qtbot.keyClick(pill, Qt.Key.Key_Space)


def test_the_mark_makes_room_for_itself(qtbot, theme):
    pill = Pill(theme, "Balanced")
    qtbot.addWidget(pill)
    before = pill.sizeHint().width()
    pill.set_mark(" •")
    assert pill.shown_text() == "Balanced •"
    assert pill.mark() == " •"
    assert pill.sizeHint().width() > before
    assert pill.minimumSizeHint() == pill.sizeHint()


def test_states_and_themes_look_different(qtbot, theme):
    pill = Pill(theme, "Creative")
    qtbot.addWidget(pill)
    pill.setCheckable(True)
    with qtbot.waitActive(pill):
        pill.show()
    plain = pill.grab().toImage()
    pill.setChecked(True)
    checked = pill.grab().toImage()
    pill.clearFocus()
    pill.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(pill.hasFocus)
    focused = pill.grab().toImage()
    pill.setChecked(False)
    pill.setEnabled(False)
    disabled = pill.grab().toImage()
    theme.choose("dark")
    assert plain != checked
    assert checked != focused
    assert disabled != plain
    assert pill.grab().toImage() != disabled
