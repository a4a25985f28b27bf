"""AI/ML API as it documents itself and as it was seen to answer."""

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
    unsupported_role,
)
from tests.simulator.record import Exchange
from tests.simulator.scripts import Script

RANGES: dict[str, tuple[float | None, float | None, bool]] = {
    "max_tokens": (1, None, False),
    "max_completion_tokens": (1, None, True),
    "temperature": (0, 2, False),
    "top_p": (0.01, 1, False),
    "top_k": (None, None, False),
    "min_p": (0.001, 0.999, False),
    "top_a": (0, 1, False),
    "repetition_penalty": (None, None, False),
    "frequency_penalty": (-2, 2, False),
    "presence_penalty": (-2, 2, False),
    "seed": (1, None, True),
    "top_logprobs": (0, 20, True),
    "n": (1, None, True),
}
NULLABLE = ("repetition_penalty", "frequency_penalty", "presence_penalty", "stop")
ROLES: dict[str, tuple[str, ...]] = {
    "google/gemma-2-27b-it": ("user", "assistant", "system", "developer"),
    "google/gemma-3-27b-it": ("user", "assistant", "system", "developer"),
    "google/gemma-3-12b-it": ("user", "assistant"),
    "google/gemma-3-4b-it": ("user", "assistant"),
    "google/gemma-3n-e4b-it": ("user", "assistant"),
    "google/gemma-4-26b-a4b-it-maas": ("user", "assistant", "system", "developer", "tool"),
    "google/gemma-4-31b-it": ("user", "assistant", "system", "developer"),
}
CREDITS_USED = 2480
USD_SPENT = 0.00124


class AimlApi(Provider):
    """Strict about ranges and roles; flat errors; the cost in `meta.usage` and, for whole replies,
    in headers."""

    prefix = "/aimlapi/v1"
    key_prefix = "aiml-"
    contexts = dict.fromkeys(ROLES, 128_000) | {"google/gemma-2-27b-it": 8192}
    dialects = ("/chat/completions",)
    success = 200
    usage_in_finish = False
    old_list = False

    def is_known(self, key: str) -> bool:
        """Any key shape is documented; only those called wrong are turned away."""
        return "wrong" not in key

    def refuse(self, status: int, message: str, code: str = "", **extra: Any) -> Reply:
        """A flat body; its status is a text now and then."""
        body = {
            "statusCode": str(status) if status == 429 else status,
            "message": message,
            "path": "/v1/chat/completions",
            "requestId": "798b0000-0000-4000-8000-000000000000",
            "timestamp": "2026-01-01T00:00:00.000Z",
        }
        return Reply(status, {**body, **extra}, [("x-inference-id", "inf-refused")])

    def check_credit(self, key: str) -> None:
        """Out of credit is a 403 here."""
        if "broke" in key:
            raise RefusalError(403, "You've run out of credits. Please top up your balance.")

    def check_body(self, exchange: Exchange, body: dict[str, Any], model: str) -> None:
        """Ranges, types and roles the documentation allows; every breach is named in one text."""
        faults = [
            fault for name, value in body.items() if (fault := _range_fault(name, value, body))
        ]
        if faults:
            raise RefusalError(400, "\n".join(["Body validation error", *faults]))
        for place, role in enumerate(roles_of(body)):
            if role not in ROLES[model]:
                raise RefusalError(400, unsupported_role(place, role))
        asked = tokens_in(body)
        if asked > self.contexts[model]:
            raise RefusalError(400, overflow(asked, self.contexts[model]))

    def voice(self, exchange: Exchange, model: str, script: Script, scenario: Scenario) -> Voice:
        """First delta like Qwen's, later ids empty like Claude's, the cost with the last chunk."""
        self.count += 1
        asked = bool((exchange.json.get("stream_options") or {}).get("include_usage"))
        meta = {"meta": {"usage": {"credits_used": CREDITS_USED, "usd_spent": USD_SPENT}}}
        return Voice(
            f"chatcmpl-{self.count}",
            model,
            asks_usage=asked or not exchange.json.get("stream"),
            ids_once=True,
            bare_finish=True,
            null_usage=True,
            usage=counted(script),
            final=meta,
            error_code="server_error",
        )

    def headers(self, exchange: Exchange, voice: Voice, *, whole: bool) -> list[tuple[str, str]]:
        """The inference id always, the cost only with whole replies."""
        found = [("x-inference-id", f"inf-{self.count}")]
        if asked := exchange.header("x-client-request-id"):
            found.append(("x-client-request-id", asked))
        if whole:
            found.append(("x-aimlapi-credits-used", str(CREDITS_USED)))
            found.append(("x-aimlapi-usd-spent", str(USD_SPENT)))
        return found

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """Both shapes of the list (the old one with `?shape=old` or the switch), and the
        balance."""
        if exchange.method == "GET" and route == "/models":
            if self.old_list or exchange.query.get("shape") == "old":
                return Reply(200, [_old_row(model) for model in ROLES])
            include = exchange.query.get("include", "")
            rows = [_row(model, self.contexts[model], include) for model in ROLES]
            return Reply(200, {"object": "list", "data": rows}, [("ETag", '"sim-1"')])
        if exchange.method == "GET" and route in ("/v2/billing", "/billing/balance"):
            self.check_key(key)
            left = 0 if "broke" in key else 4.2
            if route == "/v2/billing":
                return Reply(200, {"current_balance": left, "currency": "USD"})
            return Reply(
                200, {"balance": left * 2_000_000, "lowBalance": False, "status": "current"}
            )
        return super().get(exchange, route, key)


