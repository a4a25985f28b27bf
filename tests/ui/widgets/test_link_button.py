"""The top of the panel."""

from PySide6.QtCore import Qt

from app.ui.widgets.link_button import LinkButton, PanelHeading


def test_undo_shows_only_when_there_is_something(qtbot, theme):
    heading = PanelHeading(theme)
    qtbot.addWidget(heading)
    heading.show()
    assert not heading.undo_button().isVisible()
    heading.set_undo_available(True)
    with qtbot.waitSignal(heading.undo_requested):
        qtbot.mouseClick(heading.undo_button(), Qt.MouseButton.LeftButton)


def test_a_link_shows_its_focus(qtbot, theme):
    link = LinkButton(theme, "undo")
    qtbot.addWidget(link)
    with qtbot.waitActive(link):
        link.show()
    link.setFocus()
    focused = link.grab().toImage()
    link.clearFocus()
    assert link.grab().toImage() != focused
    with qtbot.waitSignal(link.clicked):
        qtbot.keyClick(link, Qt.Key.Key_Space)
