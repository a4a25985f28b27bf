"""What was learnt of a provider's routes, on its card, with a way to forget it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.models.lesson import Lesson
from app.services.models.lessons import LessonService
from app.ui.widgets.page import text_label

MOST = 20
"""Lessons with a line of their own; the oldest go first."""


class LessonList(QWidget):
    """A line for each lesson; nothing where there is none."""

    def __init__(self, provider_id: str, lessons: LessonService) -> None:
        super().__init__()
        self._provider_id = provider_id
        self._lessons = lessons
        self.lines: list[str] = []
        self.buttons: list[QPushButton] = []
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        lessons.changed.connect(self._on_changed)
        self._fill()

    def _fill(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.buttons, self.lines = [], [], []
        known = self._lessons.of(self._provider_id)
        for lesson in known[-MOST:]:
            self._add(lesson)
        self.setVisible(bool(known))

    def _add(self, lesson: Lesson) -> None:
        line = lesson_text(lesson)
        button = QPushButton("Forget")
        button.setProperty("look", "quiet")
        button.setAccessibleName(f"Forget: {lesson.model_id} {lesson.text}")
        button.setToolTip("The next question there is asked in the usual way again")
        button.clicked.connect(partial(self._lessons.forget, lesson))
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(text_label(line, "small"), 1)
        inside.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addWidget(row)
        row.show()
        self._rows.append(row)
        self.lines.append(line)
        self.buttons.append(button)

    def _on_changed(self, provider_id: str) -> None:
        if provider_id == self._provider_id:
            self._fill()


def lesson_text(lesson: Lesson) -> str:
    """A lesson as one sentence with the day it was learnt, in the user's own time."""
    day = lesson.learnt_at.astimezone()
    return f"Learnt on {day.day} {day:%B %Y}: {lesson.model_id[:80]} {lesson.text}."
