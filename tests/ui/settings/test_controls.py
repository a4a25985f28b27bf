import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.settings.controls import ChoiceRow, NumberRow, SwitchRow, TextRow

LEFT = Qt.MouseButton.LeftButton


def test_one_of_a_few_words(qtbot, theme):
    row = ChoiceRow(theme, ("light", "dark"), ("Light", "Dark"), "Theme")
    qtbot.addWidget(row)
    row.show_value("light")
    assert row.pills["light"].isChecked()
    assert row.pills["dark"].accessibleName() == "Theme: Dark"
    with qtbot.waitSignal(row.chosen) as said:
        qtbot.mouseClick(row.pills["dark"], LEFT)
    assert said.args == ["dark"]
    assert not row.pills["light"].isChecked()


@pytest.mark.parametrize(("width", "rows"), [(500, 1), (100, 3)])
def test_words_stand_in_one_row_where_they_can_and_none_is_cut(qtbot, theme, width, rows):
    outer = QWidget()
    qtbot.addWidget(outer)
    line = QHBoxLayout(outer)
    row = ChoiceRow(theme, ("a", "b", "c"), ("Chat Completions", "Responses", "Messages"), "x")
    line.addWidget(row)
    line.addStretch(1)
    column_width = max(width, row.minimumSizeHint().width() + 40)
    outer.resize(column_width, 200)
    outer.show()
    qtbot.waitExposed(outer)
    places = [pill.geometry() for pill in row.pills.values()]
    assert all(row.rect().contains(place) for place in places)
    assert len({place.top() for place in places}) == rows


def test_words_without_titles_show_themselves(qtbot, theme):
    row = ChoiceRow(theme, ("a", "b"), (), "Letter")
    qtbot.addWidget(row)
    assert row.pills["b"].text() == "b"


def test_yes_or_no(qtbot, theme):
    row = SwitchRow(theme, "Less motion")
    qtbot.addWidget(row)
    row.show_value(False)
    assert row.switch.accessibleName() == "Less motion"
    with qtbot.waitSignal(row.chosen) as said:
        QTest.keyClick(row.switch, Qt.Key.Key_Space)
    assert said.args == [True]


def test_a_number_goes_up_and_down_within_its_bounds(qtbot):
    row = NumberRow(0.5, 1.2, 0.5, "Size")
    qtbot.addWidget(row)
    row.show_value(1.0)
    assert row.value.text() == "1"
    with qtbot.waitSignal(row.chosen) as said:
        qtbot.mouseClick(row.more, LEFT)
    assert said.args == [1.2]
    with qtbot.waitSignal(row.chosen) as said:
        qtbot.mouseClick(row.less, LEFT)
    assert said.args == [0.5]
    row.show_value(1.2)
    assert not row.more.isEnabled()
    row.show_value(0.5)
    assert not row.less.isEnabled()


@pytest.mark.parametrize("text", ["new", ""])
def test_a_text(qtbot, text):
    row = TextRow("Name")
    qtbot.addWidget(row)
    row.show_value(text)
    assert row.text() == text
    with qtbot.waitSignal(row.chosen) as said:
        QTest.keyClicks(row, "x")
    assert said.args == [text + "x"]
