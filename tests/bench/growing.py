"""GUI CPU of an update while one block of 20 KB grows: little of it may be laid out anew."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from app.core.conversations.conversation import Message, MessageState, Role
from app.ui.theme import Theme
from app.ui.transcript.view import TranscriptView
from tests.bench.figure import figure, percentile

A_FRAME = 66
"""Characters between two updates: 500 tokens a second."""
WORDS = "Some words of a sentence that goes on, with **bold** and `code` in it. "
BLOCKS = {
    "paragraph": WORDS * 280,
    "lines": f"{WORDS}\n" * 280,
    "list": f"- {WORDS}\n" * 260,
    "nested_list": "- top\n" + f"  - {WORDS}\n    - {WORDS}\n" * 130,
    "numbers_in_list": "1. top\n" + "".join(f"   {n}. {WORDS}\n" for n in range(1, 260)),
    "code_in_list": "- top\n\n  ```python\n" + "  def f(x): return x + 1  # words\n" * 600,
    "quote": f"> {WORDS}\n" * 260,
    "table": "| a | b |\n|---|---|\n" + f"| {WORDS}| x |\n" * 250,
    "formulas": "So $x_i^2 + \\frac{a}{b}$ is it. " * 600,
}


def measure(app: QApplication) -> None:
    for name, text in BLOCKS.items():
        view = TranscriptView(Theme())
        view.resize(760, 800)
        view.show()
        now = datetime.now(UTC)
        view.set_branch(
            [Message("live", "c", None, Role.ASSISTANT, (), 1, now, MessageState.WRITING)], {}
        )
        view.jump_to_end()
        app.processEvents()
        times = []
        for at in range(0, len(text), A_FRAME):
            began = time.thread_time()
            view.add_text("live", text[at : at + A_FRAME])
            view.take_arrived()
            view.viewport().repaint()
            times.append((time.thread_time() - began) * 1000)
        half = len(times) // 2
        figure(f"growing_{name}_p99_ms", percentile(times[half:], 0.99), "ms")
        figure(f"growing_{name}_max_ms", max(times[half:]), "ms")
        view.hide()
        view.deleteLater()
        app.processEvents()
