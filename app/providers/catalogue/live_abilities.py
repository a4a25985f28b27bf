"""What an entry of a provider's list says a route takes: parameters, roles, dialects, abilities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.models.model import LIVE
from app.core.models.parameter import ParameterRange, ParameterValue
from app.providers.catalogue.profile import DIALECT_NAMES, ProviderProfile
from app.providers.parameters.declarations import PARAMETERS, canonical
from app.providers.parameters.shapes import LEVELS
from app.providers.transport.json_text import items, number, table, text

_GATE = "openai/chat-completion."
_ABILITIES = {
    "tools": "tools",
    "function": "tools",
    "function_calling": "tools",
    "tool_calling": "tools",
    "trained_for_tool_use": "tools",
    "structured_output": "schema",
    "structured_outputs": "schema",
    "json_mode": "response_format",
    "response-format": "response_format",
    "response_format": "response_format",
    "reasoning": "reasoning",
    "web_search": "web_search",
    "logprobs": "logprobs",
    "vision": "vision",
    "file_input": "file_input",
    "audio_input": "audio_input",
    "video_input": "video_input",
}
"""The words of all lists, and what they are called here."""


def words_of(entry: dict[str, Any]) -> set[str]:
    """Every word with which an entry praises its model, whatever the list calls the place."""
    found: set[str] = set()
    for name in ("features", "supported_features", "capabilities", "supported_parameters"):
        value = entry.get(name)
        found.update(word for word in items(value) if type(word) is str)
        # An object beside the switch (LM Studio's reasoning) says that there is something to set.
        found.update(word for word, says in table(value).items() if says is True or table(says))
    return found


def abilities_of(entry: dict[str, Any]) -> tuple[str, ...]:
    """What the route can do, in our words, in alphabetical order."""
    words = {word.removeprefix(_GATE) for word in words_of(entry)}
    return tuple(sorted({_ABILITIES[word] for word in words if word in _ABILITIES}))


def roles_of(entry: dict[str, Any]) -> tuple[str, ...]:
    """The roles a route takes: gated by features where a list has them, else the usual three."""
    gated = [word for word in items(entry.get("features")) if type(word) is str]
    gated = [word for word in gated if word.startswith(_GATE.removesuffix("."))]
    if table(entry.get("capabilities")).get("system_prompt") is False:
        return ("user", "assistant")
    if not gated:
        return ("system", "user", "assistant")
    named = [role for role in ("system", "developer") if f"{_GATE}message.{role}" in gated]
    return (*named, "user", "assistant")


def dialects_of(entry: dict[str, Any]) -> tuple[str, ...]:
    """The dialects an entry names by their endpoints, empty when it names none."""
    listed = [*items(entry.get("supported_endpoints")), *items(entry.get("endpoints"))]
    written = " ".join(word for word in [*listed, entry.get("type")] if type(word) is str).lower()
    return tuple(dialect for dialect in DIALECT_NAMES if dialect in written)


def parameters_of(entry: dict[str, Any], profile: ProviderProfile) -> dict[str, ParameterRange]:
    """The parameters an entry lists, with range and default; none when it lists none."""
    listed = items(entry.get("supported_parameters"))
    listed = listed or items(entry.get("supported_sampling_parameters"))
    defaults = table(entry.get("default_parameters")) or table(entry.get("default_params"))
    found: dict[str, ParameterRange] = {}
    for item in listed:
        detail = table(item)
        given = text(item) or text(detail.get("name"))
        name = canonical(profile.own_names.get(given, given))
        if name not in PARAMETERS:
            continue
        general = profile.ranges.get(name, ParameterRange())
        bounds = items(detail.get("range"))
        low = number(detail.get("min", bounds[0] if len(bounds) == 2 else None))
        high = number(detail.get("max", bounds[1] if len(bounds) == 2 else None))
        default = detail.get("default", defaults.get(given))
        is_plain = type(default) in (bool, int, float, str)
        found[name] = replace(
            general,
            minimum=general.minimum if low is None else low,
            maximum=general.maximum if high is None else high,
            default=default if is_plain else general.default,
            source=LIVE,
        )
    thinking = _thinking(entry)
    if thinking is not None and (listed == [] or "reasoning" in found):
        found["reasoning"] = thinking
    if found and profile.web_search_tool:
        # The provider searches by itself, whatever the model.
        found.setdefault("web_search", profile.ranges.get("web_search", ParameterRange()))
    return found


def _thinking(entry: dict[str, Any]) -> ParameterRange | None:
    """How a route can be told to think: OpenRouter's `reasoning`, LM Studio's ability of it."""
    said = table(entry.get("reasoning"))
    own = table(table(entry.get("capabilities")).get("reasoning"))
    if not said and not own:
        return None
    listed = items(said.get("supported_efforts")) or items(own.get("allowed_options"))
    efforts = [effort for effort in LEVELS if effort in listed] or ["low", "medium", "high"]
    is_mandatory = said.get("mandatory") is True
    if not is_mandatory:
        efforts.insert(0, "off")
    default: ParameterValue | None = None
    given = text(said.get("default_effort")) or text(own.get("default"))
    if said.get("default_enabled") is False and not is_mandatory:
        default = "off"
    elif given in efforts:
        default = given
    elif said.get("default_enabled") is True or is_mandatory:
        default = "medium" if "medium" in efforts else efforts[0]
    note = "This model always thinks first; that cannot be switched off." if is_mandatory else ""
    return ParameterRange(default=default, choices=tuple(efforts), note=note, source=LIVE)
