import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.costs.month import Month
from app.ui.ledger.month_chooser import MonthChooser

MONTHS = [Month(2026, 11), Month(2026, 9), Month(2025, 12)]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chooser(theme, qtbot):
    made = MonthChooser(theme)
    qtbot.addWidget(made)
    made.set_months(MONTHS)
    made.show()
    return made


def test_the_newest_month_is_chosen_first(chooser):
    assert chooser.month == Month(2026, 11)
    assert chooser.button.text() == "November 2026"
    assert [action.text() for action in chooser.menu.actions()] == [
        "November 2026",
        "September 2026",
        "December 2025",
    ]


def test_steps_go_to_the_sides_and_stop_at_the_ends(chooser, qtbot):
    assert not chooser.later.isEnabled()
    with qtbot.waitSignal(chooser.chosen) as chosen:
        QTest.keyClick(chooser.earlier, Qt.Key.Key_Space)
    assert chosen.args == [Month(2026, 9)]
    QTest.mouseClick(chooser.earlier, LEFT)
    assert chooser.month == Month(2025, 12)
    assert not chooser.earlier.isEnabled()
    QTest.mouseClick(chooser.later, LEFT)
    assert chooser.button.text() == "September 2026"


def test_a_month_is_chosen_from_the_menu(chooser, qtbot):
    with qtbot.waitSignal(chooser.chosen) as chosen:
        chooser.menu.actions()[2].trigger()
    assert chosen.args == [Month(2025, 12)]


def test_the_chosen_month_stays_when_another_is_added(chooser):
    chooser.menu.actions()[1].trigger()
    chooser.set_months([Month(2026, 12), *MONTHS])
    assert chooser.month == Month(2026, 9)
    chooser.set_months([Month(2027, 1)])
    assert chooser.month == Month(2027, 1)


def test_every_part_has_a_name(chooser):
    assert chooser.button.accessibleName() == "Month: November 2026"
    assert chooser.earlier.accessibleName() == "Earlier month"
    assert chooser.later.accessibleName() == "Later month"
