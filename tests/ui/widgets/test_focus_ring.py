"""When a focus ring is drawn."""

import pytest
from PySide6.QtCore import Qt

from app.ui.widgets.focus_ring import shows_ring


@pytest.mark.parametrize(
    ("reason", "before", "after"),
    [
        (Qt.FocusReason.TabFocusReason, False, True),
        (Qt.FocusReason.MouseFocusReason, True, False),
        (Qt.FocusReason.ActiveWindowFocusReason, True, True),
        (Qt.FocusReason.ActiveWindowFocusReason, False, False),
    ],
)
def test_the_keyboard_shows_it_and_the_mouse_hides_it(reason, before, after):
    assert shows_ring(reason, before=before) is after
