import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.models.model import Model
from app.core.models.parameter import ParameterRange
from app.core.models.tool import Tool
from app.ui.tuning.tools_fold import ToolsFold

TOOLS = [Tool("get_weather", "Tells the weather.", {}), Tool("find", "", {})]
ABLE = Model("p", "m", "Able", parameters={"tools": ParameterRange()})
OTHER = Model("p", "o", "Gemma 2")


@pytest.fixture
def fold(qtbot, theme):
    made = ToolsFold(theme)
    qtbot.addWidget(made)
    return made


def test_without_tools_it_says_what_they_are(fold, qtbot):
    assert fold.row.note() == "none"
    assert not fold.none.isHidden()
    with qtbot.waitSignal(fold.edit_requested):
        fold.edit.click()


def test_tools_are_switched_on_and_off(fold):
    seen = []
    fold.chosen_changed.connect(seen.append)
    fold.set_tools(TOOLS)
    fold.show_chosen(None, ABLE)
    assert fold.row.note() == "off"
    QTest.mouseClick(fold.rows[1].switch, Qt.MouseButton.LeftButton)
    assert seen == [["find"]]
    fold.show_chosen(["find", "gone"], ABLE)
    assert fold.row.note() == "1 on"
    QTest.mouseClick(fold.rows[0].switch, Qt.MouseButton.LeftButton)
    assert seen[-1] == ["get_weather", "find"]


def test_a_route_that_is_not_known_to_take_tools_is_said(fold):
    fold.set_tools(TOOLS)
    for names, model, is_said in ((["find"], ABLE, False), (["find"], OTHER, True), ([], OTHER, 0)):
        fold.show_chosen(names, model)
        assert fold.doubt.isHidden() is not bool(is_said)
    assert "Gemma 2" in fold.doubt.text()


def test_the_same_tools_keep_their_rows(fold):
    fold.set_tools(TOOLS)
    first = fold.rows[0]
    fold.set_tools(list(TOOLS))
    assert fold.rows[0] is first
    fold.set_tools(TOOLS[1:])
    assert [row.tool.name for row in fold.rows] == ["find"]
