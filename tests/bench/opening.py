"""Opening a conversation of any length in the window: CPU until its first frame, and memory.

Each length in a process of its own: `python -m tests.bench.opening LENGTH`.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.bench.corpus import answer
from tests.bench.figure import figure, percentile

LENGTHS = (10, 1_000, 10_000, 100_000)
ANSWER, QUESTION = 600, 120
SHORT_CHATS = 100
WHEEL_STEPS = 200


def _private_mb() -> float:
    """What this process alone holds, MB."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1e3


def fill(place: Path, length: int, chats: int = 1) -> int:
    """Writes conversations c0, c1 … of so many messages; gives the bytes of their texts."""
    from app.core.conversations.conversation import (
        Conversation,
        Message,
        Provenance,
        Role,
        TextPart,
        Timing,
    )
    from app.core.costs.usage import Cost, CostSource, Usage
    from app.storage.conversations.messages import insert_conversation, put_message
    from app.storage.database.database import Database

    now = datetime(2026, 1, 1, tzinfo=UTC)
    answers = [answer(ANSWER, seed) for seed in range(60)]
    questions = [answer(QUESTION, seed)[:QUESTION] for seed in range(60)]
    origin = Provenance(
        "openrouter",
        "google/gemma-4-26b-a4b-it",
        model_name="Gemma 4 26B",
        provider_name="OpenRouter",
        generation_id="gen-1771000000-AbC",
        finish_reason="stop",
        usage=Usage(input_tokens=812, output_tokens=154),
        cost=Cost(Decimal("0.00031"), CostSource.REPORTED),
        timing=Timing(0.6, 3.1),
        request={"model": "google/gemma-4-26b-a4b-it", "stream": True, "temperature": 0.7},
    )
    total = 0
    database = Database.open(place)

    def work(writer: Any) -> None:
        nonlocal total
        for chat in range(chats + 1):
            name = f"019ad0c0-7000-7000-8000-{chat:012}"
            started = now + timedelta(minutes=chat)
            conversation = Conversation(name, f"Chat {chat}", started, started)
            insert_conversation(writer, conversation)
            parent = None
            for number in range(length if chat < chats else 20):
                is_answer = number % 2 == 1
                text = (answers if is_answer else questions)[(chat + number) % 60]
                total += len(text.encode()) if chat < chats else 0
                message = Message(
                    f"{chat:08}-{number:012}-7000-8000-000000",
                    name,
                    parent,
                    Role.ASSISTANT if is_answer else Role.USER,
                    (TextPart(text),),
                    number + 1,
                    started,
                    provenance=origin if is_answer else None,
                )
                put_message(writer, message)
                parent = message.id
            insert_conversation(writer, replace(conversation, leaf_id=parent))

    database.write(work).result()
    database.close()
    return total


class Opened:
    """The window on a profile."""

    def __init__(self, profile: Path) -> None:
        from app.bootstrap import make_core
        from app.paths import folders
        from app.storage.database.database import Database
        from app.ui.theme import Theme
        from app.ui.window.garbage_collection import Garbage
        from app.ui.window.main_window import MainWindow
        from app.window_session import WindowSession

        self.garbage = Garbage()
        self.database = Database.open(folders(profile).database)
        self.core = make_core(folders(profile), self.database, recover=False)
        theme = Theme()
        self.window = MainWindow(theme, self.core.services.settings.value)
        self.window.show()
        self.session = WindowSession(self.window, self.core.services)
        self.window.resize(1280, 820)
        self.garbage.settle()

    def open(self, conversation_id: str, message_id: str = "") -> float:
        """CPU s until the first frame."""
        began = time.thread_time()
        self.window.open_conversation(conversation_id, message_id)
        self.window.view.transcript.viewport().repaint()
        return time.thread_time() - began

    async def close(self) -> None:
        await self.core.services.close()
        self.database.close()


