import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from app.core.errors import RefusedError
from app.storage.files.attachments import AttachmentStore
from app.ui.tools.tool_dialog import ToolDialog
from tests.ui.composer.test_picture_shrinking import packed, photograph


async def test_a_dial_that_is_turned_reaches_the_conversation_and_back(desk):
    desk.window.tuning.parameters_changed.emit({"temperature": 1.4})
    assert desk.services.conversations.current.parameters == {"temperature": 1.4}
    assert desk.window.tuning.parameters() == {"temperature": 1.4}
    desk.window.tuning.undo_requested.emit()
    assert desk.window.tuning.parameters() == {}


async def test_a_preset_is_chosen_kept_and_forgotten(desk):
    conversations, presets = desk.services.conversations, desk.services.presets
    desk.window.tuning.preset_chosen.emit("creative")
    assert conversations.current.parameters == {"temperature": 1.2}
    desk.window.tuning.preset_saved.emit("Mine")
    own = presets.presets()[-1]
    assert own.name == "Mine"
    assert conversations.current.preset_id == own.id
    await desk.settled()
    desk.window.tuning.preset_removed.emit(own.id)
    assert own not in presets.presets()
    await desk.settled()


async def test_instructions_reach_the_conversation(desk):
    desk.window.tuning.system_changed.emit("Be brief.")
    assert desk.services.conversations.current.system == "Be brief."


async def test_what_would_be_sent_is_shown(desk, monkeypatch):
    shown = []
    monkeypatch.setattr(desk.window.tuning, "set_exact", shown.append)
    previewed = desk.services.conversations.turns.previewed
    await desk.until(previewed, desk.window.tuning.exact_requested.emit)
    assert shown[0]["model"] == "practice-1"

    async def refuse(_request):
        raise RefusedError("It cannot be sent.", "Choose another model.")

    monkeypatch.setattr(desk.services.models, "body", refuse)
    await desk.until(previewed, desk.window.tuning.exact_requested.emit)
    assert shown[1] == {"refused": "It cannot be sent. Choose another model."}


async def test_another_conversation_shows_what_itself_would_send(desk):
    conversations, panel = desk.services.conversations, desk.window.tuning
    await desk.asked("What is a tide?")
    await desk.until(conversations.turns.previewed, panel.exact_fold.row.click)
    assert "What is a tide?" in panel.exact.field.toPlainText()
    await desk.until(conversations.turns.previewed, conversations.new)
    assert "What is a tide?" not in panel.exact.field.toPlainText()


async def test_while_pictures_are_made_smaller_the_window_says_so_and_goes_on(desk, monkeypatch):
    """A newer question takes the place of an older one, and the window is never held up."""
    conversations, panel = desk.services.conversations, desk.window.tuning
    goes_on, read = threading.Event(), AttachmentStore.read

    def slow(store, sha256):
        goes_on.wait(10)
        return read(store, sha256)

    file = conversations.attach_bytes(packed(photograph(3000, 2000), "JPG"), "a.jpg")
    conversations.send("Where is this?", [file])
    await desk.until(desk.services.generation.ended)
    monkeypatch.setattr(AttachmentStore, "read", slow)
    conversations._store.sending._made.clear()
    bodies = []
    conversations.turns.previewed.connect(lambda _id, body: bodies.append(body))
    await desk.until(panel.exact._patience.timeout, panel.exact_fold.row.click)
    assert not panel.exact.copy.isEnabled()
    assert panel.exact.note.text().startswith("Being prepared")
    assert panel.exact.field.placeholderText().startswith("Being prepared")
    conversations.choices.set_parameters({"temperature": 0.1})
    panel.exact_requested.emit()
    goes_on.set()
    await desk.settled()
    assert [body["temperature"] for body in bodies] == [0.1]
    assert '"temperature": 0.1' in panel.exact.field.toPlainText()
    assert panel.exact.note.text() == "The key is never in it."
    assert panel.exact.copy.isEnabled()


async def body_of(desk):
    conversations = desk.services.conversations
    return (await desk.until(conversations.turns.previewed, conversations.preview))[1]


async def test_wishes_about_hosts_show_only_where_they_are_taken_and_reach_the_body(desk):
    conversations, panel = desk.services.conversations, desk.window.tuning
    assert panel.hosts_fold.isHidden()
    desk.services.settings.set("routing.general", {"zdr": True, "only": ["deepinfra"]})
    conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    assert not panel.hosts_fold.isHidden()
    assert panel.hosts_fold.row.note() == "as in settings"
    assert (await body_of(desk))["provider"] == {"zdr": True, "only": ["deepinfra"]}
    panel.hosts_fold.routing_changed.emit({"only": [], "sort": "price"})
    assert conversations.current.parameters == {"routing": {"only": [], "sort": "price"}}
    assert (await body_of(desk))["provider"] == {"zdr": True, "sort": "price"}


