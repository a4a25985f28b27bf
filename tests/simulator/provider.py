"""What the simulated providers share: the order of checks, the reply, and the way from a request to
an answer."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.simulator import chat, messages, responses
from tests.simulator.byte_modes import Frame
from tests.simulator.chat import Voice
from tests.simulator.faults import MESSAGES, Scenario, split_model
from tests.simulator.record import Exchange
from tests.simulator.scripts import Script
from tests.simulator.toolbox import second_round, unpaired

DIALECTS = {"/chat/completions": chat, "/responses": responses, "/messages": messages}


@dataclass
class Reply:
    """An HTTP answer: a body, or the frames of a stream."""

    status: int = 200
    body: Any = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    frames: list[Frame] | None = None


class RefusalError(Exception):
    """The simulated provider says no; it becomes a reply in that provider's own shape."""

    def __init__(
        self, status: int, message: str, code: str = "", *, headers: Any = (), **extra: Any
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = list(headers)
        self.extra = extra


class Provider:
    """One simulated provider below one prefix. Subclasses say what is particular to theirs."""

    prefix = ""
    key_prefix = ""
    needs_key = True
    success = 200
    prices: dict[str, tuple[float, float]] = {}
    contexts: dict[str, int] = {}
    dialects: tuple[str, ...] = ("/chat/completions", "/responses", "/messages")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.count = 0

    def good_key(self) -> str:
        """A key that is let in and has credit."""
        return f"{self.key_prefix}simulator-0123456789"

    def broke_key(self) -> str:
        """A key that is let in but has no credit."""
        return f"{self.key_prefix}broke-0123456789"

    def is_known(self, key: str) -> bool:
        """Whether a key is let in: the right beginning, and not called wrong."""
        return key.startswith(self.key_prefix or "simulator") and "wrong" not in key

    def refuse(self, status: int, message: str, code: str = "", **extra: Any) -> Reply:
        """An error in the provider's own shape."""
        raise NotImplementedError

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """Everything that is not a generation."""
        raise RefusalError(404, f"Cannot {exchange.method} {exchange.path}", "not_found")

    def check_body(self, exchange: Exchange, body: dict[str, Any], model: str) -> None:
        """Refuses what this provider does not accept."""

    def voice(self, exchange: Exchange, model: str, script: Script, scenario: Scenario) -> Voice:
        """How this provider writes this answer."""
        raise NotImplementedError

    def spoken(self, exchange: Exchange, body: dict[str, Any], script: Script) -> Script:
        """The script after what the request asks of it: stop sequences and a token limit."""
        stops = self.stops(body)
        script = script.stopped_at(stops) if stops else script
        limit = body.get("max_tokens") or body.get("max_completion_tokens")
        limit = limit or body.get("max_output_tokens")
        if isinstance(limit, (int, float)) and limit < len(script.deltas):
            script = script.cut_to(int(limit))
        return script

    def stops(self, body: dict[str, Any]) -> list[str]:
        """The stop sequences of a request."""
        stop = body.get("stop") or body.get("stop_sequences") or []
        return [stop] if isinstance(stop, str) else list(stop)

    def models_known(self) -> tuple[str, ...]:
        """The ids this provider has; empty when it takes any."""
        return tuple(self.contexts)

    def headers(self, exchange: Exchange, voice: Voice, *, whole: bool) -> list[tuple[str, str]]:
        """Response headers of an answer."""
        return []

    def check_key(self, key: str) -> None:
        """Refuses a request without a good key."""
        if self.needs_key and not key:
            raise RefusalError(401, MESSAGES[401], "missing_api_key")
        if self.needs_key and not self.is_known(key):
            raise RefusalError(401, "Invalid API key", "invalid_api_key")

    def check_credit(self, key: str) -> None:
        """Refuses a request whose key has nothing left."""
        if "broke" in key:
            raise RefusalError(402, MESSAGES[402], "insufficient_credits")

    def check_model(self, model: str) -> None:
        """Refuses a model this provider does not have."""
        known = self.models_known()
        if known and model not in known:
            raise RefusalError(404, f"The model '{model}' does not exist", "model_not_found")

    def answer(self, exchange: Exchange, route: str, key: str, scenario: Scenario) -> Reply:
        """One reply to one request; never raises for what a client can do wrong."""
        try:
            if exchange.method == "POST" and route in self.dialects:
                return self._generate(exchange, route, key, scenario)
            return self.get(exchange, route, key)
        except RefusalError as no:
            if route == "/messages":
                return Reply(no.status, messages.error_body(no.status, no.message), no.headers)
            reply = self.refuse(no.status, no.message, no.code, **no.extra)
            return replace(reply, headers=[*reply.headers, *no.headers])

    def _generate(self, exchange: Exchange, route: str, key: str, scenario: Scenario) -> Reply:
        self.check_key(key)
        self.check_credit(key)
        body = exchange.json
        if not isinstance(body, dict):
            raise RefusalError(400, "Body is not a JSON object", "invalid_request")
        model, _ = split_model(str(body.get("model", "")))
        self.check_model(model)
        self._check_shape(body, route)
        self.refuse_as_told(scenario, body)
        self.check_body(exchange, body, model)
        script = self.spoken(exchange, body, self._script(scenario, body))
        voice = self.voice(exchange, model, script, scenario)
        if scenario.substituted:
            voice.model = f"{model}:free"
        dialect = DIALECTS[route]
        streams = bool(body.get("stream")) and not scenario.ignores_stream
        headers = self.headers(exchange, voice, whole=not streams)
        status = scenario.status or self.success
        if not streams:
            return Reply(status, dialect.whole(script, scenario, voice), headers)
        if dialect is chat:
            rivals = body.get("top_logprobs", 0) if body.get("logprobs") is True else None
            found = chat.frames(script, scenario, voice, logprobs=rivals)
        else:
            found = dialect.frames(script, scenario, voice)
        return Reply(status, None, headers, found)

    def _script(self, scenario: Scenario, body: dict[str, Any]) -> Script:
        return second_round(scenario.content(), body)

    def _check_shape(self, body: dict[str, Any], route: str) -> None:
        turns = body.get("input") if route == "/responses" else body.get("messages")
        if not turns or (route != "/responses" and not isinstance(turns, list)):
            raise RefusalError(400, "messages: at least one is required", "invalid_request")
        if route == "/messages" and not isinstance(body.get("max_tokens"), int):
            raise RefusalError(400, "max_tokens: Field required", "invalid_request")
        if trouble := unpaired(body):
            raise RefusalError(400, trouble, "invalid_request")

    def refuse_as_told(self, scenario: Scenario, body: dict[str, Any]) -> None:
        """The refusals a scenario asks for, only while the request still has what is refused."""
        roles = [m.get("role") for m in body.get("messages", []) if isinstance(m, dict)]
        if scenario.refuse in roles:
            place = roles.index(scenario.refuse)
            raise RefusalError(400, unsupported_role(place, scenario.refuse))
        if scenario.refuse == "system" and (body.get("system") or body.get("instructions")):
            raise RefusalError(400, unsupported_role(0, "system"))
        if scenario.refuse == "signature" and _thinks_again(body):
            raise RefusalError(400, "Invalid signature in thinking block")
        if scenario.refuse == "stream_options" and "stream_options" in body:
            raise RefusalError(400, "Unrecognized request argument supplied: stream_options")
        if scenario.refuse == "context":
            raise RefusalError(400, overflow(9000, 8192), "context_length_exceeded")


def _thinks_again(body: dict[str, Any]) -> bool:
    """Whether a request carries a thought of an earlier answer, in any dialect."""
    turns = [turn for name in ("messages", "input") for turn in body.get(name) or ()]
    blocks = [b for turn in turns for b in turn.get("content") or () if isinstance(b, dict)]
    return any(
        "reasoning_details" in entry or entry.get("type") in ("reasoning", "thinking")
        for entry in (*turns, *blocks)
    )


def unsupported_role(place: int, role: str) -> str:
    """The documented refusal of a role."""
    return f"Unsupported value: 'messages[{place}].role' does not support '{role}' with this model."


def overflow(asked: int, limit: int) -> str:
    """What a provider says when the branch no longer fits."""
    return (
        f"This endpoint's maximum context length is {limit} tokens. "
        f"However, you requested about {asked} tokens."
    )


def tokens_in(body: dict[str, Any]) -> int:
    """About how many tokens a request holds: four characters each."""
    return len(json.dumps(body.get("messages") or body.get("input") or "", ensure_ascii=False)) // 4


def roles_of(body: dict[str, Any]) -> list[str]:
    """The roles of a chat request, in order."""
    return [turn.get("role", "") for turn in body.get("messages", []) if isinstance(turn, dict)]


def counted(script: Script) -> dict[str, Any]:
    """Usage in the chat dialect's plain form."""
    return {
        "prompt_tokens": script.input_tokens,
        "completion_tokens": script.output_tokens,
        "total_tokens": script.input_tokens + script.output_tokens,
    }