def _wheel(view: Any) -> list[float]:
    """CPU s of each notch upward from the end."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent

    costs = []
    for _ in range(WHEEL_STEPS):
        event = QWheelEvent(
            QPointF(300, 300),
            QPointF(300, 300),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        began = time.thread_time()
        view.wheelEvent(event)
        view.viewport().repaint()
        costs.append(time.thread_time() - began)
    return costs


def _resize(view: Any) -> list[float]:
    """CPU s of each step of 5 px of a window that becomes narrower."""
    costs = []
    for step in range(40):
        began = time.thread_time()
        view.resize(700 - 5 * step, 640)
        view.viewport().repaint()
        costs.append(time.thread_time() - began)
    return costs


def _one(length: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        # In a process of its own: what filling needs is not to be found in the memory measured.
        words = [sys.executable, "-m", "tests.bench.opening", "fill", str(data / "facet.db")]
        filled = subprocess.run([*words, str(length)], check=True, capture_output=True, text=True)
        return _run(_opened(Path(folder), int(filled.stdout) / 1e6))


async def _opened(profile: Path, text: float) -> dict[str, float]:
    chat, first = f"019ad0c0-7000-7000-8000-{0:012}", f"{0:08}-{0:012}-7000-8000-000000"
    opened = Opened(profile)
    await asyncio.sleep(0.5)
    from app.render import code
    from app.render.markdown import parser

    parser.parse("*x*")
    for language in code.COMMON:
        code.preload(language)
    warm = f"019ad0c0-7000-7000-8000-{1:012}"
    opened.open(warm)
    opened.window.new_conversation()
    await asyncio.sleep(0.2)
    before = _private_mb()
    cold = opened.open(chat)
    memory = _private_mb() - before
    view = opened.window.view.transcript
    costs = []
    for _ in range(3):
        opened.window.new_conversation()
        await asyncio.sleep(0.05)
        costs.append(opened.open(chat))
        await asyncio.sleep(0.05)
    wheel = _wheel(view)
    hits = []
    for _ in range(3):
        opened.window.new_conversation()
        await asyncio.sleep(0.05)
        hits.append(opened.open(chat, first))
        await asyncio.sleep(0.05)
    resize = _resize(view)
    await opened.close()
    return {
        "cold": cold * 1000,
        "open": sorted(costs)[1] * 1000,
        "hit": sorted(hits)[1] * 1000,
        "memory": memory,
        "text": text,
        "wheel": percentile(wheel, 0.99) * 1000,
        "resize": percentile(resize, 0.5) * 1000,
        "resize_max": max(resize) * 1000,
    }


async def _in_turn() -> dict[str, float]:
    """Memory before, at most, and after opening a hundred conversations in turn."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        (profile / "data").mkdir()
        fill(profile / "data" / "facet.db", 100, SHORT_CHATS)
        opened = Opened(profile)
        await asyncio.sleep(0.5)
        opened.open(f"019ad0c0-7000-7000-8000-{0:012}")
        await asyncio.sleep(3)
        opened.window.new_conversation()
        before = _private_mb()
        most = before
        for chat in range(SHORT_CHATS):
            opened.open(f"019ad0c0-7000-7000-8000-{chat:012}")
            await asyncio.sleep(0.02)
            most = max(most, _private_mb())
        opened.window.new_conversation()
        await asyncio.sleep(3)
        after = _private_mb()
        await opened.close()
        return {"before": before, "most": most, "after": after}


def _run(work: Any) -> dict[str, float]:
    import qasync
    from PySide6.QtWidgets import QApplication

    app = QApplication(["bench"])
    with qasync.QEventLoop(app) as loop:
        found: dict[str, float] = loop.run_until_complete(work)
    return found


def _apart(*words: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.opening", *words],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def measure() -> None:
    for length in LENGTHS:
        found = _apart("one", str(length))
        figure(f"open_{length}_ms", found["open"], "ms")
        figure(f"open_{length}_hit_in_first_ms", found["hit"], "ms")
        figure(f"open_{length}_memory_mb", found["memory"], "MB")
        figure(f"open_{length}_text_mb", found["text"], "MB")
        figure(f"wheel_{length}_p99_ms", found["wheel"], "ms")
        figure(f"resize_{length}_p50_ms", found["resize"], "ms")
        figure(f"resize_{length}_max_ms", found["resize_max"], "ms")
    turn = _apart("turn")
    figure("open_100_in_turn_memory_mb", turn["after"] - turn["before"], "MB")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill", path, length]:
            print(fill(Path(path), int(length)))
        case ["one", length]:
            print(json.dumps(_one(int(length))))
        case _:
            print(json.dumps(_run(_in_turn())))