def _range_fault(name: str, value: Any, body: dict[str, Any]) -> str:
    if name == "stream_options" and not isinstance((value or {}).get("include_usage"), bool):
        return "Expected boolean, received undefined at 'stream_options.include_usage'"
    if name == "stop" and isinstance(value, list) and len(value) > 4:
        return f"Expected at most 4 items, received {len(value)} at 'stop'"
    if name == "stop" and value in ("", []):
        return "Expected non-empty value at 'stop'"
    if name not in RANGES or (value is None and name in NULLABLE):
        return ""
    low, high, whole = RANGES[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"Expected number, received {type(value).__name__} at '{name}'"
    if whole and not isinstance(value, int):
        return f"Expected integer, received {value} at '{name}'"
    if low is not None and value < low:
        return f"Expected number to be >= {low}, received {value} at '{name}'"
    if high is not None and value > high:
        return f"Expected number to be <= {high}, received {value} at '{name}'"
    return ""


def _row(model: str, context: int, include: str) -> dict[str, Any]:
    wanted = set(include.split(",")) | (
        {"pricing", "modalities", "capabilities"} if include == "all" else set()
    )
    row: dict[str, Any] = {
        "id": model,
        "aliases": [model.removeprefix("google/")],
        "type": "openai/chat-completions",
        "info": {
            "name": model.removeprefix("google/"),
            "developer": "Google",
            "contextLength": context,
            "outputMax": None,
            "url": "https://aimlapi.com/models",
        },
        "tags": [],
    }
    if "pricing" in wanted:
        units = [
            {"name": "input", "measure": "token", "price": 0.1, "per": 1_000_000},
            {"name": "output", "measure": "output", "price": 0.2, "per": 1_000_000},
        ]
        row["pricing"] = {"kind": "fixed", "currency": "USD", "units": units}
    if "modalities" in wanted:
        row["modalities"] = {"input": ["text"], "output": ["text"]}
    if "capabilities" in wanted:
        row["capabilities"] = ["streaming"]
    return row


def _old_row(model: str) -> dict[str, Any]:
    feature = "openai/chat-completion"
    return {
        "id": model,
        "type": "chat-completion",
        "info": {"name": model, "developer": "Google", "contextLength": 8000, "maxTokens": 512},
        "features": [f"{feature}.stream"]
        + ([f"{feature}.message.system"] if "system" in ROLES[model] else []),
        "endpoints": ["/v1/chat/completions"],
    }
