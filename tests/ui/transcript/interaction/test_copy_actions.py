"""What is offered to the middle button; tests/drive/test_selecting.py pastes it for real."""

from PySide6.QtGui import QGuiApplication


def test_where_there_is_no_such_clipboard_the_ordinary_one_is_left_alone(view, words, driver):
    QGuiApplication.clipboard().setText("mine")
    view.set_branch([words.answer("a", "The quick **brown** fox.")], {})
    driver.drag(driver.text("a", "quick"), driver.text("a", "brown", after=True))
    assert not view.state.selection.is_empty
    assert QGuiApplication.clipboard().text() == "mine"
