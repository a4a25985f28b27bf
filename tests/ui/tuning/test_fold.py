"""Rows that open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.tuning.fold import Fold


def test_it_opens_by_mouse_and_closes_by_key(qtbot, theme):
    fold = Fold(theme, "More dials")
    qtbot.addWidget(fold)
    fold.content_layout.addWidget(QLabel("inside"))
    fold.show()
    assert fold.content.isHidden()
    with qtbot.waitSignal(fold.opened) as opened:
        qtbot.mouseClick(fold.row, Qt.MouseButton.LeftButton)
    assert opened.args == [True]
    assert fold.is_open
    assert fold.content.isVisible()
    with qtbot.waitSignal(fold.opened) as opened:
        qtbot.keyClick(fold.row, Qt.Key.Key_Space)
    assert opened.args == [False]
    fold.set_open(True)
    assert fold.content.isVisible()


def test_the_note_is_said_and_drawn(qtbot, theme):
    fold = Fold(theme, "More dials")
    qtbot.addWidget(fold)
    fold.resize(332, 46)
    plain = fold.grab().toImage()
    fold.row.set_note("2 changed · 7", is_accented=True)
    assert fold.row.note() == "2 changed · 7"
    assert fold.row.accessibleName() == "More dials, 2 changed · 7"
    assert fold.grab().toImage() != plain


def test_the_focus_shows(qtbot, theme):
    fold = Fold(theme, "More dials")
    qtbot.addWidget(fold)
    with qtbot.waitActive(fold):
        fold.show()
    fold.row.setFocus()
    focused = fold.row.grab().toImage()
    fold.row.clearFocus()
    assert fold.row.grab().toImage() != focused
