import asyncio

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app.core.conversations.conversation import Role
from app.core.errors import TransferError
from app.services.notices import Notice
from app.ui.conversation.answer_details import DetailsDialog
from app.ui.conversation.empty_state import CardButton
from app.ui.widgets.link_dialog import LinkDialog
from app.ui.widgets.picture_dialog import PictureDialog
from app.ui.widgets.text_file_dialog import TextFileDialog
from tests.ui.transcript.driver import messages_of, selected_text, text_of
from tests.ui.transcript.sections.test_thumbnails import png

LEFT = Qt.MouseButton.LeftButton


async def test_send_becomes_stop_while_an_answer_is_written(desk):
    view = desk.window.view
    view.composer.field.setPlainText("Hello")
    await desk.until(
        desk.services.generation.started, QTest.keyClick, view.composer.field, Qt.Key.Key_Return
    )
    assert view.is_running()
    assert view.composer._is_running
    await desk.until(desk.services.generation.ended)
    assert not view.composer._is_running


async def test_the_line_says_that_a_keychain_is_waited_for_and_stop_works(desk):
    view, keys = desk.window.view, desk.services.models.keys
    opened = asyncio.Event()

    async def locked(provider_id):
        keys.keychain_awaited.emit(provider_id, True)
        await opened.wait()

    desk.services.models.client = locked
    view.composer.field.setPlainText("Hello")
    await desk.until(keys.keychain_awaited, QTest.keyClick, view.composer.field, Qt.Key.Key_Return)
    foot = view.transcript.state.column.layouts[-1].foot
    assert "Waiting for your keychain: unlock it" in foot.waiting_text()
    await desk.until(desk.services.generation.ended, desk.services.conversations.stop)
    assert not view.is_running()


async def test_the_transcript_shows_what_arrives(desk):
    await desk.asked("Hello")
    shown = [message.text for message in messages_of(desk.window.view.transcript)]
    assert shown == [message.text for message in desk.services.conversations.branch()]


async def test_the_empty_state_offers_three_things_that_work(desk):
    from app.ui.conversation.view import EMPTY_STATE

    assert len(EMPTY_STATE) == 3
    for *_, command_id in EMPTY_STATE:
        assert desk.window.registry.is_enabled(command_id)
    transcript = desk.window.view.transcript
    transcript.command_requested.emit("composer.example", "")
    assert not desk.services.conversations.branch()
    field = desk.window.view.composer.field
    await desk.until(desk.services.generation.ended, QTest.keyClick, field, Qt.Key.Key_Return)
    assert desk.services.conversations.branch()


async def test_the_empty_state_connects_nothing_that_is_connected(desk):
    def cards():
        return [card.text() for card in desk.window.view.transcript.findChildren(CardButton)]

    models = desk.services.models
    assert "Connect a provider" in cards()
    profile = models.add_custom("http://127.0.0.1:9/v1")
    await desk.settled()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "Connect a provider" not in cards()
    assert "Choose a model" in cards()
    models.remove_custom(profile.id)
    await desk.settled()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "Connect a provider" in cards()


async def test_the_transcript_asks_for_changes_and_gets_them(desk):
    await desk.asked("Hello")
    view, conversations = desk.window.view, desk.services.conversations
    question, answer = conversations.branch()
    view.transcript.retry_requested.emit(answer.id)
    await desk.until(desk.services.generation.ended)
    view.transcript.sibling_requested.emit(conversations.branch()[-1].id, -1)
    assert conversations.branch()[-1].id == answer.id
    view.transcript.edit_requested.emit(question.id)
    assert view.composer.is_editing
    assert view.composer.text() == "Hello"


async def test_a_link_and_the_details_open_beside_the_transcript(desk):
    await desk.asked("Hello")
    view = desk.window.view
    view.transcript.link_opened.emit("https://example.org/")
    card = desk.window.findChild(LinkDialog)
    assert card.isVisible()
    card.reject()
    answer = view.last_message(Role.ASSISTANT)
    view.transcript.details_requested.emit(answer.id)
    details = desk.window.findChild(DetailsDialog)
    assert details.isVisible()
    details.reject()


async def test_a_notice_is_shown_and_its_button_works(desk):
    notice = Notice("Look.", "info", "Dark", "view.theme_dark")
    desk.services.notices.release()
    desk.services.notices.show(notice)
    assert desk.window.view.notices.isVisible()
    QTest.mouseClick(desk.window.view.notices._action, Qt.MouseButton.LeftButton)
    assert desk.services.settings.value("appearance.theme") == "dark"


async def test_dials_are_shown_as_chips_and_in_the_forecast(desk):
    conversations = desk.services.conversations
    conversations.choices.set_parameters({"temperature": 0.9})
    composer = desk.window.view.composer
    assert [text for text, _ in composer._chips] == ["Variety 0.9"]
    composer.command_requested.emit("view.tuning")
    assert not desk.window.tuning.isVisible()


async def test_a_text_that_could_not_be_stored_comes_back(desk):
    conversations = desk.services.conversations
    conversations.unsent.emit(conversations.current.id, "my words", [])
    assert desk.window.view.composer.text() == "my words"
    conversations.unsent.emit("another", "other words", [])
    assert desk.window.view.composer.text() == "my words"


