"""What Practice accepts: a chat request, checked field by field as a provider would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.models.parameter import ParameterRange
from app.core.models.sampling import Sampling, sampling_from
from app.practice.answer import Turn

MODEL_ID = "practice-1"
CONTEXT = 8192
DEFAULT_LENGTH = 2048

RANGES: Mapping[str, ParameterRange] = {
    "temperature": ParameterRange(0, 2, 0.7),
    "top_p": ParameterRange(0, 1, 1),
    "top_k": ParameterRange(0, 1000, 0),
    "min_p": ParameterRange(0, 1, 0),
    "top_a": ParameterRange(0, 1, 0),
    "frequency_penalty": ParameterRange(-2, 2, 0),
    "presence_penalty": ParameterRange(-2, 2, 0),
    "repetition_penalty": ParameterRange(0.1, 2, 1),
    "seed": ParameterRange(),
    "max_tokens": ParameterRange(1, CONTEXT, DEFAULT_LENGTH),
    "top_logprobs": ParameterRange(0, 20, 0),
}
"""The numbers Practice takes; resources/providers/practice.toml says the same (tested)."""

_WHOLE = frozenset({"top_k", "seed", "max_tokens", "top_logprobs"})
_OTHERS = frozenset(
    {
        "model",
        "messages",
        "stream",
        "stream_options",
        "stop",
        "logprobs",
        "logit_bias",
        "response_format",
        "usage",
    }
)
_ROLES = frozenset({"system", "developer", "user", "assistant"})
_MOST_STOPS = 4


class BadRequestError(Exception):
    """The request is refused; becomes an OpenAI-like error body. `status` is the HTTP status."""

    def __init__(
        self, message: str, parameter: str = "", *, code: str = "invalid_value", status: int = 400
    ) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.code = code
        self.status = status

    @property
    def body(self) -> dict[str, Any]:
        """The error as it is sent."""
        return {
            "error": {
                "message": str(self),
                "type": "invalid_request_error",
                "param": self.parameter or None,
                "code": self.code,
            }
        }


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A request that can be answered. `rivals` is None when no probabilities are asked for."""

    turns: tuple[Turn, ...]
    sampling: Sampling
    seed: int | None
    limit: int
    stops: tuple[str, ...]
    rivals: int | None
    is_stream: bool


def read_request(body: Any, ids_of: Callable[[str], list[int]]) -> ChatRequest:
    """Checks a decoded body; `ids_of` finds the token ids of a word for the word bias.

    A parameter that is null counts as absent. Raises BadRequestError.
    """
    if not isinstance(body, Mapping):
        raise BadRequestError("The body must be a JSON object.")
    values = {name: value for name, value in body.items() if value is not None}
    for name in values:
        if name not in RANGES and name not in _OTHERS:
            raise BadRequestError(
                f"Practice does not know the parameter '{name}'.", name, code="unknown_parameter"
            )
    if values.get("model") != MODEL_ID:
        raise BadRequestError(
            f"Practice has one model, '{MODEL_ID}'.", "model", code="model_not_found", status=404
        )
    numbers = {name: _number(name, values[name]) for name in RANGES if name in values}
    bias = _bias(values.get("logit_bias", {}), ids_of)
    _check_shape(values.get("response_format", {"type": "text"}))
    return ChatRequest(
        turns=_turns(values.get("messages")),
        sampling=sampling_from(numbers, logit_bias=bias),
        seed=int(numbers["seed"]) if "seed" in numbers else None,
        limit=int(numbers.get("max_tokens", DEFAULT_LENGTH)),
        stops=_stops(values.get("stop", [])),
        rivals=_rivals(values, numbers),
        is_stream=_flag("stream", values.get("stream", False)),
    )


def _number(name: str, value: Any) -> float:
    accepted = RANGES[name]
    is_whole = name in _WHOLE
    if isinstance(value, bool) or not isinstance(value, int if is_whole else int | float):
        kind = "a whole number" if is_whole else "a number"
        raise BadRequestError(f"'{name}' must be {kind}.", name, code="invalid_type")
    low, high = accepted.minimum, accepted.maximum
    if (low is not None and not value >= low) or (high is not None and not value <= high):
        raise BadRequestError(f"'{name}' must be between {low:g} and {high:g}; got {value}.", name)
    return value


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadRequestError(f"'{name}' must be true or false.", name, code="invalid_type")
    return value


def _rivals(values: Mapping[str, Any], numbers: Mapping[str, float]) -> int | None:
    is_wanted = _flag("logprobs", values.get("logprobs", False))
    if "top_logprobs" in numbers and not is_wanted:
        raise BadRequestError("'top_logprobs' needs 'logprobs' to be true.", "top_logprobs")
    return int(numbers.get("top_logprobs", 0)) if is_wanted else None


def _stops(value: Any) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise BadRequestError(
            "'stop' must be a text, or a list of texts that are not empty.", "stop"
        )
    if len(texts) > _MOST_STOPS:
        raise BadRequestError(f"'stop' takes at most {_MOST_STOPS} texts.", "stop")
    return tuple(texts)


def _bias(value: Any, ids_of: Callable[[str], list[int]]) -> dict[int, float]:
    if not isinstance(value, Mapping):
        raise BadRequestError("'logit_bias' must be an object.", "logit_bias", code="invalid_type")
    bias: dict[int, float] = {}
    for key, amount in value.items():
        if isinstance(amount, bool) or not isinstance(amount, int | float) or abs(amount) > 100:
            raise BadRequestError(
                f"'logit_bias' for '{key}' must be a number between -100 and 100.", "logit_bias"
            )
        for token in [int(key)] if key.isdecimal() else ids_of(key):
            bias[token] = amount
    return bias


def _check_shape(value: Any) -> None:
    kind = value.get("type") if isinstance(value, Mapping) else value
    if kind != "text":
        raise BadRequestError(
            "Practice answers in plain text only: 'response_format' must be 'text'.",
            "response_format",
            code="unsupported_value",
        )


def _turns(messages: Any) -> tuple[Turn, ...]:
    if not isinstance(messages, list) or not messages:
        raise BadRequestError("'messages' must be a list with at least one message.", "messages")
    turns = []
    for place, message in enumerate(messages):
        role = message.get("role") if isinstance(message, Mapping) else None
        if role not in _ROLES:
            raise BadRequestError(
                f"'messages[{place}].role' must be one of system, developer, user, assistant.",
                "messages",
            )
        turns.append(Turn(role, _text(message.get("content"), place)))
    return tuple(turns)


def _text(content: Any, place: int) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(
        isinstance(part, Mapping)
        and part.get("type") == "text"
        and isinstance(part.get("text"), str)
        for part in content
    ):
        return "".join(part["text"] for part in content)
    raise BadRequestError(
        f"Practice reads text only: 'messages[{place}].content' must be text.",
        "messages",
        code="unsupported_content",
    )
