"""A transcript on the screen, and messages to fill it with."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.core.conversations.conversation import (
    Message,
    MessageState,
    Provenance,
    ReasoningPart,
    Role,
    TextPart,
    Timing,
)
from app.core.costs.usage import Cost, CostSource, Usage
from app.ui.transcript.blocks.letter_positions import corner_of
from app.ui.transcript.view import TranscriptView

NOW = datetime(2026, 1, 2, tzinfo=UTC)


class Words:
    """Makes messages."""

    @staticmethod
    def question(message_id="q", text="What is this?", **more):
        return Message(message_id, "c", None, Role.USER, (TextPart(text),), 1, NOW, **more)

    @staticmethod
    def answer(message_id="a", text="It is **this**.", state=MessageState.DONE, **more):
        fault = more.pop("fault", None)
        reasoning = more.pop("reasoning", "")
        parts = (ReasoningPart(reasoning),) if reasoning else ()
        provenance = None
        if state is not MessageState.WRITING:
            provenance = Provenance(
                "openrouter",
                "g",
                "Gemma 4",
                usage=Usage(44, 312, 214 if reasoning else None),
                cost=Cost(Decimal("0.00011"), CostSource.REPORTED),
                timing=Timing(0.6, 4.6),
                fault=fault,
                **more,
            )
        parts += (TextPart(text),) if text else ()
        return Message(message_id, "c", None, Role.ASSISTANT, parts, 2, NOW, state, provenance)

    @classmethod
    def many(cls, count):
        found = []
        for index in range(count):
            make = cls.answer if index % 2 else cls.question
            found.append(make(f"m{index}", f"Message {index}. " + "Some words of it. " * 30))
        return found


class Hand:
    """Clicks and drags in a view."""

    def __init__(self, view):
        self.view = view

    def region(self, message_id, command, nth=0):
        """The middle of a button of a message, in the viewport."""
        column = self.view.column
        index = column.indexes[message_id]
        regions = [r for r in column.layouts[index].regions() if r.command == command]
        top = column.top(index) - self.view.verticalScrollBar().value()
        left = column.left(self.view.viewport().width())
        return (regions[nth].rect.center() + QPointF(left, top)).toPoint()

    def text(self, message_id, needle, *, after=False):
        """Where some text is drawn, in the viewport."""
        column = self.view.column
        index = column.indexes[message_id]
        layout = column.layouts[index]
        for row_index, row in enumerate(layout.rows):
            for piece_index, item in enumerate(row.items or ()):
                cursor = item.document and item.document.find(needle)
                if cursor and not cursor.isNull():
                    at = cursor.selectionEnd() if after else cursor.selectionStart()
                    block = item.document.findBlock(at)
                    line = block.layout().lineForTextPosition(at - block.position())
                    x = line.cursorToX(at - block.position())
                    x = x[0] if isinstance(x, tuple) else x
                    corner = corner_of(block)
                    point = QPointF(corner.x() + x, corner.y() + line.y() + line.height() / 2)
                    point += item.origin()
                    y = column.top(index) + layout.row_top(row_index) + row.item_top(piece_index)
                    left = column.left(self.view.viewport().width()) + layout.text_left
                    y -= self.view.verticalScrollBar().value()
                    return (point + QPointF(left, y)).toPoint()
        raise AssertionError(f"{needle!r} is not drawn")

    def move(self, point):
        QTest.mouseMove(self.view.viewport(), point)

    def click(self, point):
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def press(self, message_id, command, nth=0):
        self.click(self.region(message_id, command, nth))

    def drag(self, start, end):
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        viewport = self.view.viewport()
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(viewport, left, pos=start)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(end),
            QPointF(viewport.mapToGlobal(end)),
            left,
            left,
            none,
        )
        QApplication.sendEvent(viewport, event)
        QTest.mouseRelease(viewport, left, pos=end)

    def double_drag(self, start, end):
        """Presses twice, and drags before letting go."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        viewport = self.view.viewport()
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        for kind, point in (
            (QEvent.Type.MouseButtonDblClick, start),
            (QEvent.Type.MouseMove, end),
            (QEvent.Type.MouseButtonRelease, end),
        ):
            place = QPointF(viewport.mapToGlobal(point))
            event = QMouseEvent(kind, QPointF(point), place, left, left, none)
            QApplication.sendEvent(viewport, event)

    def wheel(self, delta, *, at=None, across=0, modifiers=Qt.KeyboardModifier.NoModifier):
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        centre = QPointF(at or self.view.viewport().rect().center())
        event = QWheelEvent(
            centre,
            QPointF(self.view.viewport().mapToGlobal(centre.toPoint())),
            QPoint(),
            QPoint(across, delta),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.view.viewport(), event)


@pytest.fixture
def words():
    return Words


@pytest.fixture
def view(qtbot, theme):
    made = TranscriptView(theme)
    qtbot.addWidget(made)
    made.resize(764, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def hand(view):
    return Hand(view)
