"""The pills of the filters."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from app.ui.picker.filter_row import FilterRow
from app.ui.picker.filters import CONTEXTS, PRICES, Wanted

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def row(qtbot, theme):
    made = FilterRow(theme)
    qtbot.addWidget(made)
    made.resize(600, 80)
    made.show()
    return made


def test_pressing_asks_and_tells(qtbot, row):
    with qtbot.waitSignal(row.changed):
        qtbot.mouseClick(row.toggles["tools"], LEFT)
    with qtbot.waitSignal(row.changed):
        qtbot.mouseClick(row.price, LEFT)
    qtbot.keyClick(row.context, Qt.Key.Key_Space)
    assert row.wanted() == Wanted(("tools",), Decimal("0.10"), 32_000)
    assert row.price.accessibleName() == "Highest price: up to $0.10"


def test_steps_go_round(qtbot, row):
    for _ in PRICES:
        assert row.price.isChecked() is (row.price.value is not None)
        qtbot.mouseClick(row.price, LEFT)
    assert row.price.value is None
    for _ in CONTEXTS[1:]:
        qtbot.mouseClick(row.context, LEFT)
    assert row.context.text() == "from 1M"


def test_clearing_asks_for_nothing(qtbot, row):
    qtbot.mouseClick(row.toggles["free"], LEFT)
    qtbot.mouseClick(row.context, LEFT)
    row.clear()
    assert row.wanted().is_anything
