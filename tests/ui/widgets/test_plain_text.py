from PySide6.QtGui import QTextDocument

from app.ui.widgets.plain_text import as_plain

FOREIGN = 'model <img src="file:///tmp/red.png">\n& more'


def test_markup_in_foreign_text_is_shown_and_not_drawn():
    document = QTextDocument()
    document.setHtml(as_plain(FOREIGN))
    assert document.toPlainText() == FOREIGN
    assert "<img" not in as_plain(FOREIGN)


def test_ordinary_text_stays_as_it_is():
    assert as_plain("gemma3:27b & friends") == "gemma3:27b & friends"
