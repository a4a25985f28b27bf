"""GUI CPU of an answer that streams at 200 tokens a second, the view updated every 33 ms."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from app.core.conversation import Message, MessageState, Role, TextPart
from app.ui.theme import Theme
from app.ui.transcript.view import TranscriptView
from tests.bench.corpus import answer, pieces
from tests.bench.figure import figure, percentile

TOKENS_A_SECOND = 200
UPDATE_SECONDS = 0.033
ANSWER_BYTES = 80_000


def history(count: int) -> list[Message]:
    now = datetime.now(UTC)
    return [
        Message(
            f"m{number}",
            "c",
            f"m{number - 1}" if number else None,
            Role.ASSISTANT if number % 2 else Role.USER,
            (TextPart(answer(1600 if number % 2 else 200, number % 60)),),
            number,
            now,
        )
        for number in range(count)
    ]


def open_view(app: QApplication, messages: list[Message]) -> TranscriptView:
    view = TranscriptView(Theme())
    view.resize(760, 800)
    view.show()
    view.set_branch(messages, {})
    for _ in range(20):
        app.processEvents()
    return view


def stream(app: QApplication, count: int, text: str) -> list[float]:
    """CPU seconds of each update while `text` is written below `count` messages."""
    view = open_view(app, history(count))
    view.append(
        Message(
            "live",
            "c",
            f"m{count - 1}",
            Role.ASSISTANT,
            (),
            count,
            datetime.now(UTC),
            MessageState.WRITING,
        )
    )
    view.jump_to_end()
    app.processEvents()
    waiting: list[str] = []
    costs: list[float] = []
    a_update = TOKENS_A_SECOND * UPDATE_SECONDS
    due = a_update
    for number, piece in enumerate(pieces(text), 1):
        waiting.append(piece)
        if number >= due:
            due += a_update
            began = time.thread_time()
            for part in waiting:
                view.add_text("live", part)
            view.take_arrived()
            view.viewport().repaint()
            costs.append(time.thread_time() - began)
            waiting.clear()
    view.close()
    view.deleteLater()
    app.processEvents()
    return costs


def measure(app: QApplication) -> None:
    text = answer(ANSWER_BYTES)
    stream(app, 20, text[:20_000])
    short, long = stream(app, 20, text), stream(app, 500, text)
    figure("stream_stall_p50_ms", percentile(long, 0.5) * 1000, "ms")
    figure("stream_stall_p99_ms", percentile(long, 0.99) * 1000, "ms")
    figure("stream_stall_max_ms", max(long) * 1000, "ms")
    figure("stream_length_ratio", sum(long) / sum(short), "ratio")
    quarter = len(long) // 4
    figure("stream_quarter_ratio", sum(long[-quarter:]) / sum(long[:quarter]), "ratio")
    figure("stream_core_share", sum(long) / (len(long) * UPDATE_SECONDS), "ratio")
