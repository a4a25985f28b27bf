import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.settings.definitions import SETTINGS
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.form_page import FormPage


@pytest.fixture
async def dialog(desk):
    window = desk.window
    made = SettingsDialog(desk.services, window.registry, desk.theme, desk.core.folders, window)
    made.show()
    await desk.settled()
    yield made
    made.close()


async def test_the_pages_are_those_of_the_declarations_and_more(dialog):
    names = [page.name for page in dialog.pages]
    assert names == [
        "providers",
        "appearance",
        "writing",
        "reading",
        "privacy",
        "routing",
        "tools",
        "shortcuts",
        "about",
    ]
    sections = {s.section for s in SETTINGS.values() if s.section}
    assert sections <= {page.title for page in dialog.pages if isinstance(page, FormPage)}
    assert not dialog.isModal()


async def test_a_page_is_reached_by_name(dialog):
    dialog.show_page("privacy")
    assert dialog.stack.currentWidget().name == "privacy"
    dialog.show_page("providers", "openrouter")
    assert dialog.stack.currentWidget().cards["openrouter"].field.hasFocus()
    dialog.show_page()
    assert dialog.stack.currentWidget().name == "providers"


async def test_searching_leaves_the_pages_that_answer(dialog):
    QTest.keyClicks(dialog.search, "size text")
    shown = [
        dialog.list.item(row).text()
        for row in range(dialog.list.count())
        if not dialog.list.item(row).isHidden()
    ]
    assert shown == ["Appearance"]
    assert dialog.stack.currentWidget().name == "appearance"
    dialog.search.clear()
    assert not any(dialog.list.item(row).isHidden() for row in range(dialog.list.count()))


async def test_privacy_says_plainly_what_others_can_read(dialog):
    page = next(page for page in dialog.pages if page.name == "privacy")
    assert "unencrypted" in page.words
    assert "disk encryption" in page.words


async def test_every_page_says_where_its_values_are_kept(dialog, desk):
    for page in dialog.pages[:4]:
        assert desk.services.settings.path() in page.kept.text()


async def test_it_follows_the_theme(dialog, desk):
    light = dialog.grab().toImage()
    desk.theme.choose("dark")
    assert dialog.grab().toImage() != light


async def test_enter_presses_no_button_of_another_form(dialog):
    form = dialog.pages[0].form
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert form.error.isHidden()
    assert dialog.isVisible()


async def test_enter_presses_the_button_with_the_focus(dialog):
    form = dialog.stack.currentWidget().form
    form.add.setFocus()
    QTest.keyClick(form.add, Qt.Key.Key_Return)
    assert form.error.isVisibleTo(form)


async def test_a_connection_that_works_leads_on_to_its_models(desk, dialog):
    card = dialog.pages[0].cards["practice"]
    assert not card.choose.isVisibleTo(card)
    desk.services.models.check_ended.emit("practice", False)
    assert not card.choose.isVisibleTo(card)
    desk.services.models.check_ended.emit("practice", True)
    assert card.choose.isVisibleTo(card)
    QTest.mouseClick(card.choose, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    picker = desk.dialogs.picker
    assert picker.isVisible()
    assert picker.search.text() == "Practice"
    picker.close()


async def test_no_two_pages_are_called_nearly_the_same(desk, qtbot):
    desk.dialogs.open_settings()
    titles = [page.title for page in desk.dialogs.settings.pages]
    words = [word for title in titles for word in title.lower().split() if len(word) > 3]
    assert len(words) == len(set(words))
