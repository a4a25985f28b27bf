"""OpenRouter as it documents itself and as it was seen to answer."""

import base64
import hashlib
import json
from typing import Any

from tests.simulator.chat import Voice
from tests.simulator.faults import Scenario
from tests.simulator.provider import Provider, RefusalError, Reply, counted, overflow, tokens_in
from tests.simulator.record import Exchange
from tests.simulator.scripts import Script
from tests.simulator.toolbox import searched

NUMBERS = (
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "top_a",
    "repetition_penalty",
    "frequency_penalty",
    "presence_penalty",
    "seed",
    "max_tokens",
    "max_completion_tokens",
    "top_logprobs",
)
SUPPORTED = {
    "google/gemma-2-27b-it": [
        "frequency_penalty",
        "max_tokens",
        "presence_penalty",
        "repetition_penalty",
        "response_format",
        "seed",
        "stop",
        "temperature",
        "top_p",
    ],
    "google/gemma-4-26b-a4b-it": [
        "frequency_penalty",
        "include_reasoning",
        "logit_bias",
        "logprobs",
        "max_tokens",
        "presence_penalty",
        "reasoning",
        "seed",
        "stop",
        "temperature",
        "top_logprobs",
        "top_p",
    ],
}
NAMES = {
    "google/gemma-2-27b-it": "Google: Gemma 2 27B",
    "google/gemma-4-26b-a4b-it": "Google: Gemma 4 26B A4B",
}


