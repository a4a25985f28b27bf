"""Conversations: a tree of messages, each made of parts, and the branch through it that is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.core.conversations.attachment import Attachment
from app.core.conversations.confidence import Confidence
from app.core.costs.usage import UNKNOWN_COST, Cost, Usage
from app.core.models.parameter import ParameterValue
from app.core.text.graphemes import cut_at_letter


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class MessageState(StrEnum):
    """How far a message got. Everything but `done` and `writing` is said under the answer."""

    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    CUT_OFF = "cut_off"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TextPart:
    """What is said, as Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningPart:
    """What the model thought; `details` is replayed as it came, `field` names where it came."""

    text: str
    details: tuple[Mapping[str, Any], ...] = ()
    field: str = "reasoning"


@dataclass(frozen=True, slots=True)
class ToolCallPart:
    """A call the model asks for; `arguments` is the JSON text as it came."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolResultPart:
    """What a tool answered."""

    call_id: str
    text: str


@dataclass(frozen=True, slots=True)
class AttachmentPart:
    """A file that goes with the message."""

    attachment: Attachment


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A page the answer cites; both texts are the provider's."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class KeptPart:
    """What came with an answer that is not shown but may be asked back in its `dialect`.

    Members of the message, and of its calls by their ids; replayed verbatim to the same route only.
    """

    dialect: str
    message: Mapping[str, Any] = field(default_factory=dict)
    calls: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


Part = (
    TextPart
    | ReasoningPart
    | ToolCallPart
    | ToolResultPart
    | AttachmentPart
    | SourcePart
    | KeptPart
)


@dataclass(frozen=True, slots=True)
class ShapeCheck:
    """How an answer that was to be JSON turned out: `text` says it as a person would.

    `kind` is fits, misfit, not_json or unchecked.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds from sending to the first byte of content and to the end; None when it never came.

    `thought` is how long the model thought, from its first thought to its first word.
    """

    first_text: float | None = None
    total: float | None = None
    thought: float | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as it is kept with a message: what happened and what to do, both plain text.

    `is_retryable` says that the same question may work later; `parameter` names what was objected
    to, if said.
    """

    kind: str
    message: str
    hint: str = ""
    details: str = ""
    status: int | None = None
    retry_after: float | None = None
    is_retryable: bool = False
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an answer came from: what was asked of whom, what came back, what it used and cost.

    `request` is the body as sent, without the key. `answered_by` is the model the reply names.
    `tokens_per_second` is output tokens over the time after the first word, None when unknown.
    """

    provider_id: str
    model_id: str
    model_name: str = ""
    provider_name: str = ""
    answered_by: str = ""
    upstream: str = ""
    generation_id: str = ""
    finish_reason: str = ""
    preset: str = ""
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    cost: Cost = UNKNOWN_COST
    timing: Timing = field(default_factory=Timing)
    notices: tuple[str, ...] = ()
    fault: Fault | None = None
    request: Mapping[str, Any] = field(default_factory=dict)
    shape: ShapeCheck | None = None
    confidence: Confidence | None = None

    @property
    def tokens_per_second(self) -> float | None:
        """Output tokens a second after the first word; None when unknown or too short to tell."""
        first, total, count = self.timing.first_text, self.timing.total, self.usage.output_tokens
        if first is None or total is None or not count or total - first < 0.05:
            return None
        return count / (total - first)


@dataclass(frozen=True, slots=True)
class Message:
    """One utterance. `sequence` orders the messages of a conversation; clocks never do."""

    id: str
    conversation_id: str
    parent_id: str | None
    role: Role
    parts: tuple[Part, ...]
    sequence: int
    created_at: datetime
    state: MessageState = MessageState.DONE
    provenance: Provenance | None = None

    @property
    def text(self) -> str:
        """What is said, without reasoning."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def reasoning(self) -> str:
        """What was thought."""
        return "".join(part.text for part in self.parts if isinstance(part, ReasoningPart))

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files that go with it."""
        return tuple(p.attachment for p in self.parts if isinstance(p, AttachmentPart))

    @property
    def has_files(self) -> bool:
        """Whether files go with it."""
        return bool(self.attachments)

    @property
    def outline(self) -> tuple[int, int] | None:
        """Characters and bytes of its text where only they were read so far, else None."""
        return None

    @property
    def calls(self) -> tuple[ToolCallPart, ...]:
        """The tools it asks for; only those of an answer that is done can be answered."""
        return tuple(part for part in self.parts if isinstance(part, ToolCallPart))

    @property
    def results(self) -> tuple[ToolResultPart, ...]:
        """What tools answered."""
        return tuple(part for part in self.parts if isinstance(part, ToolResultPart))

    @property
    def sources(self) -> tuple[SourcePart, ...]:
        """The pages it cites."""
        return tuple(part for part in self.parts if isinstance(part, SourcePart))


@dataclass(frozen=True, slots=True)
class Conversation:
    """A tree of messages with a title and the choices made for it.

    `leaf_id` ends the branch being read. `parameters` holds only the dials the user set.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    system: str = ""
    provider_id: str = ""
    model_id: str = ""
    preset_id: str = ""
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    is_pinned: bool = False
    leaf_id: str | None = None


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A line of the conversation list; `has_cut_off` marks an answer recovery found unfinished."""

    id: str
    title: str
    updated_at: datetime
    is_pinned: bool = False
    has_cut_off: bool = False


def title_from(text: str, limit: int = 60) -> str:
    """A conversation's first title: the first line, cut at a word; never asks a model."""
    lines = (line.strip().lstrip("#>*-` ").strip() for line in text.splitlines())
    line = next((line for line in lines if line), "")
    if len(line) <= limit:
        return line or "New conversation"
    cut = line[: limit + 1].rsplit(" ", 1)[0]
    return f"{cut if limit // 2 < len(cut) <= limit else cut_at_letter(line, limit)}…"
