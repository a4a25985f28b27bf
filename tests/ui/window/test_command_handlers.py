import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.ui.widgets import file_dialog
from app.ui.window.command_handlers import file_name


def picture() -> bytes:
    """A small PNG."""
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    buffer = QBuffer()
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


async def test_every_command_does_something(desk):
    assert desk.window.registry.unbound() == []


async def test_what_cannot_be_done_is_off(desk):
    registry = desk.window.registry
    off = {c.id for c in registry.commands() if not registry.is_enabled(c.id)}
    assert off == {
        "conversation.export",
        "conversation.rename",
        "conversation.pin",
        "conversation.next",
        "conversation.previous",
        "conversation.delete",
        "conversation.restore",
        *(f"conversation.open_{n}" for n in range(1, 10)),
        "find.open",
        "find.next",
        "find.previous",
        "find.close",
        "link.copy_address",
        "link.open",
        "message.stop",
        "message.retry",
        "message.ask_elsewhere",
        "message.ask_without",
        "message.ask_without_files",
        "message.ask_capable",
        "message.stop_waiting",
        "message.edit_last",
        "message.as_text",
        "message.copy_answer",
        "message.copy_markdown",
        "message.details",
        "message.open_file",
        "message.open_picture",
        "message.read",
        "message.previous",
        "message.next",
        "message.previous_sibling",
        "message.next_sibling",
        "parameters.undo",
        "tool.answer",
        "tool.decline",
        "tool.restore",
    }


async def test_conversations_are_reached_by_number_and_in_turn(desk):
    for question in ("One", "Two", "Three"):
        desk.press("Ctrl+N")
        await desk.asked(question)
        await desk.settled()
    ids = desk.window.sidebar.model.ids()
    current = desk.services.conversations
    desk.press("Ctrl+3")
    assert current.current.id == ids[2]
    desk.press("Ctrl+Tab")
    assert current.current.id == ids[0]
    desk.press("Ctrl+Shift+Tab")
    assert current.current.id == ids[2]
    desk.press("Ctrl+N")
    desk.window.registry.run("conversation.previous")
    assert current.current.id == ids[2]


async def test_a_conversation_is_pinned_and_let_go(desk):
    await desk.asked("Keep at hand")
    registry = desk.window.registry
    await desk.until(desk.services.conversations.listed, registry.run, "conversation.pin")
    assert registry.is_checked("conversation.pin")
    assert desk.services.conversations.summaries()[0].is_pinned
    await desk.until(desk.services.conversations.listed, registry.run, "conversation.pin")
    assert not registry.is_checked("conversation.pin")


async def test_a_title_is_changed_in_place(desk):
    await desk.asked("Old title")
    desk.press("F2")
    editor = QGuiApplication.focusObject()
    assert editor.text() == "Old title"
    editor.selectAll()
    QTest.keyClicks(editor, "New title")
    await desk.until(desk.services.conversations.listed, QTest.keyClick, editor, Qt.Key.Key_Return)
    assert desk.services.conversations.current.title == "New title"
    assert desk.window.windowTitle() == "New title — Facet"


async def test_the_answer_is_asked_for_again_and_both_stay(desk):
    await desk.asked("Hello")
    await desk.until(desk.services.generation.ended, desk.press, "Ctrl+R")
    conversations = desk.services.conversations
    answer = conversations.branch()[-1]
    assert conversations.sibling_place(answer.id)[:2] == (2, 2)
    desk.press("Alt+Left")
    assert conversations.sibling_place(conversations.branch()[-1].id)[:2] == (1, 2)
    desk.press("Alt+Right")
    assert conversations.branch()[-1].id == answer.id


async def test_the_last_answer_is_copied(desk):
    await desk.asked("Hello")
    desk.press("Ctrl+Shift+C")
    answer = desk.services.conversations.branch()[-1].text
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.data("text/markdown").data().decode() == answer
    assert copied.text().startswith("Hello. I am Practice, the small model")
    assert "<b>Practice</b>" in copied.html()
    assert desk.window.view.notices.isVisible()


async def test_the_last_question_is_edited_on_a_branch_of_its_own(desk):
    await desk.asked("Hello")
    desk.press("Ctrl+Shift+E")
    field = desk.window.view.composer.field
    assert field.toPlainText() == "Hello"
    QTest.keyClicks(field, " you")
    await desk.until(desk.services.generation.ended, QTest.keyClick, field, Qt.Key.Key_Return)
    branch = desk.services.conversations.branch()
    assert branch[0].text in ("Hello you", " youHello")
    assert desk.services.conversations.sibling_place(branch[0].id)[:2] == (2, 2)


async def test_messages_are_walked(desk):
    await desk.asked("Hello")
    transcript = desk.window.view.transcript
    branch = desk.services.conversations.branch()
    desk.press("Alt+Up")
    first = transcript.focused_message()
    assert first in {message.id for message in branch}
    desk.press("Alt+Up")
    assert transcript.focused_message() == branch[0].id
    desk.press("Alt+Down")
    assert transcript.focused_message() == branch[1].id


async def test_an_answer_is_stopped(desk):
    desk.services.conversations.send("Tell me everything about every dial")
    await desk.until(desk.services.generation.started)
    assert desk.window.registry.is_enabled("message.stop")
    await desk.until(desk.services.generation.ended, desk.press, "Esc")
    assert not desk.window.registry.is_enabled("message.stop")


async def test_dials_are_taken_back(desk):
    desk.services.conversations.choices.set_parameters({"temperature": 1.5})
    assert desk.window.registry.run("parameters.undo")
    assert desk.services.conversations.current.parameters == {}
    assert not desk.window.registry.is_enabled("parameters.undo")


