"""One turn: a question stored first, then the answer to it; and the ways to ask again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Message,
    MessageState,
    Part,
    Provenance,
    Role,
    TextPart,
    ToolResultPart,
    title_from,
)
from app.core.conversations.message_tree import MessageTree
from app.core.errors import AppError
from app.core.identity import new_id
from app.core.models.parameter import ParameterValue
from app.core.models.provider import Request
from app.core.models.tool import DECLINED, TOOLS
from app.providers.parameters.routing import ROUTING
from app.services.generation.generation import GenerationService
from app.services.generation.request_files import Sending
from app.services.generation.tools import ToolService
from app.services.models.models import ModelService
from app.services.tasks import TaskScope
from app.storage.conversations.conversations import ConversationRepository

CONTINUE = "Continue exactly where you stopped. Do not repeat anything and do not comment."
"""The turn that asks for the rest of a cut-off answer, where an answer at the end of a branch is
not simply gone on with (`takes_prefill`); sent, never stored."""

RAW = "raw"
"""The parameter that holds the user's own JSON, merged into the body last."""


class Turns(QObject):
    """Asks; `message_stored` carries a conversation as it was when it asked, and the message.

    A conversation is a value with the choices a question is asked with. Its messages may be others
    by the time a file is read or a write is done: their tree is looked up by `tree_of(id)` whenever
    it is needed, and never held.

    `asked` carries the id of an answer about to be written and the Request for it.
    `unsent` carries the conversation's id, text and files of a question that could not be stored;
    `unasked` the id and the error when no answer was begun, for that or another reason; `stopped`
    the id where the user wanted none. `previewed` carries the id and the body that a question would
    send, without the key, or the AppError that says why there is none.
    """

    message_stored = Signal(object, object)
    asked = Signal(str, object)
    unsent = Signal(str, str, object)
    unasked = Signal(str, object)
    stopped = Signal(str)
    previewed = Signal(str, object)

    def __init__(
        self,
        repository: ConversationRepository,
        tree_of: Callable[[str], MessageTree],
        sending: Sending,
        generation: GenerationService,
        models: ModelService,
        tools: ToolService,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._repository = repository
        self._tree_of = tree_of
        self._sending = sending
        self._generation = generation
        self._models = models
        self._tools = tools
        self._scope = scope
        self._storing: set[str] = set()

    def stop(self, conversation_id: str) -> None:
        """Lets a question that is on its way be stored, and has no answer begun to it."""
        self._scope.cancel(f"ask {conversation_id}")

    def is_asking(self, conversation_id: str) -> bool:
        """Whether a question is on its way here: not stored yet, or its answer not begun."""
        is_stored = conversation_id not in self._storing
        return not is_stored or self._scope.is_running(f"ask {conversation_id}")

    def send(
        self,
        conversation: Conversation,
        text: str,
        attachments: Sequence[Attachment],
        preset: str,
    ) -> None:
        """Stores a question at the end of the branch and has it answered."""
        parts: list[Part] = [AttachmentPart(attachment) for attachment in attachments]
        if text:
            parts.append(TextPart(text))
        self._ask(conversation, conversation.leaf_id, tuple(parts), preset)

    def edit(
        self,
        conversation: Conversation,
        message_id: str,
        text: str,
        attachments: Sequence[Attachment],
        preset: str,
    ) -> None:
        """Stores a changed question beside the earlier one, and has it answered."""
        earlier = self._tree_of(conversation.id).message(message_id)
        files = [AttachmentPart(file) for file in attachments]
        self._ask(conversation, earlier.parent_id, (*files, TextPart(text)), preset)

    def retry(self, conversation: Conversation, message_id: str, preset: str) -> None:
        """Has the question above an answer, or a question itself, answered once more."""
        message = self._tree_of(conversation.id).message(message_id)
        question = message_id if message.role is Role.USER else message.parent_id
        if question is not None:
            self._start(conversation.id, lambda: self._answer(conversation, question, preset))

    def continue_answer(self, conversation: Conversation, message_id: str, preset: str) -> None:
        """Asks for the rest of an answer; with nothing to continue it is asked anew."""
        partial = self._tree_of(conversation.id).message(message_id)
        if not partial.text.strip() or partial.parent_id is None:
            self.retry(conversation, message_id, preset)
            return
        extra = [partial]
        if not self._models.profile(conversation.provider_id).takes_prefill:
            parts = (TextPart(CONTINUE),)
            extra.append(
                replace(partial, id=new_id(), parent_id=partial.id, role=Role.USER, parts=parts)
            )
        question, text = partial.parent_id, partial.text
        self._start(
            conversation.id,
            lambda: self._answer(conversation, question, preset, prefix=text, extra=extra),
        )

    def answer_calls(
        self,
        conversation: Conversation,
        message_id: str,
        texts: Mapping[str, str],
        preset: str,
    ) -> None:
        """Stores a result for each call of an answer, by call id, and has the model go on.

        A call without a text is declined.
        """
        results = tuple(
            ToolResultPart(call.call_id, texts.get(call.call_id, DECLINED))
            for call in self._tree_of(conversation.id).message(message_id).calls
        )
        self._ask(conversation, message_id, results, preset, role=Role.TOOL)

    def preview(self, conversation: Conversation, text: str) -> None:
        """Has `previewed` tell what a question would send now; a newer one takes its place."""
        branch = self._tree_of(conversation.id).branch_to(conversation.leaf_id)
        question = self._message(conversation, conversation.leaf_id, Role.USER, ())
        messages = [*branch, replace(question, parts=(TextPart(text or "…"),))]

        async def look() -> None:
            try:
                sent = await self._sending.prepared(messages)
                request = self._request(conversation, sent.messages, sent.blobs)
                body: Mapping[str, Any] | AppError = await self._models.body(request)
            except AppError as error:
                body = error
            self.previewed.emit(conversation.id, body)

        self._scope.start("preview", look, owner=conversation.id)

    def _ask(
        self,
        conversation: Conversation,
        parent_id: str | None,
        parts: tuple[Part, ...],
        preset: str,
        *,
        role: Role = Role.USER,
    ) -> None:
        message = self._message(conversation, parent_id, role, parts)
        now = datetime.now(UTC)
        asked = replace(
            conversation,
            title=conversation.title or title_from(message.text or _names(message)),
            updated_at=now,
            leaf_id=message.id,
        )
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def on_stored(_: None) -> None:
            self._storing.discard(conversation.id)
            self.message_stored.emit(asked, message)
            if not stored.done():
                stored.set_result(None)

        def on_refused(error: AppError) -> None:
            self._storing.discard(conversation.id)
            if role is Role.USER:
                self.unsent.emit(conversation.id, message.text, message.attachments)
            if not stored.done():
                stored.set_exception(error)
            else:
                self.unasked.emit(conversation.id, error)

        async def work() -> None:
            await stored
            await self._answer(asked, message.id, preset)

        self._storing.add(conversation.id)
        write = self._repository.append(message, conversation=asked)
        self._scope.watch(write, done=on_stored, failed=on_refused)
        self._start(conversation.id, work)

    def _start(self, conversation_id: str, work: Callable[[], Awaitable[None]]) -> None:
        is_told = False

        async def ask() -> None:
            nonlocal is_told
            try:
                await work()
            except AppError as error:
                self.unasked.emit(conversation_id, error)
            is_told = True

        def ended() -> None:
            if not is_told:
                self.stopped.emit(conversation_id)

        self._scope.start(f"ask {conversation_id}", ask, owner=conversation_id, ended=ended)

    async def _answer(
        self,
        conversation: Conversation,
        question_id: str,
        preset: str,
        *,
        prefix: str = "",
        extra: Sequence[Message] = (),
    ) -> None:
        model = self._models.model(conversation.provider_id, conversation.model_id)
        profile = self._models.profile(conversation.provider_id)
        branch = self._tree_of(conversation.id).branch_to(question_id)
        sent = await self._sending.prepared([*branch, *extra])
        answer = replace(
            self._message(conversation, question_id, Role.ASSISTANT, ()),
            state=MessageState.WRITING,
            parts=(TextPart(prefix),) if prefix else (),
            provenance=Provenance(
                provider_id=model.provider_id,
                model_id=model.id,
                model_name=model.name,
                provider_name=profile.name,
                parameters=dict(conversation.parameters),
            ),
        )
        request = self._request(conversation, sent.messages, sent.blobs)
        self.asked.emit(answer.id, request)
        self._generation.start(
            answer,
            request,
            lambda: self._models.client(model.provider_id),
            preset=preset,
            prefix=prefix,
            searches=1 if conversation.parameters.get("web_search") else 0,
        )
        self.message_stored.emit(replace(conversation, leaf_id=answer.id), answer)

    def _request(
        self, conversation: Conversation, branch: Sequence[Message], blobs: Mapping[str, bytes]
    ) -> Request:
        parameters: dict[str, ParameterValue] = dict(conversation.parameters)
        raw = parameters.pop(RAW, {})
        parameters.pop(TOOLS, None)
        routing = self._models.routing(conversation)
        parameters.pop(ROUTING, None)
        if routing:
            parameters[ROUTING] = routing
        return Request(
            model=self._models.model(conversation.provider_id, conversation.model_id),
            messages=branch,
            system=conversation.system,
            parameters=parameters,
            raw=raw if isinstance(raw, Mapping) else {},
            blobs=blobs,
            tools=self._tools.chosen(conversation.parameters),
        )

    def _message(
        self,
        conversation: Conversation,
        parent_id: str | None,
        role: Role,
        parts: tuple[Part, ...],
    ) -> Message:
        return Message(
            id=new_id(),
            conversation_id=conversation.id,
            parent_id=parent_id,
            role=role,
            parts=parts,
            sequence=self._tree_of(conversation.id).next_sequence(),
            created_at=datetime.now(UTC),
        )


def _names(message: Message) -> str:
    return ", ".join(attachment.name for attachment in message.attachments)
