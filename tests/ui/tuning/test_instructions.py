"""The system prompt."""

import pytest

from app.ui.tuning.instructions import Instructions


@pytest.fixture
def instructions(qtbot, theme):
    made = Instructions(theme)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.field.setFocus()
    return made


def test_a_pause_in_typing_announces_once(qtbot, instructions):
    texts = []
    instructions.text_changed.connect(texts.append)
    with qtbot.waitSignal(instructions.text_changed):
        qtbot.keyClicks(instructions.field, "Be brief.")
    assert texts == ["Be brief."]
    instructions.flush()
    assert texts == ["Be brief."]


def test_flush_announces_at_once(qtbot, instructions):
    qtbot.keyClicks(instructions.field, "Hm")
    with qtbot.waitSignal(instructions.text_changed, timeout=100) as changed:
        instructions.flush()
    assert changed.args == ["Hm"]


def test_a_shown_text_is_not_announced_and_its_echo_keeps_the_cursor(qtbot, instructions):
    with qtbot.assertNotEmitted(instructions.text_changed, wait=400):
        instructions.set_text("You are terse.")
    instructions.field.moveCursor(instructions.field.textCursor().MoveOperation.End)
    instructions.set_text("You are terse.")
    assert instructions.field.textCursor().position() == 14
    assert instructions.note() == "3 words"
    instructions.set_text("One")
    assert instructions.note() == "1 word"
    instructions.set_text("")
    assert instructions.note() == "system prompt"
