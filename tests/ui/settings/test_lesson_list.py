from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.core.models.lesson import Lesson
from app.ui.settings.lesson_list import LessonList, lesson_text

LEFT = Qt.MouseButton.LeftButton
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


async def test_what_was_learnt_has_a_line_and_can_be_forgotten(desk, qtbot):
    lessons = desk.services.lessons
    made = LessonList("aimlapi", lessons)
    qtbot.addWidget(made)
    assert made.isHidden()
    lessons._lessons = [Lesson("aimlapi", "g/<b>m</b>", "system", AT), Lesson("x", "m", "k", AT)]
    lessons.changed.emit("aimlapi")
    assert not made.isHidden()
    assert made.lines == [
        "Learnt on 21 November 2026: g/<b>m</b> takes no separate instructions, so they go at "
        "the head of your first message."
    ]
    assert {label.textFormat() for label in made.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    assert made.buttons[0].accessibleName().startswith("Forget: g/<b>m</b> takes")
    QTest.mouseClick(made.buttons[0], LEFT)
    assert made.isHidden()
    assert lessons.of("aimlapi") == []
    assert len(lessons.of("x")) == 1
    await desk.settled()


def test_a_long_id_is_cut():
    assert len(lesson_text(Lesson("p", "m" * 500, "top_k", AT))) < 140


async def test_refreshing_the_lists_in_the_picker_forgets(desk):
    lessons, models, dialogs = desk.services.lessons, desk.services.models, desk.dialogs
    lessons._lessons = [Lesson("openrouter", "m", "system", AT)]
    models.refresh = lambda _provider_id, **_how: None
    models.keys.use_for_this_run("openrouter", "sk-or-v1-0123456789")
    dialogs.open_picker()
    assert len(lessons.of("openrouter")) == 1
    dialogs.picker.refresh_requested.emit()
    assert lessons.of("openrouter") == []
    dialogs.picker.close()
    await desk.settled()