async def test_news_of_other_conversations_do_not_reach_the_transcript(desk, monkeypatch):
    view, generation = desk.window.view, desk.services.generation
    reached = []
    for name in ("add_text", "replace_text", "add_reasoning", "set_waiting"):
        monkeypatch.setattr(view.transcript, name, lambda *a: reached.append(a))
    generation.text_added.emit("m", "x")
    generation.text_replaced.emit("m", "x")
    generation.reasoning_added.emit("m", "x")
    generation.noticed.emit("m", "code", "x")
    assert reached == []
    monkeypatch.setattr(generation, "running_message", lambda _id: "m")
    generation.text_added.emit("m", "x")
    generation.text_replaced.emit("m", "y")
    generation.reasoning_added.emit("m", "z")
    generation.noticed.emit("m", "code", "w")
    assert reached == [("m", "x"), ("m", "y"), ("m", "z"), ("m", "w")]


@pytest.mark.parametrize("model", [("openrouter", "typed/by-hand"), ("gone", "model")])
async def test_a_model_nobody_knows_still_has_a_header(desk, model):
    desk.services.conversations.choices.choose_model(*model)
    assert model[1] in desk.window.view.header.model_button.text()


@pytest.mark.parametrize("is_reduced", [False, True])
async def test_a_hit_of_the_search_is_shown_with_its_word(desk, is_reduced):
    desk.services.settings.set("appearance.reduced_motion", is_reduced)
    await desk.asked("Where is the lighthouse?")
    await desk.settled()
    conversations = desk.services.conversations
    question = conversations.branch()[0].id
    conversation = conversations.current.id
    desk.window.new_conversation()
    _, hits = await desk.until(desk.services.search.found, desk.services.search.find, "lightho")
    [hit] = [hit for hit in hits if hit.message_id == question]
    desk.window.sidebar.opened.emit(conversation, question, hit.snippet[slice(*hit.marks[0])])
    view = desk.window.view
    assert selected_text(view.transcript) == "lightho"
    assert view.flash.isVisible()
    assert (view.flash._timer.interval() > 1000) is is_reduced


async def test_a_file_that_could_not_be_written_is_told(desk):
    await desk.asked("Hello")
    view = desk.window.view
    view.transcript.save_failed.emit(TransferError("code.py could not be written: no room.", ""))
    assert view.notices.isVisible()
    assert "code.py could not be written" in view.notices._text.text()


async def test_a_click_on_a_sent_text_opens_it_and_saves_it_as_it_was(desk, tmp_path):
    words = "line one\r\nÄrger\n" + "x" * 5000
    path = tmp_path / "notes.txt"
    path.write_bytes(words.encode())
    other = tmp_path / "other.txt"
    other.write_text("another")
    desk.window.view.composer.attach_requested.emit([path, other])
    await desk.asked("What is this?")
    await desk.settled()
    view = desk.window.view.transcript
    layout = view.state.column.layouts[0]
    regions = [r for r in layout.regions() if r.command == "message.open_file"]
    corner = view.visible_part.corner(0)
    at = regions[0].rect.center() + QPointF(corner)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    await desk.settled()
    (dialog,) = desk.window.findChildren(TextFileDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "notes.txt"
    assert dialog.field.toPlainText().startswith("line one\nÄrger\nxxx")
    save = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Save as…")
    save.click()
    chooser = dialog.findChild(QFileDialog, "save-file")
    assert chooser.selectedFiles()[0].endswith("notes.txt")
    chooser.fileSelected.emit(str(tmp_path / "back.txt"))
    assert (tmp_path / "back.txt").read_bytes() == path.read_bytes()
    chooser.close()
    dialog.close()


async def test_the_last_file_opens_by_its_command(desk, tmp_path):
    assert not desk.window.actions_.action("message.open_file").isEnabled()
    path = tmp_path / "notes.txt"
    path.write_text("words")
    desk.window.view.composer.attach_requested.emit([path])
    await desk.asked("What is this?")
    await desk.settled()
    desk.window.registry.run("message.open_file")
    await desk.settled()
    (dialog,) = desk.window.findChildren(TextFileDialog)
    assert dialog.field.toPlainText() == "words"
    dialog.close()


async def test_a_large_picture_opens_while_the_window_goes_on(desk):
    picture = png(3000, 2000)
    composer = desk.window.view.composer
    composer.attach_requested.emit([picture])
    composer.field.setPlainText("What is this?")
    composer.submit()
    anyway = composer.fit_bar.link("Send all the same")
    await desk.until(desk.services.generation.ended, QTest.mouseClick, anyway, LEFT)
    await desk.settled()
    desk.window.registry.run("message.open_picture")
    await desk.settled()
    (dialog,) = desk.window.findChildren(PictureDialog)
    assert "3000 × 2000" in dialog.facts.text()
    # It is made again in the size of the window, a pause after that is known: while the first one
    # is decoded or, on a fast machine, behind it.
    while dialog._timer.isActive():
        await desk.until(dialog._timer.timeout)
    await desk.settled()
    assert dialog.label.pixmap().width() == dialog.area.viewport().width()
    dialog.close()


async def test_a_setting_draws_questions_as_markdown(desk):
    await desk.asked("is *this* \\_a_?")
    assert text_of(desk.window.view.transcript, 0) == "is *this* \\_a_?"
    desk.services.settings.set("reading.questions", True)
    assert text_of(desk.window.view.transcript, 0) == "is this _a_?"
    desk.services.settings.set("reading.questions", False)
    assert text_of(desk.window.view.transcript, 0) == "is *this* \\_a_?"
