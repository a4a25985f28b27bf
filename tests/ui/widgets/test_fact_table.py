"""A table of facts: sorted by what is behind the cells, the unknown and the total last."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.ui.widgets.fact_table import FactOrder, FactRole, FactTableListModel

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Column:
    title: str
    is_number: bool
    place: int
    tip: str = "what it is"

    def value(self, row):
        return row[self.place]

    def shown(self, row):
        return "unknown" if row[self.place] is None else str(row[self.place])


COLUMNS = (Column("Name", False, 0), Column("Amount", True, 1))


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
