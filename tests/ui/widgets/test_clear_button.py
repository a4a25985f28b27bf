from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton

from app.ui.widgets.clear_button import add_clear_button


def test_the_cross_is_named_and_empties_the_field(qtbot):
    field = QLineEdit("words")
    qtbot.addWidget(field)
    add_clear_button(field, "Clear the filter")
    field.resize(300, 30)
    field.show()
    (button,) = field.findChildren(QToolButton)
    face = QAccessible.queryAccessibleInterface(button)
    assert face.text(QAccessible.Text.Name) == "Clear the filter"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.text() == ""
