from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.widgets.page import Page, text_label


def test_a_page_says_what_it_is_about_and_where_its_values_are(qtbot):
    page = Page("writing", "Writing", "How you write.", "Kept in a file.")
    qtbot.addWidget(page)
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert texts == ["Writing", "How you write.", "Kept in a file."]
    assert page.words == "Writing How you write."


def test_labels_show_foreign_text_as_it_is(qtbot):
    label = text_label("<b>x</b>", "muted")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.property("look") == "muted"
