from PySide6.QtCore import Qt

from app.core.models.provider import CheckStep, StepState
from app.ui.settings.step_line import StepLine


def test_a_step_says_its_state_in_words_and_shows_foreign_text_as_it_is(theme, qtbot):
    line = StepLine(theme, CheckStep("key", StepState.RUNNING))
    qtbot.addWidget(line)
    assert line._text.text() == "Key running"
    line.show_step(CheckStep("key", StepState.FAILED, "Wrong <b>key</b>."))
    assert line._text.text() == "Key failed: Wrong <b>key</b>."
    assert line._text.accessibleName() == line._text.text()
    assert line._text.textFormat() is Qt.TextFormat.PlainText
    theme.choose("dark")
    assert line.step.state is StepState.FAILED
