"""What the program asks of any provider: a stream of events, a list of models, a check."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Message
from app.core.conversations.events import StreamEvent
from app.core.costs.usage import Usage
from app.core.models.account import Account
from app.core.models.host import Host
from app.core.models.model import Model
from app.core.models.parameter import ParameterValue
from app.core.models.tool import Tool

THIS_COMPUTER = "this_computer"
"""The provider whose models run on this computer, without network and key."""

PRACTICE = "practice"
"""The provider that answers in the program itself, without network and key."""

BUILT_IN = frozenset({PRACTICE, THIS_COMPUTER})
"""Providers that come with Facet: they can always be asked."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one model: the branch, the system text and the parameters that are set.

    `blobs` holds the bytes of the attachments in `messages`, by sha256. `tools` are the functions
    the model may ask for. `raw` is merged into the body last.
    """

    model: Model
    messages: Sequence[Message]
    system: str = ""
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    tools: Sequence[Tool] = ()

    def attachments(self) -> list[Attachment]:
        """Every file that goes with the request, in order."""
        return [found for message in self.messages for found in message.attachments]


class StepState(StrEnum):
    """How a step of a connection test went."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One named step of a connection test: address, TLS, key, model; `text` says what was found."""

    name: str
    state: StepState
    text: str = ""


class Provider(Protocol):
    """A service that answers.

    Streams must be consumed inside `contextlib.aclosing`: leaving `async for` alone does not close
    the connection.
    """

    id: str
    name: str

    def body(self, request: Request) -> dict[str, Any]:
        """Exactly what would be sent, without the key; RefusedError for what it cannot say."""
        ...

    def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """Sends the request and yields its events; the last is Finished. Raises ProviderError."""
        ...

    async def models(self) -> list[Model]:
        """The live list. Raises ProviderError."""
        ...

    async def hosts(self, model_id: str) -> list[Host]:
        """The hosts behind a model, none where nothing tells of them. Raises ProviderError."""
        ...

    async def account(self) -> Account | None:
        """The money behind the key, None where nothing tells. Raises ProviderError."""
        ...

    async def bill(self, generation_id: str) -> Usage | None:
        """What is on record of an answer: its tokens, and its price as `reported_cost`.

        None where nothing is recorded, or not yet. Raises ProviderError.
        """
        ...

    def check(self) -> AsyncGenerator[CheckStep, None]:
        """Tests the connection step by step; yields each step as running and again as it ended."""
        ...

    async def aclose(self) -> None:
        """Closes the connections."""
        ...