async def test_presets_leave_hosts_alone(desk):
    choices, current = desk.services.conversations.choices, desk.services.conversations
    choices.set_parameters({"temperature": 1.1, "routing": {"zdr": True}})
    choices.choose_preset("precise")
    assert current.current.parameters == {"temperature": 0.2, "routing": {"zdr": True}}
    desk.window.tuning.preset_saved.emit("Mine")
    assert "routing" not in desk.services.presets.presets()[-1].parameters
    await desk.settled()


async def test_the_picture_shows_the_last_answers_own_words(desk):
    picture = desk.window.tuning.picture
    example = [word for word, _ in picture.words()]
    choices = desk.services.conversations.choices
    choices.set_parameters({"logprobs": True, "top_logprobs": 5, "temperature": 1.2, "seed": 3})
    await desk.asked()
    own = [word for word, _ in picture.words()]
    assert own != example
    assert 2 <= len(own) <= 6
    assert "in the last answer" in picture.toolTip()
    answer = desk.services.conversations.branch()[-1]
    assert answer.provenance.confidence.count > 3
    desk.window.new_conversation()
    assert [word for word, _ in picture.words()] == example
    desk.services.conversations.open(answer.conversation_id)
    assert [word for word, _ in picture.words()] == own


def opened_panel(desk):
    """The panel with every fold open and every dial built."""
    panel = desk.window.tuning
    for fold in (panel.more_fold, panel.tools_fold, panel.instructions_fold):
        fold.set_open(True)
    desk.services.conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    panel.set_hosts({})
    panel.hosts_fold.set_open(True)
    return panel


def seen(panel):
    """What every field holds and every line in view says, but not what is set apart by route."""
    fields = [field.text() for field in panel.findChildren(QLineEdit) if not field.isHidden()]
    texts = [
        field.toPlainText()
        for field in panel.findChildren(QPlainTextEdit)
        if field is not panel.exact.field and not field.isHidden()
    ]
    labels = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    return fields, texts, labels


@pytest.mark.parametrize("typed", ["{", "nonsense", "-", "1e999", '{"a": ', "[1,]"])
async def test_what_one_conversation_does_not_take_is_not_shown_in_the_next(desk, typed):
    """Half a schema, a bias, raw JSON, a price: whatever field of the panel it stands in."""
    panel = opened_panel(desk)
    QApplication.processEvents()
    clean = seen(panel)
    conversations = desk.services.conversations
    panel.more.dial("response_format")._on_picked("schema")
    for field in panel.findChildren(QPlainTextEdit):
        if field is not panel.exact.field and field is not panel.instructions.field:
            field.setPlainText(typed)
    for field in panel.findChildren(QLineEdit):
        if field is not panel.presets.field:
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, typed)
            QTest.keyClick(field, Qt.Key.Key_Return)
    panel.presets.add.click()
    QTest.keyClicks(panel.presets.field, "Bal")
    assert seen(panel) != clean
    conversations.new()
    assert conversations.current.parameters == {}
    panel.set_hosts({})
    conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    panel.set_hosts({})
    QApplication.processEvents()
    assert seen(panel) == clean


async def test_what_was_typed_and_is_valid_goes_to_the_conversation_that_is_left(desk):
    panel, conversations = opened_panel(desk), desk.services.conversations
    await desk.asked("What is a tide?")
    asked_id = conversations.current.id
    panel.more.dial("raw").field.text.setPlainText('{"n": 1}')
    box = panel.main.dial("temperature").box
    box.setFocus()
    QTest.keyClicks(box, "0.35")
    panel.instructions.field.setPlainText("Be brief.")
    conversations.new()
    assert conversations.current.parameters == {}
    assert conversations.current.system == ""
    assert panel.instructions.field.toPlainText() == ""
    await desk.settled()
    conversations.open(asked_id)
    assert conversations.current.parameters == {"raw": {"n": 1}, "temperature": 0.35}
    assert conversations.current.system == "Be brief."
    await desk.settled()


