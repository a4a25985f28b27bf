import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu

from app.ui.conversation.reader_dialog import ReaderDialog
from app.ui.picker.routes_dialog import RoutesDialog
from app.ui.settings.providers_page import ProvidersPage
from tests.ui.named import nameless
from tests.ui.transcript.driver import Driver, messages_of


async def test_the_palette_opens_and_closes_with_its_key(desk):
    desk.press("Ctrl+K", desk.window.view.composer.field)
    palette = desk.dialogs.palette
    assert palette.isVisible()
    desk.press("Ctrl+K", palette.field)
    assert not palette.isVisible()


async def test_the_palette_runs_a_command(desk):
    desk.press("Ctrl+K")
    palette = desk.dialogs.palette
    QTest.keyClicks(palette.field, "dark col")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.services.settings.value("appearance.theme") == "dark"
    assert not palette.isVisible()


async def test_the_palette_finds_words_in_messages(desk):
    await desk.asked("Something about zebras")
    wanted = desk.services.conversations.current.id
    desk.press("Ctrl+N")
    desk.press("Ctrl+K")
    palette = desk.dialogs.palette
    QTest.keyClicks(palette.field, "zebras")
    await desk.until(desk.services.search.found)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.services.conversations.current.id == wanted


async def test_the_sidebar_finds_words_and_opens_the_message(desk):
    await desk.asked("Something about zebras")
    message = desk.services.conversations.branch()[0]
    desk.press("Ctrl+N")
    desk.press("Ctrl+Shift+F")
    search = desk.window.sidebar.search
    QTest.keyClicks(search, "zebras")
    await desk.until(desk.services.search.found)
    assert desk.window.sidebar.results.rowCount() >= 1
    last = desk.window.sidebar.results.rowCount() - 1
    desk.window.sidebar.result_list.setCurrentIndex(desk.window.sidebar.results.index(last))
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert desk.services.conversations.current.id == message.conversation_id
    assert desk.window.view.transcript.focused_message() == message.id


async def test_search_brings_a_hidden_list_back(desk):
    desk.press("Ctrl+B")
    desk.press("Ctrl+Shift+F")
    assert desk.window.sidebar.isVisible()
    assert desk.window.sidebar.search.hasFocus()


async def test_the_picker_chooses_a_model(desk):
    desk.press("Ctrl+Shift+M")
    picker = desk.dialogs.picker
    assert picker.isVisible()
    picker.model_chosen.emit("openrouter", "google/gemma-4-26b-a4b-it")
    assert desk.services.conversations.current.provider_id == "openrouter"
    assert "Gemma 4" in desk.window.view.header.model_button.text()
    picker.pin_toggled.emit("practice/practice-1")
    assert desk.services.models.pins() == ["practice/practice-1"]
    picker.close()


async def test_a_provider_without_a_key_leads_to_its_place_in_the_settings(desk):
    desk.dialogs.open_picker()
    desk.dialogs.picker.connect_requested.emit("openrouter")
    settings = desk.dialogs.settings
    page = settings.stack.currentWidget()
    assert isinstance(page, ProvidersPage)
    assert settings.isVisible()
    assert not settings.isModal()
    desk.dialogs.picker.close()
    settings.close()


async def test_settings_help_and_about_have_their_keys(desk):
    desk.press("Ctrl+,")
    assert desk.dialogs.settings.isVisible()
    desk.press("F1")
    help_window = desk.dialogs.help
    assert help_window.stack.currentWidget() is help_window.shortcuts
    desk.window.registry.run("application.about")
    assert desk.dialogs.settings.stack.currentWidget().name == "about"
    desk.dialogs.settings.close()
    help_window.close()


async def test_opening_the_picker_fetches_old_lists_only_where_there_is_a_key(desk):
    models = desk.services.models
    asked = []
    models.refresh = lambda provider_id, **_how: asked.append(provider_id)
    desk.dialogs.open_picker()
    assert asked == []
    models.keys.use_for_this_run("openrouter", "sk-or-v1-0123456789")
    desk.dialogs.open_picker()
    assert asked == ["openrouter"]
    picker = desk.dialogs.picker
    assert picker.lists.text() == "Lists: OpenRouter: never fetched"
    models.live.troubles["openrouter"] = "It is away."
    models.listed.emit()
    assert "It is away." in picker.lists.text()
    picker.refresh_requested.emit()
    assert asked == ["openrouter", "openrouter"]
    picker.close()


async def test_one_host_can_be_chosen_for_a_conversation(desk):
    desk.dialogs.open_picker()
    picker = desk.dialogs.picker
    picker.search.setText("gemma 2 27b openrouter")
    picker.compare.click()
    (dialog,) = desk.window.findChildren(RoutesDialog)
    dialog.host_chosen.emit("openrouter", "google/gemma-2-27b-it", "deepinfra")
    current = desk.services.conversations.current
    assert (current.provider_id, current.model_id) == ("openrouter", "google/gemma-2-27b-it")
    assert current.parameters == {"routing": {"only": ["deepinfra"]}}
    dialog.close()


