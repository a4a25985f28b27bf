"""Asks the program's client a question of the simulator and keeps everything that comes back."""

import contextlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import Message, Role, TextPart
from app.core.conversations.events import Noticed
from app.core.costs.usage import Cost, cost_of
from app.core.errors import ProviderError
from app.core.identity import new_id
from app.core.models.provider import Request
from app.providers.catalogue.catalogue import Catalogue, custom_profile
from app.providers.client import Client
from app.providers.transport.http import Timeouts

OFFERINGS = (
    ("openrouter", "google/gemma-2-27b-it"),
    ("openrouter", "google/gemma-4-26b-a4b-it"),
    ("aimlapi", "google/gemma-2-27b-it"),
    ("aimlapi", "google/gemma-3-27b-it"),
    ("empiriolabs", "gemma-3-27b"),
)
GEMMA_4 = OFFERINGS[1]
PATIENT = Timeouts(connect=5, first_byte=10, idle=10, content=10)


@dataclass
class Outcome:
    """What a question led to: every event, their sum, and the error that ended it."""

    request: Request
    events: list = field(default_factory=list)
    sum: Accumulator = field(default_factory=Accumulator)
    error: ProviderError | None = None

    @property
    def text(self) -> str:
        return self.sum.text

    @property
    def notices(self) -> list[str]:
        return [event.code for event in self.events if isinstance(event, Noticed)]

    @property
    def cost(self) -> Cost:
        searches = 1 if self.request.parameters.get("web_search") else 0
        return cost_of(self.sum.usage, self.request.model.price, searches=searches)


def said(role, text, sequence=1, **more):
    """A message of a branch."""
    return Message(
        new_id(), "c1", None, role, (TextPart(text),), sequence, datetime.now(UTC), **more
    )


def profile_at(sim, provider):
    """The bundled profile pointed at the simulator; the user's own address for local servers."""
    if provider in ("openrouter", "aimlapi", "empiriolabs"):
        return replace(Catalogue.bundled().profile(provider), base_url=sim.base_url(provider))
    return custom_profile(sim.base_url(provider))


def client_at(sim, provider, *, key="", timeouts=PATIENT, **more):
    """A client with a good key, or the one that is given (None for none)."""
    server = sim.providers[provider]
    if key == "":
        key = server.good_key() if server.needs_key else None
    return Client(profile_at(sim, provider), key=key, timeouts=timeouts, **more)


def question(provider, model, text="Hi", *, system="", parameters=None, messages=None):
    """One question to one offering."""
    return Request(
        Catalogue.bundled().model(provider, model),
        messages or [said(Role.USER, text)],
        system=system,
        parameters=parameters or {},
    )


async def ask(client, request, *, after=None):
    """Sends a request and takes in its events; `after` is called with each of them."""
    outcome = Outcome(request)
    try:
        async with contextlib.aclosing(client.stream(request)) as events:
            async for event in events:
                outcome.events.append(event)
                outcome.sum.add(event)
                if after is not None:
                    await after(event)
    except ProviderError as error:
        outcome.error = error
    return outcome
