import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.tools.examples import ANSWERS
from app.ui.tools.schema_editor import SchemaEditor, line_of

PRICE = '{\n  "type": "object",\n  "properties": {\n    "price": {"type": "nombre"}\n  }\n}'


@pytest.fixture
def editor(qtbot, theme):
    made = SchemaEditor(theme, ANSWERS)
    qtbot.addWidget(made)
    return made


def test_it_begins_with_a_filled_example(editor):
    assert editor.schema() == next(iter(ANSWERS.values()))
    assert editor.state.text() == "This is a JSON schema."


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("", "Write a schema", 0),
        ("{", "Not complete yet", 1),
        ('{\n  "type" "object"\n}', "Line 2: a colon is missing", 2),
        (PRICE, "Line 4: $.properties.price.type: there is no type nombre", 4),
        ("[]", "object in braces", 0),
        ('{"required": 1}', "Line 1: $.required is not a list", 1),
    ],
)
def test_what_is_wrong_is_said_with_its_line(editor, text, says, line):
    editor.text.setPlainText(text)
    assert not editor.check()
    assert says in editor.state.text()
    assert editor.schema() is None
    marks = editor.text.extraSelections()
    assert [mark.cursor.blockNumber() + 1 for mark in marks] == ([line] if line else [])


def test_it_checks_as_one_types(editor, qtbot):
    editor.text.clear()
    with qtbot.waitSignal(editor.checked) as checked:
        QTest.keyClicks(editor.text, '{"type": "array"')
    assert checked.args == [False]
    with qtbot.waitSignal(editor.checked) as checked:
        QTest.keyClicks(editor.text, "}")
    assert checked.args == [True]
    assert editor.schema() == {"type": "array"}


def test_an_example_takes_the_place_of_the_text(editor):
    for pill, schema in zip(editor.pills, ANSWERS.values(), strict=True):
        QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
        assert editor.schema() == schema


def test_the_line_of_a_path():
    assert line_of(PRICE, "$.properties.price.type") == 4
    assert line_of(PRICE, "$.type") == 2
    assert line_of(PRICE, "$") == 0
    assert line_of(PRICE, "$.nothing") == 0


def test_a_deep_or_endless_text_is_no_trouble(editor):
    for text in ("[" * 100_000, " " * 300_000 + "{}", '{"a":' * 3000 + "1" + "}" * 3000):
        editor.text.setPlainText(text)
        assert not editor.check()
