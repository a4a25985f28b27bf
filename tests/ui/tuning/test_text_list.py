"""Lists of short texts."""

import pytest
from PySide6.QtCore import Qt

from app.ui.tuning.text_list import TextList


@pytest.fixture
def texts(qtbot, theme):
    made = TextList(theme, "Stop at")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.field.setFocus()
    return made


def test_enter_adds_once(qtbot, texts):
    lists = []
    texts.texts_changed.connect(lists.append)
    for _ in range(2):
        qtbot.keyClicks(texts.field, "END")
        qtbot.keyClick(texts.field, Qt.Key.Key_Return)
    assert lists == [["END"]]
    assert texts.field.text() == ""


def test_pills_are_readable_and_removed_by_a_click(qtbot, texts):
    texts.set_texts(["\n", "x" * 50])
    first, second = texts.pills()
    assert first.text().startswith("⏎")
    assert "…" in second.text()
    with qtbot.waitSignal(texts.texts_changed) as changed:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert changed.args == [["x" * 50]]
    texts.set_texts([])
    assert texts.pills() == []
