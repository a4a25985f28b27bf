import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit

from app.ui.colours import DARK
from app.ui.window.main_window import MainWindow
from app.window_session import WindowSession
from tests.ui.transcript.driver import messages_of


async def test_a_question_is_asked_and_answered_without_any_key(desk):
    assert desk.window.view.header.model_button.text() == "Practice"
    await desk.asked("What does temperature do?")
    branch = desk.services.conversations.branch()
    assert [message.role for message in branch] == ["user", "assistant"]
    assert branch[1].text
    assert desk.window.windowTitle() == "What does temperature do? — Facet"
    assert desk.window.sidebar.model.ids() == [desk.services.conversations.current.id]
    assert desk.window.view.composer.text() == ""


async def test_a_title_turns_nothing_around_it(desk):
    await desk.asked("What is a key?")
    conversations = desk.services.conversations
    title = "\u202eשלום"
    await desk.until(conversations.listed, conversations.rename, conversations.current.id, title)
    assert desk.window.windowTitle() == "שלום — Facet"
    shown = []
    desk.services.notices.raised.connect(shown.append)
    await desk.until(desk.services.conversations.deleted, desk.press, "Ctrl+Shift+Backspace")
    assert shown[0].text == "“\u2068שלום\u2069” is deleted."


async def test_panels_come_and_go_with_their_keys_and_are_remembered(desk):
    window, settings = desk.window, desk.services.settings
    assert window.sidebar.isVisible()
    assert window.tuning.isVisible()
    desk.press("Ctrl+B")
    assert not window.sidebar.isVisible()
    assert settings.value("window.sidebar_visible") is False
    assert window.view.header._sidebar.isVisible()
    desk.press("Ctrl+Shift+B")
    assert not window.tuning.isVisible()
    desk.press("Ctrl+B")
    desk.press("Ctrl+Shift+B")
    assert window.sidebar.isVisible()
    assert settings.value("window.tuning_visible") is True


async def test_a_narrow_window_keeps_room_for_reading(desk):
    window = desk.window
    window.resize(800, 600)
    assert window.sidebar.isVisible()
    assert not window.tuning.isVisible()
    desk.press("Ctrl+Shift+B")
    assert window.tuning.isVisible()
    assert not window.sidebar.isVisible()
    desk.press("Ctrl+B")
    assert window.sidebar.isVisible()
    assert not window.tuning.isVisible()
    window.resize(1280, 820)
    assert window.sidebar.isVisible()
    assert window.tuning.isVisible()


async def test_it_has_a_least_size_and_zones_in_bounds(desk):
    window = desk.window
    assert (window.minimumWidth(), window.minimumHeight()) == (720, 520)
    assert window.sidebar.width() == 264
    assert window.tuning.width() == 332


async def test_size_and_widths_are_remembered(desk):
    window, settings = desk.window, desk.services.settings
    window.resize(760, 640)
    window._remember()
    assert settings.value("window.sidebar_width") == window.sidebar.width()
    assert settings.value("window.geometry")
    again = MainWindow(desk.theme, settings.value)
    assert again.size() == window.size()


async def test_the_first_close_asks_for_an_orderly_end(desk):
    desk.window.view.composer.field.setPlainText("half a thought")
    await desk.until(desk.window.close_requested, desk.window.close)
    assert desk.window.isVisible()
    await desk.settled()
    assert desk.services.conversations.draft().text == "half a thought"
    desk.window.close_now()
    assert not desk.window.isVisible()


async def test_a_draft_stays_with_its_conversation(desk):
    await desk.asked("First")
    first = desk.services.conversations.current.id
    field = desk.window.view.composer.field
    QTest.keyClicks(field, "unsent")
    desk.press("Ctrl+N")
    await desk.settled()
    assert desk.window.view.composer.text() == ""
    desk.window.open_conversation(first)
    assert desk.window.view.composer.text() == "unsent"
    assert desk.window.sidebar._current == first


async def test_deleting_can_be_undone_from_the_notice(desk):
    await desk.asked("Keep me")
    kept = desk.services.conversations.current.id
    await desk.until(desk.services.conversations.deleted, desk.press, "Ctrl+Shift+Backspace")
    assert desk.window.sidebar.model.ids() == []
    notices = desk.window.view.notices
    assert notices.isVisible()
    await desk.until(
        desk.services.conversations.opened,
        QTest.mouseClick,
        notices._action,
        Qt.MouseButton.LeftButton,
    )
    assert desk.services.conversations.current.id == kept
    assert desk.window.sidebar.model.ids() == [kept]
    assert not notices.isVisible()


async def test_an_answer_in_another_conversation_leaves_a_mark(desk):
    await desk.asked("One")
    first = desk.services.conversations.current.id
    desk.services.conversations.send("again")
    await desk.until(desk.services.generation.started)
    desk.press("Ctrl+N")
    await desk.until(desk.services.generation.ended)
    model = desk.window.sidebar.model
    from app.ui.sidebar.conversation_list_model import SidebarRole

    assert model.index_of(first).data(SidebarRole.MARK) == "unread"
    desk.window.open_conversation(first)
    assert model.index_of(first).data(SidebarRole.MARK) == ""


async def test_theme_and_zoom_apply_at_once(desk, qapp):
    desk.services.settings.set("appearance.theme", "dark")
    assert DARK.accent in qapp.styleSheet()
    desk.press("Ctrl++")
    assert desk.theme.text_zoom == pytest.approx(1.1)
    desk.press("Ctrl+0")
    assert desk.theme.text_zoom == 1.0


