"""The fold about hosts in the tuning panel."""

import pytest
from PySide6.QtCore import Qt

from app.ui.tuning.hosts_fold import HostsFold

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def fold(qtbot, theme):
    made = HostsFold(theme)
    qtbot.addWidget(made)
    made.resize(332, 600)
    made.show()
    return made


def test_the_form_is_made_when_it_is_opened(fold):
    assert fold.form is None
    fold.set_open(True)
    assert fold.form is not None


def test_the_row_says_what_is_in_it(fold):
    assert fold.row.note() == ""
    fold.show_routing({}, {"zdr": True})
    assert fold.row.note() == "as in settings"
    fold.show_routing({"zdr": False, "sort": "price"}, {"zdr": True})
    assert fold.row.note() == "2 changed"


def test_a_change_is_told_and_counted(qtbot, fold):
    fold.set_open(True)
    with qtbot.waitSignal(fold.routing_changed) as told:
        qtbot.mouseClick(fold.form.editors["sort"].pills["latency"], LEFT)
    assert told.args == [{"sort": "latency"}]
    assert fold.row.note() == "1 changed"
    fold.show_routing(None, None)
    assert fold.form.editors["sort"].value() is None