async def test_the_same_conversation_keeps_what_is_half_written(desk):
    panel, conversations = opened_panel(desk), desk.services.conversations
    await desk.asked("What is a tide?")
    field = panel.more.dial("raw").field
    field.text.setPlainText('{"n": ')
    conversations.open(conversations.current.id)
    assert field.text.toPlainText() == '{"n": '
    assert field.error()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("raw", '{"n": '), ("raw", '{"n": NaN}'), ("raw", '{"model": "x"}'), ("logit_bias", "word"),
     ("response_format", '{"type": '), ("top_p", "7"), ("seed", "x"), ("raw", "[" * 3000)],
)  # fmt: skip
async def test_what_cannot_be_sent_is_told_at_send(desk, name, typed):
    panel, view = opened_panel(desk), desk.window.view
    told = []
    desk.services.notices.raised.connect(told.append)
    dial = panel.main.dial(name) or panel.more.dial(name)
    if name == "response_format":
        dial._on_picked("schema")
    field = next(iter(dial.findChildren(QPlainTextEdit)), None)
    if field is not None:
        field.setPlainText(typed)
    else:
        box = dial.focusProxy() if name == "logit_bias" else dial.box
        box.setFocus()
        QTest.keyClicks(box, typed)
    view.composer.field.setFocus()
    QTest.keyClicks(view.composer.field, "What is a tide?")
    QTest.keyClick(view.composer.field, Qt.Key.Key_Return)
    assert len(desk.services.conversations.branch()) == 0
    assert view.composer.text() == "What is a tide?"
    assert dial.parameter.title in told[0].text
    panel.forget()
    assert panel.unfinished() == ""


async def test_an_edit_waits_for_a_dial_that_cannot_be_sent(desk):
    panel, view = opened_panel(desk), desk.window.view
    await desk.asked("What is a tide?")
    desk.services.conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    panel.more.dial("raw").field.text.setPlainText("{")
    view.edit_last()
    view.composer.submit()
    assert view.composer.is_editing()
    assert len(desk.services.conversations.branch()) == 2


async def test_all_dials_are_reset_at_once_and_back(desk):
    panel, choices = desk.window.tuning, desk.services.conversations.choices
    assert panel.heading.reset.isHidden()
    choices.set_parameters({"temperature": 1.4, "raw": {"n": 1}, "tools": ["weather"]})
    assert not panel.heading.reset.isHidden()
    panel.heading.reset.click()
    assert panel.parameters() == {"tools": ["weather"]}
    assert panel.heading.reset.isHidden()
    panel.undo_requested.emit()
    assert panel.parameters() == {"temperature": 1.4, "raw": {"n": 1}, "tools": ["weather"]}


async def test_a_second_click_switches_a_preset_off(desk):
    panel, conversations = desk.window.tuning, desk.services.conversations
    panel.more_fold.set_open(True)
    creative = next(pill for pill in panel.presets.pills if pill.preset.id == "creative")
    creative.click()
    assert (creative.isChecked(), panel.parameters()) == (True, {"temperature": 1.2})
    creative.click()
    assert (creative.isChecked(), panel.parameters()) == (False, {})
    assert conversations.current.preset_id == ""
    creative.click()
    conversations.choices.set_parameters({"temperature": 0.3})
    creative.click()
    assert (creative.isChecked(), panel.parameters()) == (True, {"temperature": 1.2})


async def test_a_new_preset_stands_before_the_plus_and_the_others_stay(desk):
    panel = desk.window.tuning
    names = [pill.preset.name for pill in panel.presets.pills]
    for name in ("Zebra", "Ant", "Middle of the road"):
        panel.presets.add.click()
        QTest.keyClicks(panel.presets.field, name)
        QTest.keyClick(panel.presets.field, Qt.Key.Key_Return)
        await desk.settled()
        QApplication.processEvents()
        names.append(name)
        assert [pill.preset.name for pill in panel.presets.pills] == names
        places = [(w.y(), w.x()) for w in (*panel.presets.pills, panel.presets.add)]
        assert places == sorted(places)


async def test_a_tool_made_in_the_panel_is_on_there_and_nowhere_else(desk):
    panel, services = desk.window.tuning, desk.services
    services.tools.save("old", "", {"type": "object"})
    for name in ("my weather", "a price"):
        panel.tools_fold.new.click()
        dialog = desk.window.findChildren(ToolDialog)[-1]
        QTest.keyClicks(dialog.name, name)
        assert not dialog.save.isEnabled()
        dialog.nearest.click()
        assert dialog.nearest.isHidden()
        dialog.save.click()
    assert panel.parameters() == {"tools": ["my_weather", "a_price"]}
    services.conversations.new()
    assert panel.parameters() == {}
    await desk.settled()
