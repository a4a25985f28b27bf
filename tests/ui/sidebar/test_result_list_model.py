from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.ui.sidebar.result_list_model import Result, ResultListModel, ResultRole

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
HIT = Result("c", "Haiku", NOW, "m", "the salt wind", ((4, 8),))


def test_it_keeps_qts_rules_and_reads_results_aloud(qtmodeltester):
    model = ResultListModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_results([Result("c", "Haiku", NOW), HIT])
    qtmodeltester.check(model)
    role = Qt.ItemDataRole
    assert model.index(0).data(role.AccessibleTextRole) == "Haiku"
    assert model.index(1).data(role.AccessibleTextRole) == "Haiku: the salt wind"
    assert model.index(1).data(role.AccessibleDescriptionRole) == "21 November 2026, 14:02"
    assert model.index(1).data(ResultRole.RESULT) == HIT
    assert model.index(1).data(role.FontRole) is None
    assert model.data(QModelIndex()) is None
    model.set_results([])
    assert model.rowCount() == 0


def test_the_word_is_the_first_that_was_found():
    assert Result("c", "T", NOW, "m", "a zebra, zebras", ((2, 7), (9, 14))).word == "zebra"
    assert Result("c", "T", NOW).word == ""
