"""What is sent, as JSON."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.ui.tuning.exact_request import ExactView

BODY = {"model": "m", "messages": [{"role": "user", "content": "x" * 5000}], "n": (1, 2)}


def test_long_texts_are_shown_short_and_copied_whole(qtbot, theme):
    view = ExactView(theme)
    qtbot.addWidget(view)
    view.show()
    view.set_body(BODY)
    shown = view.field.toPlainText()
    assert '"model": "m"' in shown
    assert "5,000 characters" in shown
    assert len(shown) < 1000
    qtbot.mouseClick(view.copy, Qt.MouseButton.LeftButton)
    assert json.loads(QGuiApplication.clipboard().text())["messages"] == BODY["messages"]
    assert view.copy.text() == "Copied"
    qtbot.waitUntil(lambda: view.copy.text() == "Copy")


def test_many_lines_are_counted(qtbot, theme):
    view = ExactView(theme)
    qtbot.addWidget(view)
    view.set_body({"list": list(range(5000))})
    assert "more lines" in view.field.toPlainText()
    assert view.field.isReadOnly()
    view.set_body({})
    assert view.field.toPlainText() == ""


def test_the_same_body_keeps_the_place(qtbot, theme):
    view = ExactView(theme)
    qtbot.addWidget(view)
    view.set_body({"a": 1})
    view.field.selectAll()
    view.set_body({"a": 1})
    assert view.field.textCursor().hasSelection()
