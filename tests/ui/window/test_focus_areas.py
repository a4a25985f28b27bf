"""One key goes between the parts of the window."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.window.focus_areas import FocusAreas


@pytest.fixture
def parts(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    made = []
    for _ in range(3):
        part = QWidget()
        column = QVBoxLayout(part)
        part.fields = [QLineEdit(), QLineEdit()]
        for field in part.fields:
            column.addWidget(field)
        row.addWidget(part)
        made.append(part)
    window.areas = FocusAreas(window, [(part, lambda of=part: of.fields[0]) for part in made])
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made[0].fields[0].setFocus()
    return window, made


def test_forward_and_back_and_around(parts):
    window, (first, second, third) = parts
    for part in (second, third, first):
        window.areas.step(1)
        assert part.fields[0].hasFocus()
    for part in (third, second, first):
        window.areas.step(-1)
        assert part.fields[0].hasFocus()


def test_the_place_in_each_is_remembered(parts):
    window, (first, second, _) = parts
    first.fields[1].setFocus()
    window.areas.step(1)
    assert second.fields[0].hasFocus()
    window.areas.step(-1)
    assert first.fields[1].hasFocus()
    window.areas.step(1)
    first.fields[1].setEnabled(False)
    window.areas.step(-1)
    assert first.fields[0].hasFocus()


def test_hidden_parts_are_left_out(parts):
    window, (first, second, third) = parts
    second.hide()
    window.areas.step(1)
    assert third.fields[0].hasFocus()
    window.areas.step(1)
    assert first.fields[0].hasFocus()


def test_from_nowhere_the_first_or_last_is_entered(parts):
    window, (first, _, third) = parts
    for step, part in ((1, first), (-1, third)):
        window.focusWidget().clearFocus()
        window.areas.step(step)
        assert part.fields[0].hasFocus()


def test_a_part_with_nothing_to_enter_is_passed(parts):
    window, (first, second, third) = parts
    areas = FocusAreas(
        window, [(first, lambda: None), (second, lambda: None), (third, lambda: third.fields[1])]
    )
    areas.step(1)
    assert third.fields[1].hasFocus()
