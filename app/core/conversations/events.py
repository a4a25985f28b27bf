"""What a provider yields while answering, whatever its dialect; failures are raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.conversations.conversation import MessageState
from app.core.costs.usage import Usage


@dataclass(frozen=True, slots=True)
class Started:
    """The reply began: its id, the model that answers and the upstream host, as far as named."""

    generation_id: str = ""
    model: str = ""
    upstream: str = ""


@dataclass(frozen=True, slots=True)
class TextAdded:
    """A piece of the answer, as it came (white space included)."""

    text: str


@dataclass(frozen=True, slots=True)
class TextReplaced:
    """The whole answer so far: the provider sends snapshots, not deltas."""

    text: str


@dataclass(frozen=True, slots=True)
class ReasoningAdded:
    """A piece of the model's thought; `field` is the name it came under and is replayed under."""

    text: str
    field: str = "reasoning"


@dataclass(frozen=True, slots=True)
class ReasoningDetailAdded:
    """One `reasoning_details` fragment, opaque but for its type, index and texts."""

    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCallAdded:
    """A fragment of a tool call; `key` is the same for the fragments of one call.

    With `replaces` the arguments are all of them so far, not what is new.
    """

    key: int
    call_id: str = ""
    name: str = ""
    arguments: str = ""
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class MembersKept:
    """What a provider may ask back and nothing here reads: of the message, and of calls by id."""

    dialect: str
    message: Mapping[str, Any]
    calls: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that was possible at one place and its natural log probability."""

    text: str
    logprob: float


@dataclass(frozen=True, slots=True)
class WordScored:
    """How sure the model was of one token: its natural log probability and its likeliest rivals."""

    text: str
    logprob: float
    rivals: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceAdded:
    """A page the answer cites."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ImageAdded:
    """A picture the model made, as a data URL."""

    data_url: str


@dataclass(frozen=True, slots=True)
class UsageReported:
    """Token counts so far; a later one replaces an earlier one."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something the user should see about this reply; `code` is stable, `text` is a sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply ended: done, cut_off or refused; `finish_reason` is the dialect's word, plain."""

    state: MessageState
    finish_reason: str = ""


StreamEvent = (
    Started
    | TextAdded
    | TextReplaced
    | ReasoningAdded
    | ReasoningDetailAdded
    | ToolCallAdded
    | MembersKept
    | WordScored
    | SourceAdded
    | ImageAdded
    | UsageReported
    | Noticed
    | Finished
)
