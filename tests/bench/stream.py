"""GUI CPU of answers that stream, the view updated every 33 ms; garbage is collected as in the
window, every two seconds, and counts."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from app.core.conversations.conversation import Message, MessageState, Role, TextPart
from app.ui.theme import Theme
from app.ui.transcript.view import TranscriptView
from app.ui.window.garbage_collection import PERIOD, Garbage
from tests.bench.corpus import answer, items, sentences
from tests.bench.figure import figure, percentile

UPDATE_SECONDS = 0.033
ANSWER_BYTES = 80_000
COLLECTED_EVERY = round(PERIOD / 1000 / UPDATE_SECONDS)
"""Updates between two looks for garbage."""


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


def stream(app: QApplication, count: int, text: str, pace: float = 200) -> list[float]:
    """CPU seconds of each update while `text` is written below `count` messages, `pace` tokens a
    second; the view follows the end."""
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
    garbage = Garbage(app)
    garbage.settle()
    waiting: list[str] = []
    costs: list[float] = []
    a_update = pace * UPDATE_SECONDS
    due = a_update
    for number, item in enumerate(items(text), 1):
        waiting.append(item)
        if number >= due:
            due += a_update
            began = time.thread_time()
            view.add_text("live", "".join(waiting))
            view.take_arrived()
            view.viewport().repaint()
            if len(costs) % COLLECTED_EVERY == COLLECTED_EVERY - 1:
                garbage.collect_due()
            costs.append(time.thread_time() - began)
            waiting.clear()
    garbage.deleteLater()
    view.close()
    view.deleteLater()
    app.processEvents()
    return costs


def measure(app: QApplication) -> None:
    text = answer(ANSWER_BYTES)
    stream(app, 20, text)
    short = min((stream(app, 20, text) for _ in range(2)), key=sum)
    long = min((stream(app, 5_000, text) for _ in range(2)), key=sum)
    _figures("stream", long, 200)
    figure("stream_length_ratio", sum(long) / sum(short), "ratio")
    quarter = len(long) // 4
    figure("stream_quarter_ratio", sum(long[-quarter:]) / sum(long[:quarter]), "ratio")
    _figures("stream_1000", stream(app, 20, text, 1_000), 1_000)
    _figures("stream_20kb_list", stream(app, 20, "- " + sentences(20_000, "\n- ")), 200)
    _figures("stream_20kb_paragraph", stream(app, 20, sentences(20_000, " ")), 200)
    large = stream(app, 20, answer(1_000_000, 2), 2_000)
    _figures("stream_1mb", large, 2_000)
    quarter = len(large) // 4
    figure("stream_1mb_quarter_ratio", sum(large[-quarter:]) / sum(large[:quarter]), "ratio")


def _figures(name: str, costs: list[float], pace: float) -> None:
    figure(f"{name}_stall_p50_ms", percentile(costs, 0.5) * 1000, "ms")
    figure(f"{name}_stall_p99_ms", percentile(costs, 0.99) * 1000, "ms")
    figure(f"{name}_stall_max_ms", max(costs) * 1000, "ms")
    figure(f"{name}_core_share", sum(costs) / (len(costs) * UPDATE_SECONDS), "ratio")
