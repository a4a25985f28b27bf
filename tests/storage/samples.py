"""Conversations and messages to store, and programs to run beside the test."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Fault,
    Message,
    MessageState,
    Provenance,
    ReasoningPart,
    Role,
    TextPart,
    Timing,
    ToolCallPart,
    ToolResultPart,
)
from app.core.costs.usage import Cost, CostSource, Usage
from app.core.identity import new_id
from app.storage.conversations.deleted import DeletedConversations

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=UTC)


def conversation(title="A title", *, minutes=0, **fields):
    at = NOW + timedelta(minutes=minutes)
    return replace(Conversation(new_id(), title, at, at), **fields)


def message(owner, text="Hello", *, parent=None, sequence=1, role=Role.USER, **fields):
    made = Message(
        new_id(), owner.id, parent.id if parent else None, role, (TextPart(text),), sequence, NOW
    )
    return replace(made, **fields)


def answer(owner, text="An answer", *, parent=None, sequence=2, amount="0.00011", **fields):
    provenance = Provenance(
        "openrouter",
        "google/gemma-2-27b-it",
        usage=Usage(10, 20, reported_cost=Decimal(amount) if amount else None),
        cost=Cost(Decimal(amount), CostSource.REPORTED) if amount else Cost(),
    )
    fields = {"provenance": provenance, **fields}
    return message(owner, text, parent=parent, sequence=sequence, role=Role.ASSISTANT, **fields)


def everything(owner):
    """A message with every field and kind of part filled."""
    attachment = Attachment("ab" * 32, "cat.png", "image/png", 1234, 640, 480)
    return Message(
        new_id(),
        owner.id,
        None,
        Role.ASSISTANT,
        (
            ReasoningPart(
                "Thinking…", ({"type": "reasoning.text", "index": 0},), "reasoning_content"
            ),
            TextPart("One "),
            TextPart("two ☃"),
            ToolCallPart("call-1", "weather", '{"city": "Köln"}'),
            ToolResultPart("call-1", "rain"),
            AttachmentPart(attachment),
        ),
        7,
        NOW,
        MessageState.FAILED,
        Provenance(
            provider_id="p",
            model_id="m",
            model_name="Model",
            provider_name="Provider",
            answered_by="m-2",
            upstream="host",
            generation_id="gen-1",
            finish_reason="error",
            preset="Precise",
            parameters={"temperature": 0.2, "stop": ["a", "b"], "logit_bias": {"5": -100}},
            usage=Usage(1, 2, 3, 4, 5, Decimal("0.000000000000000000123")),
            cost=Cost(Decimal("12345678901234567890.123"), CostSource.ESTIMATED),
            timing=Timing(0.25, 1.5, 0.75),
            notices=("folded",),
            fault=Fault("quota", "Too many.", "Wait.", "429", 429, 2.5),
            request={"messages": [{"role": "user", "content": "hi"}]},
        ),
    )


def purge(database, before=None):
    """Removes for good what was deleted before a moment; how many conversations."""
    deleted = DeletedConversations(database)
    gone = deleted.ids(before or datetime.now(UTC) + timedelta(days=1))
    for name in gone:
        while deleted.remove_some(name).result():
            pass
    return len(gone)


def run_python(code, *arguments, environment=None):
    """Runs a program of its own and returns its finished process; its output is text."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def start_python(code, *arguments):
    """Starts a program of its own that the test talks to through its standard streams."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
