"""The wire languages by name, and which of them a route is spoken to in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.core.conversations.events import Noticed
from app.core.errors import RefusedError
from app.core.models.model import Model
from app.core.models.provider import Request
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects import chat, messages, responses
from app.providers.dialects.body import Habits
from app.providers.dialects.chat_reader import ChatReader
from app.providers.dialects.messages_reader import MessagesReader
from app.providers.dialects.reader import Reader
from app.providers.dialects.responses_reader import ResponsesReader


class Preparation(Protocol):
    """Turns a request into a body and notices; RefusedError for what cannot be said."""

    def __call__(
        self, request: Request, profile: ProviderProfile, habits: Habits
    ) -> tuple[dict[str, Any], list[Noticed]]:
        """The body, and what was left out of it or added."""
        ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """A wire language: where it is spoken below the base URL, and how it is written and read.

    `blank` is a question that is refused before anything is billed, but after the key. `headers` go
    with every request, the list of models among them.
    """

    name: str
    title: str
    endpoint: str
    prepare: Preparation
    reader: type[Reader]
    blank: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


DIALECTS: Mapping[str, Dialect] = {
    "chat": Dialect(
        "chat", "Chat Completions", chat.ENDPOINT, chat.prepare, ChatReader, chat.BLANK
    ),
    "responses": Dialect(
        "responses",
        "Responses",
        responses.ENDPOINT,
        responses.prepare,
        ResponsesReader,
        responses.BLANK,
    ),
    "messages": Dialect(
        "messages",
        "Messages",
        messages.ENDPOINT,
        messages.prepare,
        MessagesReader,
        messages.BLANK,
        {"anthropic-version": messages.VERSION},
    ),
}


def dialect_for(profile: ProviderProfile, model: Model) -> Dialect:
    """The dialect to ask a model in: the profile's, if the model is not known to lack it.

    A model that is known to lack Chat Completions, the dialect of whoever chose none, is asked in
    the first it has. RefusedError when another dialect was chosen that it is known to lack.
    """
    chosen = DIALECTS[profile.dialect]
    offered = [name for name in model.dialects if name in DIALECTS]
    if "dialects" not in model.sources or profile.dialect in offered or not offered:
        return chosen
    if profile.dialect == "chat":
        return DIALECTS[offered[0]]
    titles = " and ".join(DIALECTS[name].title for name in offered)
    raise RefusedError(
        f"{profile.route_name(model.name)} cannot be asked in {chosen.title}, only in {titles}.",
        "Choose another dialect or model.",
        provider=profile.id,
    )
