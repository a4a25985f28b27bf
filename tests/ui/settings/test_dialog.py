import pytest
from PySide6.QtCore import QPoint, Qt
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


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("dark", "appearance"),
        ("Zoom", "appearance"),
        ("font", "appearance"),
        ("high contrast", "appearance"),
        ("ctrl+enter", "writing"),
        ("4096", "writing"),
        ("scroll", "reading"),
        ("voice", "reading"),
        ("telemetry", "privacy"),
        ("hotkeys", "shortcuts"),
        ("api key", "providers"),
        ("mcp", "tools"),
        ("Schlüssel", ""),
    ],
)
async def test_words_of_choices_and_synonyms_are_found_or_it_says_nothing(dialog, words, page):
    dialog.show_page("about")
    dialog.search.setText(words)
    assert dialog.nothing.isVisible() is (not page)
    assert dialog.stack.isVisible() is bool(page)
    if page:
        assert dialog.stack.currentWidget().name == page
    dialog.search.clear()
    assert dialog.stack.isVisible()
    assert not dialog.nothing.isVisible()


async def test_every_word_of_every_setting_is_found(dialog):
    rows = {key for page in dialog.pages if isinstance(page, FormPage) for key in page.rows}
    assert len(rows) > 6
    for setting in SETTINGS.values():
        if setting.key in rows:
            titles = getattr(setting.kind, "titles", ())
            for words in (setting.title, *titles, *setting.words.split()):
                dialog.search.setText(words)
                names = [
                    page.name
                    for row, page in enumerate(dialog.pages)
                    if not dialog.list.item(row).isHidden()
                ]
                assert setting.section.lower() in names, words


async def test_it_keeps_its_own_size_through_a_zoom(dialog, desk):
    before = dialog.size()
    desk.theme.zoom(2)
    desk.theme.zoom(1)
    assert dialog.size() == before
    dialog.resize(700, 500)
    desk.theme.zoom(1.5)
    assert dialog.size().toTuple() == (700, 500)


async def test_lines_are_no_longer_than_their_measure_and_controls_have_one_edge(dialog):
    dialog.resize(3000, 700)
    for page in dialog.pages:
        dialog.show_page(page.name)
        QTest.qWait(0)
        assert page.kept.width() <= 720
        if isinstance(page, FormPage):
            inside = page.widget()
            edges = {row.control.mapTo(inside, QPoint()).x() for row in page.rows.values()}
            assert len(edges) <= 1
