"""One answer on its way: from the reply's bytes to events, with an honest end."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

import httpx

from app.core.conversations.events import Noticed, StreamEvent
from app.core.errors import ProtocolError, ProviderError
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects.reader import Reader
from app.providers.errors.error_body import error_body_in, tells_failure
from app.providers.errors.error_reply import ErrorReader
from app.providers.errors.http_errors import HTTP_FAILURES, translated
from app.providers.errors.web_pages import is_page
from app.providers.reply import (
    ERROR_LIMIT,
    WHOLE_LIMIT,
    error_of,
    media_type_of,
    parsed,
    sent,
)
from app.providers.transport.coalescing import coalesced
from app.providers.transport.delivery import Delivery
from app.providers.transport.event_stream import STRAY, EventSplitter, ServerEvent
from app.providers.transport.event_template import EventTemplate
from app.providers.transport.http import Timeouts, capped
from app.providers.transport.json_text import DamagedError, read_json, table

MAX_EVENTS = 2_000_000
"""Events of one reply; the longest answers have a tenth of this."""
_MARKER = "[DONE]"
_NO_MARKER = Noticed("no_end_marker", "No end marker was received: the answer may not be whole.")
_STREAM_START = re.compile(rb"[ \t\r\n\xef\xbb\xbf]*(?::|data|event|id|retry|\Z)")
_CAUSE = re.compile(r"^(\w*error|\w*exception|\w*fail\w*|fatal|panic)$")
_SPACE = b" \t\r\n\xef\xbb\xbf"


class Answer:
    """Reads the reply to one question. Every way it can end is Finished or a ProviderError."""

    def __init__(
        self,
        profile: ProviderProfile,
        failures: ErrorReader,
        timeouts: Timeouts,
        reader: Reader,
        *,
        key: str | None,
    ) -> None:
        self._profile = profile
        self._failures = failures
        self._timeouts = timeouts
        self._key = key
        self._reader = reader
        self._template = EventTemplate()
        self._has_marker = False
        self._count = 0

    async def opened(self, http: httpx.AsyncClient, message: httpx.Request) -> httpx.Response:
        """The reply, its head read. Raises ProviderError."""
        try:
            return await sent(http, message, self._profile, self._timeouts)
        except HTTP_FAILURES as error:
            raise translated(error, self._profile, self._key) from error

    async def events(
        self, response: httpx.Response, sent_at: float
    ) -> AsyncGenerator[StreamEvent, None]:
        """The events of a reply. The caller closes the response."""
        delivery = Delivery(response, self._timeouts, self._profile, sent_at)
        try:
            error = await error_of(response, delivery, self._profile, self._failures)
            if error is not None:
                raise error
            async with aclosing(self._read_all(response, delivery)) as events:
                async for event in events:
                    yield event
            for event in self._ending():
                yield event
            if self._has_marker or self._reader.is_over:
                await self._drain(delivery)
        finally:
            await delivery.aclose()

    async def _read_all(
        self, response: httpx.Response, delivery: Delivery
    ) -> AsyncGenerator[StreamEvent, None]:
        """Everything but the end; an error comes after what had arrived."""
        headers = response.headers
        generation = headers.get(self._profile.generation_header, "")
        for event in self._reader.head(generation, headers):
            yield event
        try:
            head = await self._head(delivery)
            media_type = media_type_of(response)
            is_json = head.lstrip(_SPACE)[:1] in (b"{", b"[")
            if is_json or is_page(media_type, head[:4096].decode("utf-8", "replace")):
                for event in await self._whole(head, delivery, response):
                    yield event
                return
            async with aclosing(self._streamed(head, delivery)) as events:
                async for event in events:
                    yield event
            reader = self._reader
            if not self._count and reader.failure is None and not _STREAM_START.match(head):
                reader.strays.clear()
                raise self._failures.unreadable(head[:4000].decode("utf-8", "replace"))
            if not self._is_over and not reader.is_complete and reader.has_content:
                yield _NO_MARKER
        except HTTP_FAILURES as error:
            for event in self._broken(error):
                yield event
        except ProviderError:
            for event in self._reader.rest():
                yield event
            raise

    async def _head(self, delivery: Delivery) -> bytes:
        """The first bytes, up to one that is not blank."""
        head = b""
        async for chunk in delivery:
            head += chunk
            if head.lstrip(_SPACE) or len(head) > ERROR_LIMIT:
                break
        return head

    async def _streamed(self, head: bytes, delivery: Delivery) -> AsyncGenerator[StreamEvent, None]:
        splitter = EventSplitter()
        for event in coalesced(self._read(splitter.feed(head), delivery)):
            yield event
        if self._is_over:
            return
        async for chunk in delivery:
            for event in coalesced(self._read(splitter.feed(chunk), delivery)):
                yield event
            if self._is_over:
                return
        for event in self._read(splitter.flush(), delivery, is_last=True):
            yield event

    @property
    def _is_over(self) -> bool:
        reader = self._reader
        return self._has_marker or reader.is_over or reader.failure is not None

    def _read(
        self, server_events: list[ServerEvent], delivery: Delivery, *, is_last: bool = False
    ) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        reader = self._reader
        is_news = False
        for name, data in server_events:
            word = self._template.text_of(name, data)
            if word is not None:
                is_news = True
                reader.say(word, events)
                if reader.failure is not None:
                    break
                continue
            if name == STRAY:
                events += self._stray(data)
                if reader.failure is not None or self._has_marker:
                    break
                continue
            if data.strip() == _MARKER:
                self._has_marker = True
                break
            if not data.strip():
                if name == "error":
                    reader.failure = self._failures.of_body(data)
                    break
                continue
            try:
                piece = read_json(data)
            except DamagedError:
                if name == "error":
                    reader.failure = self._failures.of_body(data)
                    break
                if data.lstrip()[:1] not in ("{", "[", '"'):
                    reader.strays.append(self._failures.words(data))
                elif not is_last:
                    reader.damaged += 1
                continue
            fields = table(piece)
            is_answer = "error" in fields or bool(fields.get("choices"))
            if name == "error" and not is_answer:
                reader.failure = self._failures.of_body(piece)
                break
            is_news = is_news or fields.get("type") != "ping"
            events += reader.feed(piece, name)
            if (only := reader.lone_text(fields)) is not None:
                self._template.learn(name, data, *only)
            if reader.failure is not None or reader.is_over:
                break
        if server_events:
            self._count += sum(name != STRAY for name, _ in server_events)
            if self._count > MAX_EVENTS:
                reader.failure = self._failures.too_much()
            if is_news:
                delivery.progressed()
            if reader.is_complete:
                delivery.end_within(self._timeouts.after_finish)
        return events

    def _stray(self, line: str) -> list[StreamEvent]:
        """A line of a stream that is no event: an error, a piece of the answer, or news."""
        line = line.lstrip("\ufeff")
        field, _, said = line.partition(":")
        field = field.strip().lower()
        reader = self._reader
        if field == "data" and said.strip() == _MARKER:
            self._has_marker = True
            return []
        for text in (line, said):
            try:
                piece = read_json(text.strip())
            except DamagedError:
                continue
            if type(piece) not in (dict, list):
                continue
            if tells_failure(piece) or (_CAUSE.search(field) and text is said):
                reader.failure = self._failures.of_body(piece)
                return []
            if text is line or field == "data":
                return reader.feed(piece)
            break
        if _CAUSE.search(field) and said.strip():
            reader.failure = self._failures.of_body(said.strip())
        else:
            reader.strays.append(self._failures.words(line))
        return []

    async def _whole(
        self, head: bytes, delivery: Delivery, response: httpx.Response
    ) -> list[StreamEvent]:
        rest, is_more = await capped(delivery, max(WHOLE_LIMIT - len(head), 0))
        if is_more or len(head) > WHOLE_LIMIT:
            raise self._failures.too_much()
        media_type = media_type_of(response)
        try:
            body = parsed(head + rest, media_type, response.status_code, self._failures)
        except ProtocolError:
            events = self._in_lines(head + rest, delivery)
            if not events and self._reader.failure is None:
                raise
            return events
        self._has_marker = True
        events = self._reader.whole(body)
        reader = self._reader
        if reader.failure is None and not reader.has_content:
            if tells_failure(body) or (not reader.is_complete and error_body_in(body).message):
                reader.failure = self._failures.of_body(body)
            elif not reader.is_complete:
                reader.failure = self._failures.unreadable(str(body)[:4000])
        return events

    def _in_lines(self, data: bytes, delivery: Delivery) -> list[StreamEvent]:
        """The events of a body that has a piece in each line; none where it is nothing."""
        splitter = EventSplitter()
        events = self._read([*splitter.feed(data), *splitter.flush()], delivery)
        if not self._reader.has_content:
            self._reader.strays.clear()
            events = []
        return events

    def _broken(self, error: BaseException) -> list[StreamEvent]:
        """A connection lost: nothing is wrong after the end; after some text the answer is cut."""
        reader = self._reader
        if reader.is_complete or self._has_marker:
            return []
        if not reader.has_content:
            raise translated(error, self._profile, self._key) from error
        return [Noticed("connection_lost", "The connection broke before the end of the answer.")]

    def _ending(self) -> Iterator[StreamEvent]:
        failure = self._reader.failure
        if failure is None:
            strays = "; ".join(self._reader.strays)
            try:
                yield from self._reader.finish(has_marker=self._has_marker)
                return
            except ProviderError as error:
                failure = self._failures.of_body(strays) if strays else error
        yield from self._reader.rest()
        raise failure

    async def _drain(self, delivery: Delivery) -> None:
        """Reads on for a moment after the end marker: the connection can then be used again."""
        delivery.end_within(self._timeouts.after_marker)
        try:
            async for _ in delivery:
                pass
        except (*HTTP_FAILURES, ProviderError):
            # The answer is complete: whatever breaks now breaks nothing.
            return
