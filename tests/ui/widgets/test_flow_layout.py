"""Widgets in rows."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.ui.widgets.flow_layout import Flow


def filled(qtbot, count):
    outer = QWidget()
    qtbot.addWidget(outer)
    flow = Flow(outer, gap=6)
    for _ in range(count):
        child = QWidget(outer)
        child.setFixedSize(QSize(40, 20))
        flow.addWidget(child)
    return outer, flow


def test_rows_break_where_the_width_ends(qtbot):
    outer, flow = filled(qtbot, 5)
    outer.resize(100, 200)
    outer.show()
    places = [(flow.itemAt(n).geometry().x(), flow.itemAt(n).geometry().y()) for n in range(5)]
    assert places == [(0, 0), (46, 0), (0, 26), (46, 26), (0, 52)]
    assert flow.heightForWidth(100) == 72
    assert flow.heightForWidth(300) == 20
    assert flow.hasHeightForWidth()


def test_hidden_widgets_take_no_room_and_taken_ones_are_gone(qtbot):
    outer, flow = filled(qtbot, 3)
    outer.show()
    flow.itemAt(0).widget().hide()
    assert flow.heightForWidth(86) == 20
    assert flow.takeAt(0).widget().isHidden()
    assert flow.count() == 2
    assert flow.itemAt(9) is None
    assert flow.takeAt(9) is None


def test_margins_count(qtbot):
    _, flow = filled(qtbot, 1)
    flow.setContentsMargins(1, 5, 1, 2)
    assert flow.heightForWidth(100) == 27
    assert flow.sizeHint() == QSize(42, 27)
    assert not flow.expandingDirections()
