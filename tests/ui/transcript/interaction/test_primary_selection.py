"""What is offered to the middle button; tests/drive/test_selecting.py pastes it for real."""

from PySide6.QtGui import QGuiApplication


def test_where_there_is_no_such_clipboard_the_ordinary_one_is_left_alone(view, words, hand):
    QGuiApplication.clipboard().setText("mine")
    view.set_branch([words.answer("a", "The quick **brown** fox.")], {})
    hand.drag(hand.text("a", "quick"), hand.text("a", "brown", after=True))
    assert not view.selection.is_empty
    assert QGuiApplication.clipboard().text() == "mine"
