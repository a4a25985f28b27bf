"""Writes answers: runs a request, tells what arrives, journals it, and stores how it ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.continuation import Continuation, joined
from app.core.conversations.conversation import (
    AttachmentPart,
    Fault,
    Message,
    MessageState,
    Provenance,
    ShapeCheck,
    TextPart,
    Timing,
)
from app.core.conversations.events import (
    Noticed,
    ReasoningAdded,
    StreamEvent,
    TextAdded,
    TextReplaced,
    WordScored,
)
from app.core.costs.usage import UNKNOWN_COST, cost_of
from app.core.errors import (
    AppError,
    ProviderError,
    QuotaError,
    RefusedError,
    StorageError,
    UnavailableError,
)
from app.core.models.provider import Provider, Request
from app.providers.parameters.answer_shape import check_answer, schema_of
from app.services.conversations.unsaved import Unsaved
from app.services.generation.generated_pictures import MadePictures, Taken
from app.services.generation.thinking_time import Thinking
from app.services.notices import NoticeService
from app.services.tasks import TaskScope
from app.storage.conversations.journal import Journal

JOURNAL_SECONDS = 0.2
"""How often a running answer is written down; at most that much of it can be lost."""


@dataclass
class _Run:
    """One answer being written; `prefix` is the text of a cut-off answer it continues."""

    message: Message
    request: Request
    client: Callable[[], Any]
    preset: str
    prefix: str
    searches: int
    began: float = field(default_factory=time.monotonic)
    first: float | None = None
    thinking: Thinking = field(default_factory=Thinking)
    accumulator: Accumulator = field(default_factory=Accumulator)
    pending_text: list[str] = field(default_factory=list)
    pending_reasoning: list[str] = field(default_factory=list)
    sent: Mapping[str, Any] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None
    result: Message | None = None
    error: AppError | None = None
    is_begun: bool = False
    shape: ShapeCheck | None = None
    taken: Taken = field(default_factory=Taken)
    continuation: Continuation = field(init=False)

    def __post_init__(self) -> None:
        self.continuation = Continuation(self.prefix)


class GenerationService(QObject):
    """Owns the running answers, at most one a conversation.

    Signals carry the answer's message id. `ended` comes exactly once, after the answer is stored
    (or kept in memory when it cannot be); `finished(Message)` carries the stored state just before
    it.
    """

    started = Signal(str)
    text_added = Signal(str, str)
    text_replaced = Signal(str, str)
    reasoning_added = Signal(str, str)
    noticed = Signal(str, str, str)
    word_scored = Signal(str, object)
    finished = Signal(object)
    ended = Signal(str)

    def __init__(
        self,
        journal: Journal,
        scope: TaskScope,
        notices: NoticeService,
        pictures: MadePictures,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._journal = journal
        self._pictures = pictures
        self._scope = scope
        self._loop = asyncio.get_running_loop()
        self._runs: dict[str, _Run] = {}
        self._last: dict[str, _Run] = {}
        self.unsaved = Unsaved(journal, scope, notices)

    def start(
        self,
        message: Message,
        request: Request,
        client: Callable[[], Any],
        *,
        preset: str = "",
        prefix: str = "",
        searches: int = 0,
    ) -> None:
        """Writes the answer `message` (state writing) by asking `request` of `await client()`."""
        run = _Run(message, request, client, preset, prefix, searches)
        self._runs[message.conversation_id] = run
        self._scope.start(
            f"answer {message.conversation_id}",
            lambda: self._write(run),
            ended=lambda: self._on_ended(run),
        )

    def stop(self, conversation_id: str) -> None:
        """Stops the running answer; what arrived is kept."""
        self._scope.cancel(f"answer {conversation_id}")

    def is_running(self, conversation_id: str) -> bool:
        """Whether an answer is being written in this conversation."""
        return conversation_id in self._runs

    @property
    def is_idle(self) -> bool:
        """Whether no answer is being written anywhere."""
        return not self._runs

    def running_message(self, conversation_id: str) -> str | None:
        """The id of the answer being written in this conversation, or None."""
        run = self._runs.get(conversation_id)
        return run.message.id if run else None

    def current(self, conversation_id: str) -> Message | None:
        """The answer being written as far as it has come, or None."""
        run = self._runs.get(conversation_id)
        return replace(run.message, parts=self._parts(run)) if run else None

    def sent(self, conversation_id: str) -> Mapping[str, Any]:
        """The body last sent in this conversation, as it went out, without the key."""
        run = self._runs.get(conversation_id) or self._last.get(conversation_id)
        return run.sent if run else {}

    async def close(self) -> None:
        """Stops every answer and stores what arrived."""
        await self._scope.close()

    async def _write(self, run: _Run) -> None:
        state = MessageState.FAILED
        try:
            run.is_begun = True
            await asyncio.wrap_future(self._journal.begin(run.message))
            self.started.emit(run.message.id)
            provider: Provider = await run.client()
            run.sent = await self._body(provider, run.request)
            run.began = time.monotonic()
            async with aclosing(provider.stream(run.request)) as events:
                async for event in events:
                    self._take(run, event)
            state = run.accumulator.state
        except asyncio.CancelledError:
            is_whole = run.accumulator.finished is not None
            state = run.accumulator.state if is_whole else MessageState.STOPPED
            raise
        except AppError as error:
            run.error = error
        finally:
            await self._scope.finish(self._store(run, state))

    @staticmethod
    async def _body(provider: Provider, request: Request) -> Mapping[str, Any]:
        if not request.blobs:
            return provider.body(request)
        return await asyncio.to_thread(provider.body, request)

    async def _checked(self, run: _Run, state: MessageState) -> ShapeCheck | None:
        """Whether an answer that is done has the shape it was asked to have."""
        request = run.request
        wanted = request.raw.get("response_format", request.parameters.get("response_format"))
        schema = schema_of(wanted)
        text = run.prefix + run.accumulator.text
        if schema is None or state is not MessageState.DONE or not text.strip():
            return None
        return await asyncio.to_thread(check_answer, text, schema)

    def _take(self, run: _Run, event: StreamEvent) -> None:
        run.accumulator.add(event)
        message_id = run.message.id
        match event:
            case TextAdded(text):
                self._note_first(run)
                run.thinking.note_text()
                self._add(run, run.continuation.feed(text))
            case ReasoningAdded(text):
                self._note_first(run)
                run.thinking.note_thought()
                run.pending_reasoning.append(text)
                self.reasoning_added.emit(message_id, text)
                self._schedule(run)
            case TextReplaced(text):
                run.pending_text.clear()
                run.continuation = Continuation("")
                whole = joined(run.prefix, text)
                snapshot = self._journal.replace_text(message_id, whole[len(run.prefix) :])
                self.unsaved.watch(message_id, snapshot)
                self.text_replaced.emit(message_id, whole)
            case Noticed(code, text):
                self.noticed.emit(message_id, code, text)
            case WordScored():
                self.word_scored.emit(message_id, event)

    def _add(self, run: _Run, text: str) -> None:
        """Shows and journals what is new of an answer."""
        if text:
            run.pending_text.append(text)
            self.text_added.emit(run.message.id, text)
            self._schedule(run)

    def _note_first(self, run: _Run) -> None:
        if run.first is None:
            run.first = time.monotonic() - run.began

    def _schedule(self, run: _Run) -> None:
        if run.timer is None:
            run.timer = self._loop.call_later(JOURNAL_SECONDS, self._write_down, run)

    def _write_down(self, run: _Run) -> None:
        run.timer = None
        text, reasoning = "".join(run.pending_text), "".join(run.pending_reasoning)
        run.pending_text.clear()
        run.pending_reasoning.clear()
        if text or reasoning:
            piece = self._journal.append(run.message.id, text=text, reasoning=reasoning)
            self.unsaved.watch(run.message.id, piece)

    async def _store(self, run: _Run, state: MessageState) -> None:
        if run.timer is not None:
            run.timer.cancel()
            run.timer = None
        run.shape = await self._checked(run, state)
        run.taken = await self._pictures.take_in(run.accumulator.images)
        for notice in run.taken.notices:
            self._take(run, notice)
        run.result = self._result(run, state)
        try:
            await asyncio.wrap_future(self._journal.fold(run.result))
        except StorageError as error:
            self.unsaved.keep(run.result, error)

    def _result(self, run: _Run, state: MessageState) -> Message:
        told = run.accumulator
        model = run.request.model
        failure = run.error
        if failure is None and state is MessageState.FAILED:
            failure = AppError(
                "Facet itself failed while this answer was written.",
                "What arrived is kept. Try again.",
            )
        provenance = Provenance(
            provider_id=model.provider_id,
            model_id=model.id,
            model_name=model.name,
            provider_name=run.message.provenance.provider_name if run.message.provenance else "",
            answered_by=told.started.model,
            upstream=told.started.upstream,
            generation_id=told.started.generation_id,
            finish_reason=told.finished.finish_reason if told.finished else "",
            preset=run.preset,
            parameters=dict(run.request.parameters),
            usage=told.usage,
            cost=cost_of(told.usage, model.price, searches=run.searches)
            if state is not MessageState.FAILED or told.has_arrived
            else UNKNOWN_COST,
            timing=Timing(run.first, time.monotonic() - run.began, run.thinking.seconds),
            notices=tuple(notice.text for notice in told.notices),
            fault=fault_of(failure) if failure else None,
            request=summary_of(run.sent),
            shape=run.shape,
            confidence=told.confidence,
        )
        return replace(run.message, parts=self._parts(run), state=state, provenance=provenance)

    def _parts(self, run: _Run) -> tuple[Any, ...]:
        parts = run.accumulator.parts
        parts += tuple(AttachmentPart(picture) for picture in run.taken.pictures)
        if not run.prefix:
            return parts
        text = TextPart(joined(run.prefix, run.accumulator.text))
        return (*(part for part in parts if not isinstance(part, TextPart)), text)

    def _on_ended(self, run: _Run) -> None:
        if run.result is None:
            state = MessageState.FAILED if run.is_begun else MessageState.STOPPED
            run.result = result = self._result(run, state)
            if run.is_begun:
                self._scope.watch(
                    self._journal.fold(result),
                    failed=lambda error: self.unsaved.keep(result, error),
                )
        conversation_id = run.message.conversation_id
        if self._runs.get(conversation_id) is run:
            del self._runs[conversation_id]
        self._last[conversation_id] = run
        self.finished.emit(run.result)
        self.ended.emit(run.message.id)


def fault_of(error: AppError) -> Fault:
    """An error as it is kept with a message."""
    waits = isinstance(error, QuotaError | UnavailableError)
    return Fault(
        kind=type(error).__name__,
        message=error.message,
        hint=error.hint,
        details=error.details if isinstance(error, ProviderError) else "",
        status=error.status if isinstance(error, ProviderError) else None,
        retry_after=error.retry_after if waits else None,  # type: ignore[attr-defined]
        is_retryable=isinstance(error, ProviderError) and error.is_retryable,
        parameter=error.parameter if isinstance(error, RefusedError) else "",
    )


def summary_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, with the earlier messages counted instead of repeated in every answer."""
    summary = dict(body)
    for name in ("messages", "input"):
        turns = body.get(name)
        if isinstance(turns, list):
            said = [turn.get("content", "") for turn in turns if isinstance(turn, Mapping)]
            summary[name] = {"count": len(turns), "characters": sum(len(str(t)) for t in said)}
    return summary
