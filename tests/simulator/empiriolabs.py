"""EmpirioLabs as it documents itself and as it was seen to answer."""

from collections import deque
from dataclasses import replace
from typing import Any

from tests.simulator.chat import Voice
from tests.simulator.faults import Scenario
from tests.simulator.provider import (
    Provider,
    RefusalError,
    Reply,
    counted,
    overflow,
    roles_of,
    tokens_in,
)
from tests.simulator.record import Exchange
from tests.simulator.scripts import Script, pieces

FOOTER = (
    "\n\n---\n**Sources**\n1. [Snow](https://example.org/snow)\n2. [Ice](https://example.org/ice)"
)
PARAMETERS = [
    {"name": "temperature", "type": "number", "default": 0.7, "min": 0, "max": 2},
    {"name": "top_p", "type": "number", "default": 1, "min": 0, "max": 1},
    {"name": "max_tokens", "type": "integer", "default": 4096, "min": 1, "max": 65536},
    {"name": "frequency_penalty", "type": "number", "default": 0, "min": -2, "max": 2},
    {"name": "presence_penalty", "type": "number", "default": 0, "min": -2, "max": 2},
    {"name": "stop", "type": "string", "default": None},
    {"name": "web_search_linkup", "type": "boolean", "default": False},
    {"name": "disable_formatting", "type": "boolean", "default": False},
]


class EmpirioLabs(Provider):
    """Bills by the message and names no cost; searches add a footer; no system text means its own
    identity."""

    prefix = "/empiriolabs/v1"
    key_prefix = "sk-empiriolabs-"
    contexts = {"gemma-3-27b": 128_000}
    requests_per_minute = 50

    def __init__(self, clock: Any) -> None:
        super().__init__(clock)
        self._recent: deque[float] = deque()

    def refuse(self, status: int, message: str, code: str = "", **extra: Any) -> Reply:
        """`{"error":{"code":"<word>","message":…}}`."""
        words = {401: "invalid_api_key", 402: "insufficient_credits", 404: "model_not_found"}
        words |= {429: "rate_limit_exceeded", 502: "upstream_error", 503: "model_unavailable"}
        code = code or words.get(status, "invalid_request")
        return Reply(status, {"error": {"code": code, "message": message, **extra}})

    def check_body(self, exchange: Exchange, body: dict[str, Any], model: str) -> None:
        """The rate limit, response formats it does not know, an overflow."""
        now = self.clock()
        while self._recent and now - self._recent[0] >= 60:
            self._recent.popleft()
        if len(self._recent) >= self.requests_per_minute:
            raise RefusalError(
                429,
                f"Rate limit of {self.requests_per_minute} requests per minute exceeded",
                "rate_limit_exceeded",
            )
        self._recent.append(now)
        if "response_format" in body and body["response_format"] != {"type": "text"}:
            raise RefusalError(
                400, "response_format is not supported by this model", "invalid_request"
            )
        asked = tokens_in(body)
        if asked > self.contexts[model]:
            raise RefusalError(
                400, overflow(asked, self.contexts[model]), "context_length_exceeded"
            )
        roles = roles_of(body)
        has_system = bool({"system", "developer"} & set(roles))
        has_system |= bool(body.get("system") or body.get("instructions"))
        exchange.notes["identity_prompt"] = not has_system

    def stops(self, body: dict[str, Any]) -> list[str]:
        """`stop` is one text, split at commas."""
        stop = body.get("stop")
        if isinstance(stop, str):
            return stop.split(",")
        return super().stops(body)

    def spoken(self, exchange: Exchange, body: dict[str, Any], script: Script) -> Script:
        """A search adds the footer as the last deltas of the content."""
        script = super().spoken(exchange, body, script)
        if body.get("web_search_linkup") is True:
            exchange.notes["searched"] = True
            if body.get("disable_formatting") is not True:
                tail = tuple({"content": piece} for piece in pieces(FOOTER, 12))
                script = replace(script, deltas=(*script.deltas, *tail), text=script.text + FOOTER)
        return script

    def voice(self, exchange: Exchange, model: str, script: Script, scenario: Scenario) -> Voice:
        """OpenAI's own shape; tokens when asked, never a cost."""
        self.count += 1
        asked = bool((exchange.json.get("stream_options") or {}).get("include_usage"))
        return Voice(
            f"chatcmpl-el-{self.count}",
            model,
            asks_usage=asked or not exchange.json.get("stream"),
            usage=counted(script),
            error_code="upstream_error",
        )

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """The list (no key needed), one model, and the two health pages."""
        if exchange.method == "GET" and route == "/models":
            if exchange.query.get("format") == "alternative1":
                return Reply(200, {"data": [_flat_row()]})
            return Reply(200, {"data": [_row()]})
        if exchange.method == "GET" and route == "/models/gemma-3-27b":
            return Reply(200, _row())
        if route == "/livez":
            return Reply(200, {"status": "ok"})
        if route == "/health":
            worker = {"status": "ok", "latency_ms": 107, "model_slugs": ["gemma-3-27b"]}
            return Reply(200, {"service": "gateway", "workers": {"gemma": worker}})
        return super().get(exchange, route, key)


def _flat_row() -> dict[str, Any]:
    return {
        "id": "gemma-3-27b",
        "name": "Gemma 3 27B",
        "created": 1741737600,
        "input_modalities": ["text", "image"],
        "output_modalities": ["text"],
        "context_length": 128000,
        "max_output_length": 8192,
        "pricing": {"prompt": "0", "completion": "0", "request": "0.0040"},
        "supported_sampling_parameters": ["temperature", "top_p", "stop", "frequency_penalty"],
        "supported_features": ["vision"],
        "is_ready": True,
    }


def _row() -> dict[str, Any]:
    return {
        "id": "gemma-3-27b",
        "display_name": "Gemma 3 27B",
        "provider": "Google",
        "category": "text",
        "description": "Simulated.",
        "input_modalities": ["text", "image"],
        "output_modalities": ["text"],
        "context_length": 128000,
        "max_output_tokens": 8192,
        "features": ["vision"],
        "capabilities": {"streaming": True, "system_prompt": True},
        "supported_parameters": PARAMETERS,
        "pricing": [{"prompt": "0", "completion": "0", "request": "0.0040"}],
        "supported_endpoints": ["/v1/chat/completions", "/v1/responses", "/v1/messages"],
        "api_status": "ok",
    }