@pytest.mark.parametrize("choice", ["system", "light", "dark", "contrast"])
async def test_themes_are_chosen(desk, choice):
    registry = desk.window.registry
    registry.run(f"view.theme_{choice}")
    assert desk.services.settings.value("appearance.theme") == choice
    assert registry.is_checked(f"view.theme_{choice}")


async def test_text_grows_and_shrinks_in_steps_with_an_end(desk):
    registry = desk.window.registry
    for _ in range(20):
        registry.run("view.zoom_in")
    assert desk.theme.text_zoom == 3.0
    for _ in range(20):
        registry.run("view.zoom_out")
    assert desk.theme.text_zoom == 0.5


async def test_the_example_needs_no_key_and_leaves_other_conversations_alone(desk):
    await desk.asked("Mine")
    conversations = desk.services.conversations
    mine = conversations.current.id
    conversations.choices.choose_model("openrouter", "a/b")
    desk.window.registry.run("composer.example")
    composer = desk.window.view.composer
    assert conversations.current.id != mine
    assert conversations.current.provider_id == "practice"
    assert composer.text() == "What does temperature do?"
    assert not conversations.branch()  # nobody has sent it
    conversations.new()
    assert conversations.current.provider_id == "openrouter"


async def test_the_example_leaves_what_was_written_alone(desk):
    composer = desk.window.view.composer
    QTest.keyClicks(composer.field, "My own words")
    desk.window.registry.run("composer.example")
    assert composer.text() == "My own words"


async def test_a_conversation_is_written_to_a_file(desk, tmp_path):
    await desk.asked("Write me down")
    desk.window.registry.run("conversation.export")
    dialog = desk.window.findChild(QFileDialog, "export")
    assert dialog.isVisible()
    assert dialog.selectedFiles()[0].endswith("Write me down.md")
    dialog.fileSelected.emit(str(tmp_path / "kept"))
    assert "Write me down" in (tmp_path / "kept.md").read_text(encoding="utf-8")
    dialog.fileSelected.emit(str(tmp_path / "kept.json"))
    assert (tmp_path / "kept.json").read_text(encoding="utf-8").startswith("{")
    dialog.close()


async def test_an_export_begins_in_documents_at_home_and_then_where_the_last_one_went(
    desk, tmp_path, monkeypatch
):
    home, documents, elsewhere = (tmp_path / name for name in ("home", "documents", "elsewhere"))
    home.mkdir()
    elsewhere.mkdir()
    monkeypatch.setenv("HOME", str(home))
    locate = lambda *_: str(documents)  # noqa: E731
    monkeypatch.setattr(file_dialog.QStandardPaths, "writableLocation", locate)
    await desk.asked("Write me down")

    def begun() -> tuple[QFileDialog, str]:
        desk.window.registry.run("conversation.export")
        dialog = desk.window.findChildren(QFileDialog, "export")[-1]
        return dialog, dialog.directory().absolutePath()

    assert begun()[1] == str(home)  # there is no folder of documents
    documents.mkdir()
    dialog, folder = begun()
    assert folder == str(documents)
    dialog.fileSelected.emit(str(elsewhere / "kept.md"))
    assert begun()[1] == str(elsewhere)
    (elsewhere / "kept.md").unlink()
    elsewhere.rmdir()
    dialog, folder = begun()
    assert folder == str(documents)
    dialog.close()


async def test_choosing_a_format_in_the_dialog_is_choosing_what_is_written(desk, tmp_path):
    await desk.asked("Write me down")
    desk.window.registry.run("conversation.export")
    dialog = desk.window.findChild(QFileDialog, "export")
    assert dialog.nameFilters() == ["Markdown (*.md)", "JSON (*.json)"]
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("Write me down.md")
    dialog.selectNameFilter("JSON (*.json)")
    dialog.filterSelected.emit("JSON (*.json)")
    (name,) = dialog.selectedFiles()
    assert name == str(tmp_path / "Write me down.json")
    dialog.fileSelected.emit(name)
    assert (tmp_path / "Write me down.json").read_text(encoding="utf-8").startswith("{")
    dialog.close()


async def test_where_pictures_go_is_chosen_in_the_dialog(desk, tmp_path):
    conversations = desk.services.conversations
    notes = conversations.attach_bytes(picture(), "dot.png")
    await desk.until(desk.services.generation.ended, conversations.send, "What is in it?", [notes])
    desk.window.registry.run("conversation.export")
    dialog = desk.window.findChild(QFileDialog, "export")
    beside, inside = dialog.nameFilters()[:2]
    assert beside == "Markdown, pictures in a folder beside (*.md)"
    assert inside == "Markdown, pictures inside (*.md)"
    dialog.selectNameFilter(inside)
    dialog.fileSelected.emit(str(tmp_path / "one.md"))
    assert "data:image/png;base64," in (tmp_path / "one.md").read_text(encoding="utf-8")
    dialog.selectNameFilter(beside)
    dialog.fileSelected.emit(str(tmp_path / "two.md"))
    assert (tmp_path / "two files" / "dot.png").exists()
    assert not (tmp_path / "one files").exists()
    dialog.close()


async def test_a_file_that_cannot_be_written_is_reported(desk, tmp_path):
    await desk.asked("Write me down")
    desk.handlers.export(desk.services.conversations.current.id)
    dialog = desk.window.findChild(QFileDialog, "export")
    dialog.fileSelected.emit(str(tmp_path / "no" / "such" / "folder.md"))
    assert "could not be written" in desk.window.view.notices._text.text()
    dialog.close()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Haiku", "Haiku"),
        ("../../etc/passwd", "etc passwd"),
        ('a<b>:"|?*c', "a b c"),
        ("俳句の季語", "俳句の季語"),
        ("///", "conversation"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_title_becomes_a_harmless_file_name(title, name):
    assert file_name(title) == name
