import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.tuning.bias_rows import FIRST, BiasRows


@pytest.fixture
def rows(qtbot, theme):
    made = BiasRows(theme)
    qtbot.addWidget(made)
    made.seen = []
    made.biases_changed.connect(made.seen.append)
    return made


def enter(field, text):
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_number_is_added_changed_banned_and_removed(rows):
    enter(rows.field, "1234")
    assert rows.seen == [{"1234": FIRST}]
    (row,) = rows.rows
    enter(row.box, "12.5")
    assert rows.seen[-1] == {"1234": 12.5}
    QTest.mouseClick(row.ban, Qt.MouseButton.LeftButton)
    assert rows.seen[-1] == {"1234": -100}
    assert row.box.text() == "-100"
    QTest.mouseClick(row.ban, Qt.MouseButton.LeftButton)
    assert rows.seen[-1] == {"1234": FIRST}
    QTest.mouseClick(row.remove, Qt.MouseButton.LeftButton)
    assert rows.seen[-1] is None
    assert rows.rows == []


def test_pasted_json_goes_beside_what_is_there(rows):
    rows.set_biases({"1": 3})
    enter(rows.field, '{"2": -100, "1": 7}')
    assert rows.seen == [{"1": 7, "2": -100}]
    assert [row.token for row in rows.rows] == ["1", "2"]
    assert rows.rows[1].ban.isChecked()


@pytest.mark.parametrize("text", ["word", '{"word": 1}', '{"1": 500}', '{"1": ', "-5"])
def test_what_is_no_token_number_is_refused(rows, text):
    enter(rows.field, text)
    assert rows.seen == []
    assert rows.trouble.text()
    enter(rows.field, "7")
    assert rows.trouble.text() == ""


@pytest.mark.parametrize("text", ["much", "101", "-100.5", "nan"])
def test_a_bias_out_of_range_is_marked_and_not_taken(rows, text):
    rows.set_biases({"1": 3})
    enter(rows.rows[0].box, text)
    assert rows.seen == []


def test_an_edited_row_keeps_its_place_and_its_widgets(rows):
    rows.set_biases({"1": 3, "2": 4})
    first = rows.rows[0]
    enter(first.box, "9")
    rows.set_biases({"1": 9, "2": 4})
    assert rows.rows[0] is first
    rows.set_biases(None)
    assert rows.rows == []


@pytest.mark.parametrize("text", ["word", '{"1": 500}', "-5"])
def test_an_emptied_field_is_quiet(rows, text):
    enter(rows.field, text)
    assert rows.field.is_wrong()
    rows.field.selectAll()
    QTest.keyClick(rows.field, Qt.Key.Key_Delete)
    assert rows.trouble.text() == ""
    assert not rows.field.is_wrong()


def test_a_bias_that_is_refused_says_its_range_and_an_emptied_one_goes(rows):
    rows.set_biases({"1": 3, "2": 4})
    box = rows.rows[0].box
    enter(box, "500")
    assert "from −100 to 100" in rows.trouble.text()
    assert rows.seen == []
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    assert rows.trouble.text() == ""
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert rows.seen == [{"2": 4}]
