"""Opening a conversation of 1,000 messages and searching 100,000, on a real database file."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.core.conversations.conversation import Conversation, Message, Role, TextPart
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database
from app.storage.search.search_index import SearchIndex
from app.ui.theme import Theme
from app.ui.transcript.view import TranscriptView
from tests.bench.corpus import answer
from tests.bench.figure import figure, percentile

QUERIES = ("moon", "careful reader", "har", '"high tide"', "Husum", "zebra", "京都", "t", "SELECT")


def _fill(database: Database, conversations: int, messages: int) -> str:
    repository = ConversationRepository(database)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    texts = [answer(300, seed) for seed in range(200)]
    texts[7] += "\n東京都と京都府"
    last = ""
    for chat in range(conversations):
        last = f"c{chat:06}"
        conversation = Conversation(last, f"Chat {chat}", now, now + timedelta(minutes=chat))
        parent = None
        for number in range(messages):
            message = Message(
                f"{last}-{number:06}",
                last,
                parent,
                Role.ASSISTANT if number % 2 else Role.USER,
                (TextPart(texts[(chat * messages + number) % 200]),),
                number + 1,
                now,
            )
            parent = message.id
            future = repository.append(message, conversation=None if number else conversation)
        future.result()
    return last


def _open_1000(app: QApplication, folder: Path) -> None:
    database = Database.open(folder / "open.db")
    conversation_id = _fill(database, 1, 1000)
    repository = ConversationRepository(database)
    view = TranscriptView(Theme())
    view.resize(760, 800)
    view.show()
    app.processEvents()
    costs = []
    for _ in range(5):
        began = time.thread_time()
        messages = repository.messages(conversation_id)
        view.set_branch(messages, {})
        view.viewport().repaint()
        costs.append(time.thread_time() - began)
        app.processEvents()
    view.close()
    database.close()
    figure("open_1000_ms", sorted(costs)[2] * 1000, "ms")


def _search_100k(folder: Path) -> None:
    database = Database.open(folder / "search.db")
    _fill(database, 1000, 100)
    index = SearchIndex(database)
    costs: list[float] = []
    for query in QUERIES:
        index.find(query)
        times = []
        for _ in range(5):
            began = time.thread_time()
            index.find(query)
            times.append(time.thread_time() - began)
        costs.append(sorted(times)[2])
    index.close()
    database.close()
    figure("search_100k_ms", max(costs) * 1000, "ms")
    figure("search_100k_p50_ms", percentile(costs, 0.5) * 1000, "ms")


def measure(app: QApplication) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _open_1000(app, Path(folder))
        _search_100k(Path(folder))
