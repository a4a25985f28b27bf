"""The picker's list."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.core.models.model import Model
from app.ui.picker.route_list_model import RouteListModel
from app.ui.picker.route_view import RouteView
from app.ui.picker.rows import Offer, rows

MODELS = [Model("p", f"m{n}", f"Model {n}", group=f"g{n // 2}") for n in range(6)]


@pytest.fixture
def view(qtbot, theme):
    model = RouteListModel()
    model.show(rows(Offer(MODELS, current=MODELS[2].key, profiles={"p": ("P", True)}), ""))
    made = RouteView(theme, model)
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    made.kept = model
    return made


def chosen(view):
    row = view.kept.row_at(view.currentIndex())
    return row.model_id if row else None


def test_steps_pass_over_what_cannot_be_chosen_and_stop_at_the_ends(view):
    view.step(1)
    assert chosen(view) == "m0"
    view.step(2)
    assert chosen(view) == "m2"
    view.step(-1)
    assert chosen(view) == "m1"
    view.step(-8)
    assert chosen(view) == "m0"
    view.step(80)
    assert chosen(view) == "m5"


def test_the_first_or_the_current_is_selected(view):
    view.select_first()
    assert chosen(view) == "m0"
    view.select_first("now")
    assert chosen(view) == "m2"


def test_a_click_chooses_and_a_click_on_the_star_pins(qtbot, view):
    rect = view.visualRect(view.kept.index(2))
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert view.kept.row_at(picked.args[0]).model_id == "m0"
    star = QPoint(rect.right() - 12, rect.center().y())
    with (
        qtbot.assertNotEmitted(view.picked),
        qtbot.waitSignal(view.star_pressed) as pressed,
    ):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert view.kept.row_at(pressed.args[0]).model_id == "m0"


def test_other_clicks_choose_nothing(qtbot, view):
    group = view.visualRect(view.kept.index(1)).center()
    route = view.visualRect(view.kept.index(2)).center()
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=group)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=route)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 590))