async def test_a_list_on_its_way_is_said_until_it_is_there(desk):
    models = desk.services.models
    models.keys.use_for_this_run("openrouter", "sk-or-v1-0123456789")
    models.live.put("openrouter", [])
    gate = asyncio.Event()

    async def fetch(provider_id):
        await gate.wait()

    models.fetch_models = fetch
    desk.dialogs.open_picker()
    picker = desk.dialogs.picker
    assert picker.lists.text() == "Lists: OpenRouter: just now"
    picker.newer.click()
    assert picker.lists.text() == "Lists: OpenRouter: fetching…"
    await desk.until(models.listed, gate.set)
    assert picker.lists.text() == "Lists: OpenRouter: just now"
    picker.close()


async def test_the_reader_opens_the_message_with_the_ring_and_gives_the_keyboard_back(desk):
    await desk.asked("What is **this**?")
    transcript = desk.window.view.transcript
    transcript.setFocus()
    transcript.focus_message(0)
    QTest.keyClick(transcript, Qt.Key.Key_Return)
    (reader,) = [d for d in desk.window.findChildren(ReaderDialog) if d.isVisible()]
    assert reader.windowTitle() == "You said"
    assert reader.field.toPlainText() == "What is **this**?"
    QTest.keyClick(reader.field, Qt.Key.Key_Escape)
    assert transcript.hasFocus()
    assert transcript.state.focused == 0


async def test_the_menu_of_a_message_offers_the_reader(desk):
    await desk.asked("What is **this**?")
    transcript = desk.window.view.transcript
    Driver(transcript).press(messages_of(transcript)[0].id, "message.more")
    menu = next(m for m in transcript.findChildren(QMenu) if m.isVisible())
    next(a for a in menu.actions() if a.text() == "Open in the reader").trigger()
    menu.close()
    (reader,) = [d for d in desk.window.findChildren(ReaderDialog) if d.isVisible()]
    assert reader.windowTitle() == "You said"
    reader.close()


async def test_the_reader_opens_the_last_message_without_a_ring(desk):
    await desk.asked("What does temperature do?")
    desk.press("F7")
    (reader,) = [d for d in desk.window.findChildren(ReaderDialog) if d.isVisible()]
    assert reader.windowTitle() == "Practice said"
    assert reader.field.toPlainText()
    reader.close()
    assert desk.window.view.composer.field.hasFocus()


async def test_f6_goes_between_the_regions(desk):
    await desk.asked("What does temperature do?")
    window = desk.window
    window.activateWindow()
    window.view.composer.focus_text()
    desk.press("F6")
    assert window.focusWidget().accessibleName() == "Preset Precise"
    desk.press("F6")
    assert window.sidebar.list.hasFocus()
    desk.press("F6")
    assert window.view.transcript.hasFocus()
    assert window.view.transcript.state.focused == 1
    desk.press("F6")
    assert window.view.composer.field.hasFocus()
    desk.press("Shift+F6")
    assert window.view.transcript.hasFocus()


async def test_every_control_of_every_window_has_a_name(desk):
    await desk.asked("What does temperature do?")
    window, dialogs = desk.window, desk.dialogs
    for fold in (window.tuning.more_fold, window.tuning.exact_fold):
        fold.row.click()
    assert nameless(window) == []
    dialogs.open_settings()
    for row in range(dialogs.settings.list.count()):
        dialogs.settings.list.setCurrentRow(row)
        assert nameless(dialogs.settings) == []
    dialogs.open_help("shortcuts")
    assert nameless(dialogs.help) == []
    dialogs.open_ledger()
    assert nameless(dialogs.ledger) == []
    dialogs.open_palette()
    assert nameless(dialogs.palette) == []
    dialogs.palette.close_palette()
    dialogs.open_picker()
    assert nameless(dialogs.picker) == []
    dialogs.picker.close()
    dialogs.open_routes("practice/practice-1")
    dialogs.open_reader()
    window.view._on_details_requested(desk.services.conversations.branch()[-1].id)
    opened = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert {type(dialog).__name__ for dialog in opened} >= {
        "RoutesDialog",
        "ReaderDialog",
        "DetailsDialog",
    }
    for dialog in opened:
        assert nameless(dialog) == []
        dialog.close()
    dialogs.settings.close()
    dialogs.help.close()
    dialogs.ledger.close()


async def test_the_palette_leads_to_dials_settings_and_the_manual(desk):
    desk.window.toggle_tuning()
    desk.dialogs.open_palette()
    desk.dialogs.palette.led.emit("dial:seed")
    assert desk.window.tuning.isVisible()
    dial = desk.window.tuning.more.dial("seed")
    assert dial.isVisible()
    assert dial.isAncestorOf(desk.window.focusWidget())
    desk.dialogs.palette.led.emit("dial:temperature")
    assert desk.window.tuning.main.dial("temperature").isAncestorOf(desk.window.focusWidget())
    desk.dialogs.palette.led.emit("setting:appearance:appearance.theme")
    page = desk.dialogs.settings.stack.currentWidget()
    assert page.name == "appearance"
    assert page.rows["appearance.theme"].control.isAncestorOf(desk.dialogs.settings.focusWidget())
    desk.dialogs.palette.led.emit("manual:04-models:Favourites")
    assert desk.dialogs.help.pages.currentItem().data(256) == "04-models"
    desk.dialogs.help.close()
    desk.dialogs.settings.close()
