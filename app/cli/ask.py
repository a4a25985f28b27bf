"""`facet ask`: one question, the answer streamed to standard output."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.cli.model_names import route_of
from app.cli.output import KEY_VARIABLE, complain, for_a_shell, give_up, say, say_object
from app.core.conversations.conversation import Message, MessageState, ToolCallPart
from app.core.costs.usage import UNKNOWN_COST, Usage
from app.core.errors import AppError, SettingError
from app.core.models.parameter import ParameterValue
from app.core.models.provider import PRACTICE
from app.core.waits import wait_text
from app.providers.catalogue.catalogue import custom_profile
from app.providers.parameters.declarations import canonical, parameter
from app.services.generation.turns import RAW
from app.services.keys.keys import KEYCHAIN_AWAITED
from app.services.notices import Notice
from app.services.services import Services
from app.transfer.formats.json import cost_object, usage_object

EXIT = {
    MessageState.DONE: 0,
    MessageState.CUT_OFF: 3,
    MessageState.STOPPED: 130,
    MessageState.REFUSED: 1,
    MessageState.FAILED: 1,
}
BROKEN_PIPE = 141
"""What a shell calls a program that nobody reads any more (128 + SIGPIPE)."""


async def run(services: Services, arguments: argparse.Namespace) -> int:
    """Asks and prints; the result is the exit status: 2 when it cannot be asked like this,
    else how the answer ended (`EXIT`)."""
    try:
        prompt = _prompt(arguments.prompt)
        parameters = _parameters(arguments.set)
        provider_id, model_id = _route(services, arguments)
        attachments = [services.conversations.attach(path) for path in arguments.attach]
    except AppError as error:
        complain(f"{error.message} {error.hint}".rstrip())
        return 2
    conversations = services.conversations
    if arguments.conversation:
        conversations.open(arguments.conversation)
    conversations.choices.prepare(provider_id, model_id, parameters, arguments.system)
    teller = _Teller(
        services,
        conversations.current.id,
        is_json=arguments.json,
        is_new=not arguments.conversation,
    )
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        loop.add_signal_handler(signal.SIGINT, conversations.stop)
        loop.add_signal_handler(signal.SIGTERM, conversations.stop)
    conversations.send(prompt, attachments)
    status = await teller.ended
    if teller.has_failed_empty:
        _forget(services, teller.conversation_id)
    return status


class _Teller:
    """Prints what one answer says; `ended` becomes the exit status.

    `has_failed_empty` tells that a new conversation came to nothing but the question.
    """

    def __init__(
        self, services: Services, conversation_id: str, *, is_json: bool, is_new: bool = False
    ) -> None:
        self._services = services
        self.conversation_id = conversation_id
        self._is_json = is_json
        self._is_new = is_new
        self.has_failed_empty = False
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        generation = services.generation
        generation.text_added.connect(self._on_text_added)
        generation.text_replaced.connect(self._on_text_replaced)
        generation.reasoning_added.connect(self._on_reasoning_added)
        generation.noticed.connect(self._on_noticed)
        generation.finished.connect(self._on_finished)
        services.models.keys.keychain_awaited.connect(self._on_keychain_awaited)
        services.conversations.turns.unasked.connect(self._on_unasked)
        services.conversations.turns.stopped.connect(self._on_stopped)
        services.notices.raised.connect(self._on_notice_raised)
        services.notices.release()

    def _on_keychain_awaited(self, _provider_id: str, is_waiting: bool) -> None:
        if is_waiting:
            complain(KEYCHAIN_AWAITED)

    def _on_text_added(self, _message_id: str, text: str) -> None:
        self._say({"event": "text", "text": text}, text)

    def _on_text_replaced(self, _message_id: str, text: str) -> None:
        self._say({"event": "text_replaced", "text": text}, f"\n{text}")

    def _on_reasoning_added(self, _message_id: str, text: str) -> None:
        self._say({"event": "reasoning", "text": text}, "")

    def _on_noticed(self, _message_id: str, code: str, text: str) -> None:
        self._say({"event": "notice", "code": code, "text": text}, "")
        if not self._is_json:
            complain(text)

    def _on_notice_raised(self, notice: Notice) -> None:
        self._on_noticed("", notice.kind, notice.text)

    def _say(self, event: dict[str, Any], text: str) -> None:
        """Prints an event for programs or its text for people, and ends when nobody reads it."""
        try:
            if self._is_json:
                say_object(event)
            elif text:
                say(text, end="")
        except BrokenPipeError:
            give_up()
            self._services.generation.stop(self.conversation_id)
            self._end(BROKEN_PIPE)

    def _end(self, status: int) -> None:
        if not self.ended.done():
            self.ended.set_result(status)

    def _on_unasked(self, _conversation_id: str, error: AppError) -> None:
        """Ends where no answer could be begun; the notice has said why to people."""
        self.has_failed_empty = self._is_new
        told = {"kind": type(error).__name__, "message": error.message}
        told["hint"] = for_a_shell(error.hint)
        self._say({"event": "finished", "state": "failed", "error": told}, "")
        self._end(1)

    def _on_stopped(self, _conversation_id: str) -> None:
        """Ends where the user wanted no answer before one was begun."""
        self._say({"event": "finished", "state": "stopped", "error": None}, "")
        self._end(EXIT[MessageState.STOPPED])

    def _on_finished(self, message: Message) -> None:
        is_empty = message.state is MessageState.FAILED and not message.parts
        self.has_failed_empty = self._is_new and is_empty
        for part in message.parts:
            if isinstance(part, ToolCallPart):
                call = {"id": part.call_id, "name": part.name, "arguments": part.arguments}
                self._say({"event": "tool_call", **call}, "")
        self._say(self._finished(message), "\n")
        if not self._is_json:
            self._explain(message)
        self._end(EXIT[message.state])

    def _finished(self, message: Message) -> dict[str, Any]:
        origin = message.provenance
        fault = origin.fault if origin else None
        return {
            "event": "finished",
            "state": message.state.value,
            "finish_reason": origin.finish_reason if origin else "",
            "model": origin.answered_by or origin.model_id if origin else "",
            "usage": usage_object(origin.usage if origin else Usage()),
            "cost": cost_object(origin.cost if origin else UNKNOWN_COST),
            "timing": {
                "first_text": origin.timing.first_text if origin else None,
                "total": origin.timing.total if origin else None,
            },
            "error": {
                "kind": fault.kind,
                "message": fault.message,
                "hint": for_a_shell(fault.hint),
                "status": fault.status,
                "retry_after": fault.retry_after,
                "details": fault.details,
            }
            if fault
            else None,
            "request": dict(self._services.generation.sent(self.conversation_id)),
            "conversation": None if self.has_failed_empty else self.conversation_id,
        }

    def _explain(self, message: Message) -> None:
        fault = message.provenance.fault if message.provenance else None
        if fault is not None:
            waits = fault.retry_after
            wait = f"Ask again in {wait_text(waits, datetime.now(UTC))}." if waits else ""
            complain(" ".join(part for part in (fault.message, fault.hint, wait) if part))
        elif message.state is MessageState.CUT_OFF:
            reason = message.provenance.finish_reason if message.provenance else ""
            word = "" if reason in ("", "length") else f" (“{reason}”)"
            complain(f"The answer was cut off{word}.")
        elif message.state is MessageState.REFUSED:
            complain("The provider refused to answer this.")
        elif message.calls:
            names = ", ".join(call.name for call in message.calls)
            complain(f"The model asks for {names}; answer it in the window, or see --json.")
        if message.attachments:
            names = ", ".join(picture.name for picture in message.attachments)
            complain(f"Pictures in the answer, to be seen in the window: {names}.")


def _prompt(given: str | None) -> str:
    if given is None and sys.stdin.isatty():
        raise SettingError("There is no question.", "Write it after the command, or - for input.")
    text = sys.stdin.read() if given in (None, "-") else str(given)
    if not text.strip():
        raise SettingError("The question is empty.", "Write it after the command.")
    return text.strip() if given in (None, "-") else text


def _parameters(settings: list[str]) -> dict[str, ParameterValue]:
    values: dict[str, ParameterValue] = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise SettingError(f"“{setting}” is not name=value.", "For example: --set seed=7")
        if name == RAW:
            values[name] = _raw(text)
        else:
            try:
                values[canonical(name)] = parameter(name).parse(text)
            except SettingError as error:
                raise SettingError(f"{setting}: {error.message}", error.hint) from error
    return values


def _raw(text: str) -> ParameterValue:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise SettingError(f"{RAW} is not JSON: {error}.", "Quote it for the shell.") from error
    if not isinstance(value, dict):
        raise SettingError(f"{RAW} must be a JSON object.", 'For example: --set raw={"n":1}')
    return value


def _forget(services: Services, conversation_id: str) -> None:
    """Takes back a conversation that holds a question and nothing else: the shell told why."""
    if any(summary.id == conversation_id for summary in services.conversations.summaries()):
        services.conversations.delete(conversation_id)


def _route(services: Services, arguments: argparse.Namespace) -> tuple[str, str]:
    """The ids of the provider and the model to ask."""
    if arguments.model and not arguments.provider and not arguments.base_url:
        arguments.provider, arguments.model = route_of(services.models, arguments.model)
    provider_id = _provider(services, arguments)
    return provider_id, _model(services, provider_id, arguments.model)


def _provider(services: Services, arguments: argparse.Namespace) -> str:
    """The provider to ask; an address of its own is known for this run only, and so is a key."""
    if arguments.base_url:
        profile = custom_profile(arguments.base_url, dialect=arguments.dialect or "chat")
        if arguments.provider:
            known = services.models.profile(arguments.provider)
            profile = replace(known, base_url=profile.base_url, query=profile.query)
    else:
        profile = services.models.profile(arguments.provider or PRACTICE)
    if arguments.dialect:
        profile = replace(profile, dialect=arguments.dialect)
    if arguments.base_url or arguments.dialect:
        services.models.addresses.use(profile)
    provider_id = profile.id
    key = os.environ.get(KEY_VARIABLE)
    if arguments.key_name:
        services.models.keys.use_named(provider_id, arguments.key_name)
    elif key and provider_id != PRACTICE:
        services.models.keys.use_for_this_run(provider_id, key)
    return provider_id


def _model(services: Services, provider_id: str, model_id: str | None) -> str:
    if model_id:
        return model_id
    known = [model for model in services.models.models() if model.provider_id == provider_id]
    if not known:
        raise SettingError("Which model?", "Name it with --model.")
    return known[0].id
