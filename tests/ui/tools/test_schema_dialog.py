from app.ui.tools.examples import ANSWERS
from app.ui.tools.schema_dialog import SchemaDialog


def test_a_shape_is_chosen(qtbot, theme):
    dialog = SchemaDialog(theme, None)
    qtbot.addWidget(dialog)
    dialog.editor.set_schema(ANSWERS["Contact card"])
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use.click()
    assert chosen.args == [ANSWERS["Contact card"]]


def test_a_broken_shape_cannot_be_chosen(qtbot, theme):
    dialog = SchemaDialog(theme, {"type": "array"})
    qtbot.addWidget(dialog)
    assert dialog.editor.schema() == {"type": "array"}
    taken = []
    dialog.chosen.connect(taken.append)
    dialog.editor.text.setPlainText("{")
    dialog.use.click()
    assert not dialog.use.isEnabled()
    assert taken == []