async def test_the_menu_bar_is_there_for_whoever_wants_it(desk):
    assert not desk.window.menuBar().isVisible()
    desk.press("F10")
    assert desk.window.menuBar().isVisible()
    titles = [action.text() for action in desk.window.menuBar().actions()]
    assert titles == ["&File", "&Edit", "&View", "&Conversation", "&Message", "&Help"]
    desk.press("F10")
    assert not desk.window.menuBar().isVisible()


async def test_every_control_has_a_name(desk):
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for kind in kinds
        for widget in desk.window.findChildren(kind)
        if widget.isVisible() and not widget.accessibleName() and not getattr(widget, "text", str)()
    ]
    assert nameless == []


async def test_no_label_reads_foreign_text_as_html(desk):
    await desk.asked("<img src=file:///etc/passwd><b>bold</b>")
    guessing = [
        label.text()
        for label in desk.window.findChildren(QLabel)
        if "<" in label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert guessing == []


async def test_a_second_start_brings_it_to_the_front(desk):
    desk.window.showMinimized()
    desk.window.come_forward()
    assert desk.window.isVisible()
    assert not desk.window.isMinimized()


async def test_what_the_month_cost_is_shown(desk):
    await desk.asked("Hello")
    assert desk.window.sidebar._month.text() == "$0 this month"


async def test_letters_that_nothing_takes_reach_the_composer(desk):
    desk.window.sidebar._settings.setFocus()
    QTest.keyClicks(desk.window, "Hi")
    assert desk.window.view.composer.text() == "Hi"
    assert desk.window.view.composer.field.hasFocus()


async def test_a_hidden_panel_gives_the_keyboard_to_the_composer(desk):
    desk.window.sidebar.search.setFocus()
    desk.press("Ctrl+B", desk.window.sidebar.search)
    assert desk.window.view.composer.field.hasFocus()


async def test_walking_gives_the_keyboard_to_the_messages(desk):
    await desk.asked("Hello")
    desk.press("Alt+Up")
    assert desk.window.view.transcript.hasFocus()


@pytest.mark.parametrize("start_theme", ["dark"])
async def test_a_chosen_theme_is_there_from_the_start(desk, qapp):
    assert desk.theme.is_dark
    assert DARK.list in qapp.styleSheet()


async def test_the_frame_is_painted_before_anything_is_in_it(desk, qtbot, theme):
    from app.ui.window.main_window import MainWindow

    frame = MainWindow(theme, desk.services.settings.value)
    qtbot.addWidget(frame)
    frame.resize(1280, 820)
    frame.show()
    await desk.until(frame.painted)
    picture = frame.grab().toImage()
    assert QColor(picture.pixel(20, 400)) == theme.colour("list")
    assert QColor(picture.pixel(1270, 400)) == theme.colour("panel")
    assert QColor(picture.pixel(600, 400)) == theme.colour("background")
    frame.close_now()


async def test_wide_windows_keep_the_composer_to_the_column(desk):
    desk.press("Ctrl+B")
    desk.press("Ctrl+Shift+B")
    await desk.settled()
    desk.window.view.layout().activate()
    assert desk.window.view.composer.width() <= 832
    assert desk.window.view.width() > 1200


async def test_the_system_may_ask_for_less_motion_too(desk):
    desk.window.motion.is_unwanted = True
    desk.window.motion.changed.emit()
    assert not desk.theme.has_motion
    assert not desk.window.tuning.picture.is_animated
    desk.window.motion.is_unwanted = False
    desk.window.motion.changed.emit()
    assert desk.theme.has_motion


async def test_less_motion_reaches_everything_that_moves(desk):
    assert desk.theme.has_motion
    assert desk.window.tuning.picture.is_animated
    desk.services.settings.set("appearance.reduced_motion", True)
    assert not desk.theme.has_motion
    assert not desk.window.tuning.picture.is_animated


def started_again(desk):
    """Another window on the same history, as after the next start: it was closed before."""
    desk.window.close()
    desk.services.conversations.new()
    again = MainWindow(desk.theme, desk.services.settings.value)
    WindowSession(again, desk.services)
    return again


async def test_a_start_goes_on_where_the_window_was_closed(desk):
    await desk.asked("The first")
    first = desk.services.conversations.current.id
    desk.window.new_conversation()
    await desk.asked("The second")
    desk.window.open_conversation(first)
    again = started_again(desk)
    assert desk.services.conversations.current.id == first
    assert next(m.text for m in messages_of(again.view.transcript)) == "The first"
    again.close_now()
    again.deleteLater()


@pytest.mark.parametrize("reason", ["setting", "deleted", "empty"])
async def test_a_start_is_empty_where_that_is_wished_or_nothing_else_is_there(desk, reason):
    await desk.asked("The first")
    conversations = desk.services.conversations
    if reason == "setting":
        desk.services.settings.set("reading.start", "new")
    elif reason == "empty":
        desk.window.new_conversation()
    else:
        desk.window.close()
        await desk.until(conversations.deleted, conversations.delete, conversations.current.id)
    again = started_again(desk)
    assert not conversations.branch()
    assert again.view.composer.text() == ""
    again.close_now()
    again.deleteLater()
