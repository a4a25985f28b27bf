"""A table of facts: sorted by what is behind the cells, the unknown and the total last."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.ui.widgets.fact_table import FactColumn, FactOrder, FactRole, FactTable, FactTableListModel

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


COLUMNS = (
    FactColumn("Name", "what it is", lambda row: row[0], is_number=False),
    FactColumn("Amount", "what it is", lambda row: row[1], unknown="unknown"),
    FactColumn("Rare", "what few have", lambda row: row[2] if len(row) > 2 else None, is_rare=True),
)


@pytest.fixture
def table(theme):
    made = FactTableListModel(COLUMNS, theme)
    made.kept = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.set_rows([("b", 10), ("C", None), ("a", 9)])
    return made


def names(table, place, direction):
    order = FactOrder()
    order.setSourceModel(table)
    order.sort(place, direction)
    return [order.index(row, 0).data(FactRole.ROW)[0] for row in range(order.rowCount())]


def test_names_sort_without_regard_to_capitals(table):
    assert names(table, 0, UP) == ["a", "b", "C"]
    assert names(table, 0, DOWN) == ["C", "b", "a"]


def test_numbers_sort_as_numbers_and_the_unknown_stay_last(table):
    assert names(table, 1, UP) == ["a", "b", "C"]
    assert names(table, 1, DOWN) == ["b", "a", "C"]


def test_a_total_stays_below_all_others(table):
    table.set_rows([("b", 10), ("a", None), ("sum", 10)], has_total=True)
    for direction in (UP, DOWN):
        for place in (0, 1):
            assert names(table, place, direction)[-1] == "sum"


def test_cells_and_titles_stand_on_the_same_side(table):
    across, side = Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
    for place, wanted in ((0, Qt.AlignmentFlag.AlignLeft), (1, Qt.AlignmentFlag.AlignRight)):
        assert Qt.AlignmentFlag(table.headerData(place, across, side)) & wanted
        assert Qt.AlignmentFlag(table.index(0, place).data(side)) & wanted


def test_the_unknown_are_quiet(table, theme):
    colour = Qt.ItemDataRole.ForegroundRole
    assert table.index(1, 1).data() == "unknown"
    assert table.index(1, 1).data(colour) == theme.colour("muted")
    assert table.index(0, 1).data(colour) is None


def test_a_rare_column_is_there_only_while_it_has_something_in_it(theme, qtbot):
    table = FactTable(COLUMNS, theme)
    qtbot.addWidget(table)
    table.show_rows([("a", 1), ("b", 2)])
    assert table.isColumnHidden(2)
    table.show_rows([("a", 1), ("b", 2, "seldom")])
    assert not table.isColumnHidden(2)


def test_a_screen_reader_hears_the_column_with_every_cell(table):
    heard = Qt.ItemDataRole.AccessibleTextRole
    assert table.index(0, 1).data(heard) == "Amount: 10"
    assert table.index(1, 1).data(heard) == "Amount: unknown"
    assert table.index(1, 2).data(heard) == "Rare: none"
