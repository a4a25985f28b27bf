import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument

from app.commands.declared import registry
from app.ui.help.help_dialog import HelpDialog, ManualBrowser
from app.ui.widgets.link_dialog import LinkDialog


@pytest.fixture
def window(qtbot, theme):
    made = HelpDialog(registry(), theme)
    qtbot.addWidget(made)
    made.show_page()
    return made


def test_it_opens_at_the_first_page_and_has_one_list_of_keys(window):
    titles = [window.pages.item(row).text() for row in range(window.pages.count())]
    assert titles[0] == "Start"
    assert titles.count("Keyboard shortcuts") == 1
    assert "Shortcuts" not in titles
    assert "Facet" in window.browser.toPlainText()


def test_a_page_is_found_by_its_name(window):
    window.show_page("tuning")
    assert window.pages.currentItem().text() == "Tuning"
    window.show_page()
    assert window.pages.currentItem().text() == "Tuning"
    window.show_page("shortcuts")
    assert window.stack.currentWidget() is window.shortcuts


def test_links_lead_to_other_pages_and_outside_only_by_the_card(window):
    window.browser.anchorClicked.emit(QUrl("03-tuning.md#what-does-temperature-do"))
    assert window.pages.currentItem().text() == "Tuning"
    window.browser.anchorClicked.emit(QUrl("#word-pool"))
    assert window.pages.currentItem().text() == "Tuning"
    window.browser.anchorClicked.emit(QUrl("https://example.org/"))
    card = window.findChild(LinkDialog)
    assert card.isVisible()
    card.reject()


@pytest.mark.parametrize("name", ["file:///etc/passwd", "/etc/passwd", "http://127.0.0.1/x.png"])
def test_no_page_can_load_anything(qtbot, name):
    browser = ManualBrowser()
    qtbot.addWidget(browser)
    kinds = QTextDocument.ResourceType
    picture = browser.loadResource(kinds.ImageResource.value, QUrl(name))
    assert isinstance(picture, QImage)
    assert picture.isNull()
    for kind in (kinds.HtmlResource, kinds.StyleSheetResource, kinds.MarkdownResource):
        assert browser.loadResource(kind.value, QUrl(name)) == ""
    assert not browser.openLinks()


def test_it_follows_the_theme(window, theme):
    window.show_page("tuning")
    light = window.browser.toHtml()
    theme.choose("dark")
    assert window.browser.toHtml() != light
    assert theme.colours.line in window.browser.toHtml()
