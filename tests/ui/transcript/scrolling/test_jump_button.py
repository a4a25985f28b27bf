"""The button to the end."""

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.transcript.scrolling.jump_button import JumpButton


@pytest.mark.parametrize(("distance", "is_there"), [(0, False), (72, False), (73, True)])
def test_it_is_there_only_away_from_the_end(qtbot, theme, distance, is_there):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(400, 300)
    parent.show()
    button = JumpButton(theme, parent)
    button.show_for(distance)
    assert button.isVisible() is is_there
    assert parent.rect().contains(button.geometry()) or not is_there
    button.show_for(0)
    assert not button.isVisible()
