"""The routes table as a Qt model, sorted with the unknown last."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.core.costs.usage import Price
from app.core.models.host import Host
from app.core.models.model import Model
from app.services.models.routes import Route
from app.ui.picker.columns import COLUMNS
from app.ui.widgets.fact_table import FactOrder, FactRole, FactTableListModel

MODEL = Model("openrouter", "g", "G")
TITLES = [column.title for column in COLUMNS]


def route(name, latency=None, price=None):
    prices = Price(None if price is None else Decimal(price))
    return Route(MODEL, "P", host=Host(name, f"tag-{name}", prices, latency=latency))


@pytest.fixture
def table(qapp, theme):
    made = FactTableListModel(COLUMNS, theme)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.set_rows([route("b", 0.5, "10"), route("C"), route("a", 0.25, "9.5")])
    yield made
    tester.deleteLater()


def sorted_names(table, title, order):
    proxy = FactOrder()
    proxy.setSourceModel(table)
    proxy.sort(TITLES.index(title), order)
    return [proxy.index(row, 0).data(FactRole.ROW).host.name for row in range(proxy.rowCount())]


@pytest.mark.parametrize(
    ("title", "rising", "falling"),
    [
        ("First word", ["a", "b", "C"], ["b", "a", "C"]),
        ("In", ["a", "b", "C"], ["b", "a", "C"]),
        ("Route", ["a", "b", "C"], ["C", "b", "a"]),
    ],
)
def test_sorting_is_by_value_with_the_unknown_last(table, title, rising, falling):
    assert sorted_names(table, title, Qt.SortOrder.AscendingOrder) == rising
    assert sorted_names(table, title, Qt.SortOrder.DescendingOrder) == falling


def test_cells_say_what_is_known(table):
    latency = TITLES.index("First word")
    assert table.index(0, latency).data() == "0.50 s"
    unknown = table.index(1, latency)
    assert unknown.data() == "not published"
    assert unknown.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert "tag-b" in table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    head = table.headerData(latency, Qt.Orientation.Horizontal)
    assert head == "First word"
    assert table.headerData(0, Qt.Orientation.Vertical) is None
    assert table.index(0, latency).data(Qt.ItemDataRole.TextAlignmentRole) & (
        Qt.AlignmentFlag.AlignRight
    )
