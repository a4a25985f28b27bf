from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.core.costs.spending import Spending
from app.services.costs.ledger import Line
from app.ui.ledger.columns import COLUMNS, all_together
from app.ui.widgets.fact_table import FactTable

LINES = [
    Line(Spending("p", "m", 2, Decimal(3), input_tokens=10), "Alpha", "<b>M</b>"),
    Line(Spending("q", "m", 1, unknown=1, uncounted=1), "Gamma", "N"),
    Line(Spending("r", "m", 5, Decimal(1), input_tokens=90), "beta", "O"),
]
REPORTED = next(n for n, column in enumerate(COLUMNS) if column.title == "Reported")


@pytest.fixture
def table(theme, qtbot):
    made = FactTable(COLUMNS, theme)
    qtbot.addWidget(made)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    made.kept = QAbstractItemModelTester(made.rows, mode)
    made.show_rows(LINES, total=all_together(LINES))
    return made


@pytest.fixture
def rows(table):
    return table.rows


@pytest.fixture
def order(table):
    return table.order


def column(order, place):
    return [order.index(row, place).data() for row in range(order.rowCount())]


def test_all_together_is_the_last_row_whatever_is_sorted(order):
    assert column(order, 0) == ["Alpha", "Gamma", "beta", "All together"]
    for direction in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        for place in range(len(COLUMNS)):
            order.sort(place, direction)
            assert column(order, 0)[-1] == "All together"
    assert column(order, REPORTED)[-1] == "$4.00"


def test_rows_sort_by_amount_and_the_unknown_come_late(order):
    order.sort(REPORTED, Qt.SortOrder.AscendingOrder)
    assert column(order, REPORTED) == ["$1.00", "$3.00", "–", "$4.00"]
    order.sort(REPORTED, Qt.SortOrder.DescendingOrder)
    assert column(order, REPORTED) == ["$3.00", "$1.00", "–", "$4.00"]
    order.sort(0, Qt.SortOrder.AscendingOrder)
    assert column(order, 0) == ["Alpha", "beta", "Gamma", "All together"]


def test_one_route_needs_no_sum(table):
    rows = table.rows
    table.show_rows(LINES[:1], total=all_together(LINES[:1]))
    assert rows.rowCount() == 1
    assert rows.index(0, 0).data(Qt.ItemDataRole.FontRole) is None


def test_titles_and_tips_are_plain(rows):
    across = Qt.Orientation.Horizontal
    assert rows.headerData(REPORTED, across) == "Reported"
    assert "with the answer" in rows.headerData(REPORTED, across, Qt.ItemDataRole.ToolTipRole)
    assert rows.headerData(0, Qt.Orientation.Vertical) is None
    tip = rows.index(0, REPORTED).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "$3 exactly"


def test_numbers_stand_at_the_right_and_the_unknown_are_quiet(rows, theme):
    side = rows.index(0, REPORTED).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight
    assert rows.index(1, REPORTED).data(Qt.ItemDataRole.ForegroundRole) == theme.colour("muted")
    assert rows.index(0, REPORTED).data(Qt.ItemDataRole.ForegroundRole) is None


def test_a_screen_reader_hears_the_column_and_no_dashes(rows):
    heard = Qt.ItemDataRole.AccessibleTextRole
    assert rows.index(0, REPORTED).data(heard) == "Reported: $3.00"
    assert rows.index(1, REPORTED).data(heard) == "Reported: none"
    assert rows.index(3, 1).data(heard) == ""
