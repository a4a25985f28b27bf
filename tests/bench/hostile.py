"""GUI CPU of the worst single update for answers made to hurt: streamed, and opened whole."""

from __future__ import annotations

import gc
import time
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from app.core.conversations.conversation import Message, MessageState, Role, TextPart
from app.ui.theme import Theme
from app.ui.transcript.view import TranscriptView
from app.ui.window.garbage_collection import Garbage
from tests.bench.figure import figure
from tests.hostile.heavy import heavy

A_FRAME = 264
"""Characters between two updates: 2,000 tokens a second."""

ANSWERS = {
    **heavy(),
    "list_of_20000": "".join(f"- item {number}\n" for number in range(20_000)),
    "numbers_nested": "".join("  " * (number % 40) + f"{number}. x\n" for number in range(10_000)),
    "formulas": "$x^2$ " * 20_000 + "$$" + "{" * 5000,
    "links": "[a](https://example.org/" + "x" * 100 + ") " * 2000 + "<" * 20_000 + "&" * 20_000,
    "pipes": "|" * 100_000 + "\n" + "-|" * 50_000 + "\n",
    "backticks": " ".join("`" * number for number in range(1, 800)),
    "one_line_of_words": "word " * 200_000,
}
"""By name: the heavy answers of tests/hostile, and further ones."""


def _view() -> TranscriptView:
    view = TranscriptView(Theme())
    view.resize(760, 800)
    view.show()
    return view


def _message(state: MessageState, text: str = "") -> Message:
    parts = (TextPart(text),) if text else ()
    return Message("live", "c", None, Role.ASSISTANT, parts, 1, datetime.now(UTC), state)


def streamed(app: QApplication, text: str) -> float:
    """CPU seconds of the worst update while `text` comes in."""
    view = _view()
    view.set_branch([_message(MessageState.WRITING)], {})
    view.jump_to_end()
    app.processEvents()
    worst = 0.0
    for at in range(0, len(text), A_FRAME):
        began = time.thread_time()
        view.add_text("live", text[at : at + A_FRAME])
        view.take_arrived()
        view.viewport().repaint()
        worst = max(worst, time.thread_time() - began)
    _away(app, view)
    return worst


def opened(app: QApplication, text: str) -> float:
    """CPU seconds until the end of `text` is shown, and of the worst of twenty pages upward."""
    view = _view()
    app.processEvents()
    began = time.thread_time()
    view.set_branch([_message(MessageState.DONE, text)], {})
    view.viewport().repaint()
    worst = time.thread_time() - began
    bar = view.verticalScrollBar()
    for _ in range(20):
        began = time.thread_time()
        bar.setValue(bar.value() - 700)
        view.viewport().repaint()
        worst = max(worst, time.thread_time() - began)
    _away(app, view)
    return worst


def _away(app: QApplication, view: TranscriptView) -> None:
    view.close()
    view.deleteLater()
    app.processEvents()


def measure(app: QApplication) -> None:
    opened(app, "```python\nx = 1\n```\n\n$x$ *warm*\n\n|a|\n|-|\n|b|\n")
    garbage = Garbage(app)
    garbage.settle()
    for name, text in ANSWERS.items():
        figure(f"hostile_{name}_streamed_ms", streamed(app, text) * 1000, "ms")
        garbage.collect_due()
        figure(f"hostile_{name}_opened_ms", opened(app, text) * 1000, "ms")
        garbage.collect_due()
    gc.enable()
