"""A transcript on the screen, and messages to fill it with."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

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
from app.ui.transcript.search.controller import SearchController
from app.ui.transcript.search.reveal import Reveal
from app.ui.transcript.view import TranscriptView
from tests.ui.transcript.driver import Driver

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
def driver(view):
    return Driver(view)


@pytest.fixture
def reveal(view):
    """What shows matches in the view."""
    return Reveal(view.state, view.visible_part, view.position, view.interaction.folding)


@pytest.fixture
def controller(view, reveal):
    """The search of the view."""
    return SearchController(view.state, view.visible_part, reveal)


@pytest.fixture
def search(controller, qtbot):
    def search(query=None, **more):
        """Looks for words, and waits until all is searched; the counts that came meanwhile."""
        counted = []
        controller.counted.connect(lambda *values: counted.append(values))
        if query is not None:
            controller.look(query, **more)
        qtbot.waitUntil(lambda: controller.is_done, timeout=20_000)
        return counted

    return search