class OpenRouter(Provider):
    """Drops what it does not support without a word; always says usage and cost; keeps connections
    alive."""

    prefix = "/openrouter/api/v1"
    key_prefix = "sk-or-v1-"
    prices = {
        "google/gemma-2-27b-it": (0.65, 0.65),
        "google/gemma-4-26b-a4b-it": (0.06, 0.33),
        "openrouter/auto": (-1, -1),
    }
    contexts = {
        "google/gemma-2-27b-it": 8192,
        "google/gemma-4-26b-a4b-it": 262144,
        "openrouter/auto": 2_000_000,
    }
    generation_delay = 1.0
    publishes_figures = True
    down: frozenset[str] = frozenset()
    more_models = 0

    def __init__(self, clock: Any) -> None:
        super().__init__(clock)
        self.generations: dict[str, tuple[float, dict[str, Any], Exchange]] = {}
        self.codes: dict[str, str] = {}

    def refuse(self, status: int, message: str, code: str = "", **extra: Any) -> Reply:
        """`{"error":{"code":<status>,"message":…,"metadata":…}}`."""
        kinds = {401: "authentication", 402: "payment_required", 429: "rate_limit_exceeded"}
        kinds |= {403: "permission_denied", 404: "not_found", 413: "payload_too_large"}
        kind = code if code == "context_length_exceeded" else kinds.get(status, "")
        error: dict[str, Any] = {"code": status, "message": message}
        metadata = {**({"error_type": kind} if kind else {}), **extra}
        if metadata:
            error["metadata"] = metadata
        headers = [("X-RateLimit-Limit", "20"), ("X-RateLimit-Remaining", "0")]
        return Reply(status, {"error": error}, headers if status == 429 else [])

    def check_model(self, model: str) -> None:
        """An unknown id is a 400 here, not a 404."""
        if model not in self.contexts:
            raise RefusalError(400, f"{model} is not a valid model ID")

    def check_body(self, exchange: Exchange, body: dict[str, Any], model: str) -> None:
        """Only wrong types are refused; an overflow of a small context is compressed unless that is
        off."""
        for name in NUMBERS:
            value = body.get(name)
            if value is not None and (
                isinstance(value, bool) or not isinstance(value, (int, float))
            ):
                raise RefusalError(400, f"{name}: Expected number, received {type(value).__name__}")
        if exchange.path.endswith("/responses") and body.get("previous_response_id") is not None:
            raise RefusalError(400, "previous_response_id is not supported")
        dropped = set(body) & (set(NUMBERS) | {"logit_bias", "logprobs", "response_format"})
        exchange.notes["dropped"] = sorted(dropped - set(SUPPORTED.get(model, dropped)))
        limit = self.contexts[model]
        asked = tokens_in(body)
        if asked > limit:
            if limit <= 8192 and not self._refuses_compression(body):
                exchange.notes["compressed"] = True
                return
            raise RefusalError(400, overflow(asked, limit), "context_length_exceeded")

    def _refuses_compression(self, body: dict[str, Any]) -> bool:
        plugins = [p for p in body.get("plugins") or [] if isinstance(p, dict)]
        return any(
            p.get("id") == "context-compression" and p.get("enabled") is False for p in plugins
        )

    def spoken(self, exchange: Exchange, body: dict[str, Any], script: Script) -> Script:
        """Parameters that the model does not support change nothing."""
        kept = {k: v for k, v in body.items() if k not in exchange.notes.get("dropped", ())}
        return searched(super().spoken(exchange, kept, script), body)

    def voice(self, exchange: Exchange, model: str, script: Script, scenario: Scenario) -> Voice:
        """Role on every delta, the upstream named, usage with its cost always."""
        self.count += 1
        model = self._answering(exchange.json, model)
        into, out = self.prices[model]
        cost = (into * script.input_tokens + out * script.output_tokens) / 1_000_000
        cost = max(round(cost, 12), 0)
        usage = {
            **counted(script),
            "cost": cost,
            "is_byok": False,
            "prompt_tokens_details": {"cached_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": script.reasoning_tokens},
            "cost_details": {"upstream_inference_cost": None},
        }
        if script.searches:
            usage["server_tool_use"] = {"web_search_requests": script.searches}
        generation = f"gen-1771000000-{self.count:04d}"
        self.generations[generation] = (
            self.clock(),
            {
                "id": generation,
                "model": model,
                "provider_name": "DeepInfra",
                "streamed": bool(exchange.json.get("stream")),
                "cancelled": False,
                "finish_reason": script.finish,
                "native_finish_reason": script.finish,
                "generation_time": 400,
                "latency": 90,
                "tokens_prompt": script.input_tokens,
                "tokens_completion": script.output_tokens,
                "native_tokens_prompt": script.input_tokens,
                "native_tokens_completion": script.output_tokens,
                "native_tokens_reasoning": script.reasoning_tokens,
                "total_cost": cost,
                "usage": cost,
                "is_byok": False,
                "cache_discount": None,
            },
            exchange,
        )
        exchange.notes["generation"] = generation
        return Voice(
            generation,
            model,
            upstream="DeepInfra",
            role_on_every=True,
            native_finish=True,
            opening_comment="OPENROUTER PROCESSING",
            usage=usage,
        )

    def _answering(self, body: dict[str, Any], model: str) -> str:
        """The model that answers: the one asked for, or the first of `models` that is not down."""
        known = [name for name in body.get("models") or [] if name in self.contexts]
        alive = next((name for name in [model, *known] if name not in self.down), None)
        if alive is None:
            raise RefusalError(503, "No allowed providers are available for the selected model")
        return alive

    def headers(self, exchange: Exchange, voice: Voice, *, whole: bool) -> list[tuple[str, str]]:
        """The generation's id, also where the body is cut off."""
        return [("X-Generation-Id", voice.id)]

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """Lists, key, credits, generations and the exchange of a PKCE code for a key."""
        if route == "/auth/keys":
            return self._exchange_code(exchange)
        if exchange.method == "GET" and route == "/models":
            rows = [self._row(model) for model in self.contexts]
            rows += many_rows(self.more_models)
            return Reply(200, {"data": rows, "total_count": len(rows), "links": {"next": None}})
        if exchange.method == "GET" and route.startswith("/models/"):
            model = route.removeprefix("/models/").removesuffix("/endpoints")
            if route.endswith("/endpoints") and model in self.contexts:
                return Reply(200, {"data": self._endpoints(model)})
        if exchange.method == "GET" and route.startswith("/model/"):
            model = route.removeprefix("/model/")
            if model in self.contexts:
                return Reply(200, {"data": self._row(model)})
        if exchange.method == "GET" and route in ("/key", "/credits", "/generation"):
            self.check_key(key)
            return self._private(exchange, route, key)
        return super().get(exchange, route, key)

    def _private(self, exchange: Exchange, route: str, key: str) -> Reply:
        if route == "/key":
            left = 0 if "broke" in key else 8.5
            data = {"label": "sk-or-v1-sim...789", "limit": 10, "limit_remaining": left}
            data |= {"limit_reset": None, "usage": 10 - left, "usage_daily": 0.1}
            data |= {"is_free_tier": False, "is_management_key": "management" in key}
            return Reply(200, {"data": data})
        if route == "/credits":
            if "management" not in key:
                raise RefusalError(403, "Only management keys can fetch credits")
            return Reply(200, {"data": {"total_credits": 10, "total_usage": 1.5}})
        record = self.generations.get(exchange.query.get("id", ""))
        if record is None or self.clock() - record[0] < self.generation_delay:
            raise RefusalError(404, "Generation not found")
        _, totals, asked = record
        if asked.closed.is_set():
            # The host behind it wrote on and is paid for it; only the gateway saw the client go.
            totals = {**totals, "cancelled": True, "finish_reason": None}
        return Reply(200, {"data": totals})

    def _exchange_code(self, exchange: Exchange) -> Reply:
        if exchange.method != "POST":
            raise RefusalError(405, "Method not allowed")
        body = exchange.json if isinstance(exchange.json, dict) else {}
        if body.get("code_challenge_method", "S256") != "S256":
            raise RefusalError(400, "Invalid code_challenge_method")
        digest = hashlib.sha256(str(body.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self.codes.pop(str(body.get("code", "")), None) != challenge:
            raise RefusalError(403, "Invalid code or code_verifier")
        return Reply(200, {"key": f"{self.key_prefix}oauth-0123456789", "user_id": "user_1"})

    def _row(self, model: str) -> dict[str, Any]:
        into, out = self.prices[model]
        context = self.contexts[model]
        inputs = ["text", "image", "video"] if "gemma-4" in model else ["text"]
        return {
            "id": model,
            "canonical_slug": model,
            "name": NAMES.get(model, "Auto Router"),
            "created": 1775174400,
            "description": "Simulated.",
            "context_length": context,
            "architecture": {
                "modality": "text->text",
                "input_modalities": inputs,
                "output_modalities": ["text"],
                "tokenizer": "Gemma",
            },
            "pricing": {
                "prompt": _per_token(into),
                "completion": _per_token(out),
                "request": "0",
                "image": "0",
            },
            "top_provider": {
                "context_length": context,
                "max_completion_tokens": 4096 if context == 8192 else None,
                "is_moderated": False,
            },
            "per_request_limits": None,
            "supported_parameters": SUPPORTED.get(model, []),
            "default_parameters": {"temperature": None},
            "reasoning": {
                "mandatory": False,
                "default_enabled": False,
                "supported_efforts": None,
            }
            if "reasoning" in SUPPORTED.get(model, [])
            else None,
            "expiration_date": None,
        }

    def _endpoints(self, model: str) -> dict[str, Any]:
        """Three hosts: figures in seconds, figures in milliseconds, and one that publishes none."""
        row = self._row(model)
        quick = {"p50": 0.25, "p75": 0.4, "p90": 0.9, "p99": 2.1}
        slow = {"p50": 810, "p75": 900, "p90": 1500, "p99": 4000}
        hosts = [
            ("DeepInfra", "deepinfra/bf16", "bf16", 0, 99.8, quick, {"p50": 61.5}),
            ("Novita", "novita", "fp8", -2, 97.25, slow, {"p50": 18}),
            ("Parasail", "parasail", "unknown", 0, None, None, None),
        ]
        endpoints = [
            {
                "name": f"{name} | {model}",
                "model_id": model,
                "model_name": row["name"],
                "provider_name": name,
                "tag": tag,
                "quantization": quantization,
                "context_length": self.contexts[model],
                "max_prompt_tokens": None,
                "max_completion_tokens": None,
                "pricing": row["pricing"],
                "supported_parameters": row["supported_parameters"],
                "supports_implicit_caching": False,
                "status": status,
                "uptime_last_5m": None,
                "uptime_last_30m": uptime,
                "uptime_last_1d": uptime,
                "latency_last_30m": latency if self.publishes_figures else None,
                "throughput_last_30m": throughput if self.publishes_figures else None,
            }
            for name, tag, quantization, status, uptime, latency, throughput in hosts
        ]
        return {**row, "endpoints": endpoints}


def many_rows(count: int) -> list[dict[str, Any]]:
    """Entries of a long list: every maker, length, price and ability in turn."""
    makers = ("acme", "borealis", "cumulus", "delta", "ember", "fjord", "google")
    sizes = ("mini", "small", "8b", "27b", "70b", "large", "max")
    found = []
    for number in range(count):
        maker, size = makers[number % 7], sizes[number // 7 % 7]
        abilities = ["temperature", "top_p", "max_tokens", "stop", "seed", "frequency_penalty"]
        abilities += ["tools", "tool_choice"] if number % 2 else []
        abilities += ["response_format", "structured_outputs"] if number % 3 else []
        abilities += ["reasoning", "include_reasoning"] if number % 5 == 0 else []
        abilities += ["logprobs", "top_logprobs"] if number % 11 == 0 else []
        inputs = ["text", *(["image"] if number % 4 == 0 else [])]
        inputs += ["file"] if number % 6 == 0 else []
        free = number % 17 == 0
        found.append(
            {
                "id": f"{maker}/{maker}-{size}-v{number // 49}{':free' if free else ''}",
                "name": f"{maker.title()}: {maker.title()} {size.title()} v{number // 49}",
                "created": 1700000000 + number * 86400,
                "description": "Simulated. " * 20,
                "context_length": (8192, 32768, 131072, 262144, 1048576)[number // 3 % 5],
                "architecture": {"input_modalities": inputs, "output_modalities": ["text"]},
                "pricing": {
                    "prompt": "0" if free else f"{number % 40 / 10_000_000:.9f}",
                    "completion": "0" if free else f"{number % 90 / 10_000_000:.9f}",
                },
                "top_provider": {"max_completion_tokens": 8192 if number % 2 else None},
                "supported_parameters": abilities,
                "default_parameters": {"temperature": 0.7 if number % 8 == 0 else None},
                "expiration_date": "2026-12-31" if number % 97 == 0 else None,
            }
        )
    return found


def _per_token(per_million: float) -> str:
    return "-1" if per_million < 0 else f"{per_million / 1_000_000:.10f}".rstrip("0")


def metadata_raw(status: int, message: str) -> dict[str, Any]:
    """The older error whose cause is JSON text inside JSON text."""
    inner = json.dumps({"error": {"message": message, "code": status}})
    metadata = {"provider_name": "DeepInfra", "raw": inner}
    return {"error": {"code": status, "message": "Provider returned error", "metadata": metadata}}
