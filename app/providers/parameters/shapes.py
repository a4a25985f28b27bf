"""Values with an inner shape: thinking, the shape of the answer, and word bias."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from app.core.errors import SettingError
from app.core.models.parameter import ParameterValue
from app.providers.parameters.parameter import figure, listed, read_json, shown

EFFORTS = ("off", "low", "medium", "high")
LEVELS = ("minimal", "low", "medium", "high", "xhigh", "max")
"""How long a model can be asked to think, in all dialects and at all providers, rising."""
MOST_TOKENS = 100_000_000
"""Ten times what the longest memory of a model holds."""
_WIRE_EFFORTS = ("none", *LEVELS)
_SENTENCES = {
    "off": "Answers at once, without thinking first.",
    "minimal": "Thinks only a moment.",
    "low": "Thinks briefly.",
    "medium": "Thinks for a while.",
    "high": "Thinks long: better on hard questions, slower and dearer.",
    "xhigh": "Thinks very long: for the hardest questions, slow and dear.",
    "max": "Thinks as long as it may: the slowest and dearest.",
}


def read_reasoning(text: str) -> ParameterValue:
    """`high`, `2000` (a token budget), either followed by `hidden` if wanted; or JSON."""
    if text.startswith("{"):
        found = read_json(text, "Thinking")
        return found if isinstance(found, dict) else _no_reasoning(text)
    words = text.lower().replace(",", " ").split()
    is_hidden = "hidden" in words
    words = [word for word in words if word not in ("hidden", "shown")]
    if len(words) != 1:
        _no_reasoning(text)
    word = {"none": "off", "on": "medium"}.get(words[0], words[0])
    value: dict[str, Any] = {"effort": word}
    if re.fullmatch(r"[+-]?\d+", word):
        # Digits beyond these are past the range, and Python reads no more than some thousand.
        value = {"max_tokens": int(word[:20])}
    if not is_hidden and "effort" in value:
        return word
    return value | ({"exclude": True} if is_hidden else {})


def check_reasoning(value: Any) -> ParameterValue:
    """The value when it says how to think, else SettingError. A bare number is a budget."""
    if isinstance(value, bool):
        return {"enabled": True} if value else "off"
    budget = value.get("max_tokens") if isinstance(value, Mapping) else value
    if isinstance(budget, int) and not 1 <= budget <= MOST_TOKENS:
        raise SettingError(
            f"Thinking takes {listed(EFFORTS)}, or a budget in whole tokens from 1 to"
            f" {figure(MOST_TOKENS)}, not {shown(figure(budget))}."
        )
    if isinstance(value, int):
        return {"max_tokens": value}
    if isinstance(value, str) and value in (*EFFORTS, *_WIRE_EFFORTS):
        return "off" if value == "none" else value
    if isinstance(value, Mapping) and value:
        known = ("effort", "max_tokens", "exclude", "enabled", "summary")
        effort = value.get("effort")
        if (
            all(name in known for name in value)
            and (budget is None or type(budget) is int)
            and (effort is None or effort in (*EFFORTS, *_WIRE_EFFORTS))
            and all(type(value.get(name, False)) is bool for name in ("exclude", "enabled"))
        ):
            return dict(value)
    return _no_reasoning(str(value))


def reasoning_sentence(value: Any) -> str:
    """What a value of `reasoning` means."""
    if isinstance(value, Mapping):
        budget, effort = value.get("max_tokens"), value.get("effort", "medium")
        said = (
            f"Thinks with up to {figure(budget)} tokens."
            if budget
            else _SENTENCES.get(str(effort), "")
        )
        said = said or f"Thinks with effort “{shown(str(effort))}”."
        if value.get("enabled") is False:
            said = _SENTENCES["off"]
        return (
            f"{said} The thought stays hidden, but is paid for." if value.get("exclude") else said
        )
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Thinks with up to {figure(value)} tokens."
    return _SENTENCES.get(str(value), "How long the model thinks first.")


def _no_reasoning(text: str) -> ParameterValue:
    raise SettingError(
        f"Thinking takes {listed(EFFORTS)}, or a token budget like 2000; “{shown(text)}” is none.",
        "Add “hidden” to leave the thought out: high, hidden.",
    )


def read_shape(text: str) -> ParameterValue:
    """`text`, `json`, or a JSON schema as JSON."""
    if text.startswith("{"):
        found = read_json(text, "Answer shape")
        return found if isinstance(found, dict) else check_shape(text)
    return {"json_object": "json"}.get(text.lower(), text.lower())


def check_shape(value: Any) -> ParameterValue:
    """The value when it is a shape of answers; SettingError otherwise."""
    if isinstance(value, str) and value in ("text", "json"):
        return value
    if isinstance(value, Mapping) and value:
        return dict(value)
    raise SettingError(
        f"Answer shape takes text, json, or a JSON schema; “{shown(str(value))}” is none.",
        'A schema looks like {"type": "object", "properties": {"name": {"type": "string"}}}.',
    )


def shape_sentence(value: Any) -> str:
    """What a value of `response_format` means."""
    if isinstance(value, Mapping):
        return "JSON that fits the schema; the answer is checked."
    return "JSON; the answer is checked." if value == "json" else "Plain text."


def check_bias(value: Any) -> ParameterValue:
    """A bias by token number; SettingError when a token or a number is none."""
    if isinstance(value, Mapping) and value:
        is_right = all(
            str(token).isdecimal()
            and isinstance(bias, int | float)
            and not isinstance(bias, bool)
            and math.isfinite(bias)
            and abs(bias) <= 100
            for token, bias in value.items()
        )
        if is_right:
            return {str(token): bias for token, bias in value.items()}
    raise SettingError(
        "Word bias takes token numbers with a bias from −100 to 100.",
        'For example {"1234": -100} bans token 1234.',
    )


def bias_sentence(value: Any) -> str:
    """What a value of `logit_bias` means."""
    if not isinstance(value, Mapping):
        return "Makes chosen tokens likelier or bans them."
    banned = sum(1 for bias in value.values() if bias <= -100)
    rest = len(value) - banned
    parts = [f"{count} {verb}" for count, verb in ((rest, "pushed"), (banned, "banned")) if count]
    return f"Tokens: {', '.join(parts) or 'none'}."
