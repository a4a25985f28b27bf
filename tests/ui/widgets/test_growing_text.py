"""A field that grows."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.growing_text import GrowingText


def test_it_grows_to_its_limit(qtbot, theme):
    field = GrowingText(theme, least_lines=2, most_lines=5)
    qtbot.addWidget(field)
    field.resize(200, 50)
    field.show()
    empty = field.sizeHint().height()
    field.setPlainText("a\nb\nc")
    middle = field.sizeHint().height()
    field.setPlainText("a\n" * 40)
    full = field.sizeHint().height()
    assert empty < middle < full
    field.setPlainText("a\n" * 400)
    assert field.sizeHint().height() == full
    assert field.minimumSizeHint().height() == full


def test_leaving_it_is_told(qtbot, theme):
    outer = QWidget()
    qtbot.addWidget(outer)
    layout = QVBoxLayout(outer)
    first, second = GrowingText(theme), GrowingText(theme, is_mono=True)
    layout.addWidget(first)
    layout.addWidget(second)
    with qtbot.waitActive(outer):
        outer.show()
    first.setFocus()
    with qtbot.waitSignal(first.focus_left):
        second.setFocus()
