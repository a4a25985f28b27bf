"""The picker's rows as a Qt model."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.core.models.model import Model
from app.ui.picker.route_list_model import RouteListModel, RouteRole
from app.ui.picker.rows import Offer, rows

MANY = [
    Model("openrouter", f"maker/model-{n}", f"Model {n}", group=f"group-{n // 2}")
    for n in range(2000)
]
PROFILES = {"openrouter": ("OpenRouter", False)}


@pytest.mark.parametrize("models", [[], MANY[:1], MANY])
def test_it_keeps_the_rules_of_qt(qapp, models):
    model = RouteListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    offer = Offer(models, profiles=PROFILES)
    for query in ("", "model", "model 19", "nothing at all", ""):
        model.show(rows(offer, query))
    assert model.rowCount() == len(rows(offer, ""))
    assert model.rowCount(model.index(0)) == 0
    assert tester.model() is model


def test_rows_are_read_aloud_and_only_routes_can_be_chosen(qapp):
    model = RouteListModel()
    offer = Offer(MANY[:2], current=MANY[0].key, pinned=[MANY[0].key], profiles=PROFILES)
    model.show(rows(offer, "model"))
    group, route = model.index(0), model.index(1)
    assert model.flags(group) == Qt.ItemFlag.NoItemFlags
    assert model.flags(route) & Qt.ItemFlag.ItemIsSelectable
    said = model.data(route, Qt.ItemDataRole.AccessibleTextRole)
    for words in ("Model 0", "OpenRouter", "current", "pinned", "needs a key"):
        assert words in said
    assert model.data(group, Qt.ItemDataRole.AccessibleTextRole) == "Model 0, 2 routes"
    assert model.data(group) == "Model 0"
    assert model.data(route, RouteRole.ROW).model is MANY[0]
    assert "maker/model-0" in model.data(route, Qt.ItemDataRole.ToolTipRole)
    assert model.data(group, Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex()) is None
    assert model.row_at(QModelIndex()) is None


def test_the_same_rows_reset_nothing(qtbot):
    model = RouteListModel()
    listed = rows(Offer(MANY[:4], profiles=PROFILES), "")
    model.show(listed)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show(list(listed))
