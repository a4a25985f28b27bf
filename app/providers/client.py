"""A provider over HTTP: one question, a stream of events; the list of models; a connection test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any, TypeVar

import httpx

from app.core.conversations.events import Noticed, Started, StreamEvent, UsageReported
from app.core.costs.usage import Usage
from app.core.errors import AuthenticationError, ProtocolError, ProviderError, SettingError
from app.core.models.account import Account
from app.core.models.host import Host
from app.core.models.model import Model
from app.core.models.provider import CheckStep, Request
from app.providers.account.account import account_of
from app.providers.account.bill import bill_of, bill_path
from app.providers.account.connection_test import ConnectionTest
from app.providers.answer import Answer
from app.providers.catalogue.hosts import hosts_path, read_hosts
from app.providers.catalogue.live_models import read_models
from app.providers.catalogue.local_servers import PROGRAMS, with_facts
from app.providers.catalogue.ollama import MOST, with_shown
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects.body import Habits
from app.providers.dialects.dialect import DIALECTS, Dialect, dialect_for
from app.providers.dialects.earlier_files import with_fitting_files
from app.providers.errors.error_body import tells_failure
from app.providers.errors.error_reply import ErrorReader
from app.providers.errors.http_errors import HTTP_FAILURES, translated
from app.providers.errors.lessons import lesson
from app.providers.reply import fetch_json
from app.providers.transport.heavy_body import HEAVY, encoded, in_pieces
from app.providers.transport.http import Timeouts, open_client
from app.providers.transport.json_text import positive

T = TypeVar("T")

_STREAM_HEADERS = {
    "Accept": "text/event-stream, application/json",
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
}

_LIST_PATIENCE = 30.0
"""Seconds to the first byte of a list: no model has to wake up for it."""


class Client:
    """`core.provider.Provider` for a profile. Opens no connection before it is needed.

    `transport` replaces the network (tests, Practice). `attribution` sends the headers that name
    this program. `habits` is what routes were found to refuse, by model id; more is added to it.
    """

    def __init__(
        self,
        profile: ProviderProfile,
        *,
        key: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        timeouts: Timeouts | None = None,
        attribution: bool = False,
        habits: dict[str, Habits] | None = None,
    ) -> None:
        self.profile = profile
        self.id = profile.id
        self.name = profile.name
        self._key = key.strip() if key and key.strip() else None
        self._transport = transport
        self._timeouts = timeouts or Timeouts.fitting(profile)
        own = DIALECTS[profile.dialect].headers
        named = profile.attribution if attribution else {}
        self._headers = {**own, **profile.headers, **named}
        self._http: httpx.AsyncClient | None = None
        self._habits = {} if habits is None else habits

    def __repr__(self) -> str:
        return f"Client({self.id})"

    def body(self, request: Request) -> dict[str, Any]:
        """Exactly what would be sent, without the key. RefusedError for what cannot be said."""
        dialect = dialect_for(self.profile, request.model)
        request = with_fitting_files(request)[0]
        habits = self._habits_of(request)
        return habits.applied(dialect.prepare(request, self.profile, habits)[0])

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """Sends the request and yields its events, Finished last. Raises ProviderError.

        Repeated by itself only when the route refuses a role, `stream_options`, replayed thoughts
        or the name of a field before any content came: once each, with a notice, and remembered.
        """
        if self.profile.needs_key and self._key is None:
            raise AuthenticationError(
                f"There is no key for {self.name}.",
                "Add one in Settings, Providers.",
                provider=self.id,
            )
        dialect = dialect_for(self.profile, request.model)
        request, left_out = with_fitting_files(request)
        for notice in left_out:
            yield notice
        while True:
            habits = self._habits_of(request)
            body, notices = await self._beside(
                request, dialect.prepare, request, self.profile, habits
            )
            body = habits.applied(body)
            has_content = False
            try:
                async with aclosing(self._attempt(dialect, request, body)) as events:
                    for notice in notices:
                        yield notice
                    async for event in events:
                        if not has_content and type(event) not in (Started, UsageReported, Noticed):
                            has_content = True
                        yield event
                return
            except ProviderError as error:
                error.provider = error.provider or self.id
                learnt = None if has_content else lesson(error, habits, body)
                if learnt is None:
                    raise
                self._habits[request.model.id], notice = learnt
                yield notice

    async def models(self) -> list[Model]:
        """The live list, and nothing but what it says. Raises ProviderError."""
        body = await self._fetch(self.profile.models_path)
        # Hundreds of entries are too many to read between two pictures of the window.
        try:
            found = await asyncio.to_thread(read_models, body, self.profile)
        except ProtocolError as error:
            if tells_failure(body):
                raise self._failures().of_body(body) from error
            raise
        if not found and tells_failure(body):
            raise self._failures().of_body(body)
        return await self._local(found) if self.profile.is_local else found

    async def hosts(self, model_id: str) -> list[Host]:
        """The hosts behind a model, none where nothing tells of them. Raises ProviderError."""
        if not self.profile.routes_path:
            return []
        return read_hosts(await self._fetch(hosts_path(self.profile.routes_path, model_id)))

    async def _local(self, models: list[Model]) -> list[Model]:
        """The models with what their server tells of them on pages of its own."""
        for program in PROGRAMS:
            try:
                facts = program.read(await self._fetch(program.path))
            except ProviderError:
                # Another program: it has no such page.
                continue
            if facts is not None:
                models = with_facts(models, facts)
                return await self._shown(models, program.show_path)
        return models

    async def _shown(self, models: list[Model], path: str) -> list[Model]:
        if not path:
            return models
        found = []
        for model in models[:MOST]:
            try:
                body = await self._fetch(path, {"model": model.id})
            except ProviderError:
                # An old Ollama, or a model that was just removed: the list alone must do.
                return models
            found.append(with_shown(model, body))
        return [*found, *models[MOST:]]

    async def account(self) -> Account | None:
        """What is behind the key, None where the provider does not tell. Raises ProviderError."""
        if not self.profile.account_path or self._key is None:
            return None
        try:
            return account_of(
                await self._fetch(self.profile.account_path), self.profile.account_fields
            )
        except ProviderError as error:
            if error.status in (403, 404):
                return None
            raise

    async def bill(self, generation_id: str) -> Usage | None:
        """What is on record of an answer, None where nothing is. Raises ProviderError."""
        if not self.profile.generation_path or not generation_id:
            return None
        try:
            path = bill_path(self.profile.generation_path, generation_id)
            return bill_of(await self._fetch(path), self.profile.generation_fields)
        except ProviderError as error:
            if error.status == 404:
                return None
            raise

    async def check(self, model_id: str = "") -> AsyncGenerator[CheckStep, None]:
        """Tests address, TLS, key and model; yields each step as running and again as it ended."""
        test = ConnectionTest(self.profile, self._key, self._client, self._failures(model_id))
        async with aclosing(test.steps(model_id, self._timeouts)) as steps:
            async for step in steps:
                yield step

    async def aclose(self) -> None:
        """Closes the connections; the next request opens new ones."""
        client, self._http = self._http, None
        if client is not None:
            await client.aclose()

    async def _attempt(
        self, dialect: Dialect, request: Request, body: dict[str, Any]
    ) -> AsyncGenerator[StreamEvent, None]:
        failures = self._failures(request.model.id)
        sent_at = asyncio.get_running_loop().time()
        searched = bool(self.profile.web_search_name and body.get(self.profile.web_search_name))
        reader = dialect.reader(self.profile.cost_from, failures, searches=1 if searched else None)
        reader.limit = positive(body.get("max_output_tokens"))
        answer = Answer(
            self.profile,
            failures,
            self._timeouts,
            reader,
            key=self._key,
        )
        http = self._client()
        content = await self._beside(request, encoded, body)
        headers = {**dialect.headers, **self._headers, **_STREAM_HEADERS}
        message = http.build_request(
            "POST",
            self.profile.base_url + dialect.endpoint,
            content=content if len(content) < HEAVY else in_pieces(content),
            headers={**headers, "Content-Length": str(len(content))},
        )
        response = await answer.opened(http, message)
        try:
            async with aclosing(answer.events(response, sent_at)) as events:
                async for event in events:
                    yield event
        finally:
            await response.aclose()

    @staticmethod
    async def _beside(request: Request, work: Callable[..., T], *arguments: Any) -> T:
        """What work gives; done in a thread where the request carries heavy files."""
        if sum(map(len, request.blobs.values())) < HEAVY:
            return work(*arguments)
        return await asyncio.to_thread(work, *arguments)

    async def _fetch(self, path: str, question: Mapping[str, Any] | None = None) -> Any:
        patience = min(self._timeouts.first_byte, _LIST_PATIENCE)
        timeouts = replace(self._timeouts, first_byte=patience)
        try:
            return await fetch_json(
                self._client(),
                self.profile,
                path,
                self._failures(),
                timeouts,
                self._headers,
                question,
            )
        except HTTP_FAILURES as error:
            raise translated(error, self.profile, self._key) from error

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            try:
                self._http = open_client(self.profile, self._key, self._timeouts, self._transport)
            except SettingError as error:
                raise AuthenticationError(error.message, error.hint, provider=self.id) from error
        return self._http

    def _failures(self, model_id: str = "") -> ErrorReader:
        return ErrorReader(self.profile, model_id, self._key)

    def _habits_of(self, request: Request) -> Habits:
        return self._habits.get(request.model.id, Habits())
