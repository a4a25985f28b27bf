"""The form of wishes about hosts."""

import pytest
from PySide6.QtCore import Qt

from app.providers.parameters.routing import LISTS, NEUTRAL, joined
from app.ui.tuning.routing_form import WISHES, RoutingForm

LEFT = Qt.MouseButton.LeftButton
GENERAL = {"data_collection": "deny", "only": ["deepinfra"], "max_price": {"prompt": 1}}


@pytest.fixture
def form(qtbot, theme):
    made = RoutingForm(theme)
    qtbot.addWidget(made)
    made.resize(320, 1200)
    made.show()
    return made


def test_every_wish_has_an_editor():
    assert set(WISHES) == {*LISTS, *NEUTRAL, "sort", "data_collection", "max_price"}


def test_what_is_as_in_the_settings_is_no_own_wish(form):
    form.show_routing({}, GENERAL)
    assert form.editors["only"].value() == ["deepinfra"]
    assert form.routing_choices() == {}


def test_a_general_wish_can_be_taken_away(qtbot, form):
    form.show_routing({}, GENERAL)
    with qtbot.waitSignal(form.changed) as told:
        qtbot.mouseClick(form.editors["data_collection"].pills[None], LEFT)
    assert joined(GENERAL, told.args[0]) == {"only": ["deepinfra"], "max_price": {"prompt": 1}}
    form.editors["only"].clear()
    with qtbot.waitSignal(form.changed) as told:
        qtbot.keyClick(form.editors["only"], Qt.Key.Key_Return)
    assert joined(GENERAL, told.args[0]) == {"max_price": {"prompt": 1}}


def test_an_own_wish_is_told_alone(qtbot, form):
    form.show_routing({}, GENERAL)
    with qtbot.waitSignal(form.changed) as told:
        qtbot.mouseClick(form.editors["zdr"].switch, LEFT)
    assert told.args == [{"zdr": True}]
    with qtbot.waitSignal(form.changed) as told:
        qtbot.mouseClick(form.editors["zdr"].switch, LEFT)
    assert told.args == [{}]
