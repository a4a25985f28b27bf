"""Set parameters to fields of a request body, as one provider wants them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.core.conversations.events import Noticed
from app.core.errors import RefusedError, SettingError
from app.core.models.model import Model
from app.core.models.parameter import ParameterRange, ParameterValue, Support
from app.providers.catalogue.profile import ProviderProfile
from app.providers.parameters.declarations import PARAMETERS, canonical
from app.providers.parameters.routing import ROUTING

RAW = "raw"
"""The name under which a conversation keeps JSON that is merged into the body last."""

Writer = Callable[[str, Any, ProviderProfile], dict[str, Any] | None]
"""Writes one checked parameter as fields of a body; None says that a dialect has no place for it.

An empty mapping means that there is nothing to send.
"""


def encode(
    parameters: Mapping[str, ParameterValue], model: Model, profile: ProviderProfile
) -> tuple[dict[str, Any], list[Noticed]]:
    """The fields of a chat body for the parameters that are set; else like `encode_by`."""
    fields, notices = encode_by(_fields, parameters, model, profile)
    if fields.get("top_logprobs") and "logprobs" not in fields:
        fields["logprobs"] = True
        notices.append(
            Noticed("added", "Confidence (logprobs) was sent too: Rivals recorded needs it.")
        )
    return fields, notices


def encode_by(
    write: Writer,
    parameters: Mapping[str, ParameterValue],
    model: Model,
    profile: ProviderProfile,
    *,
    dialect: str = "Chat Completions",
    limits: Mapping[str, float] | None = None,
) -> tuple[dict[str, Any], list[Noticed]]:
    """The body's fields for the parameters that are set, and notices about those left out.

    A parameter that the route lists, or of which nothing is known, is sent. One that the route is
    known to ignore, or that the dialect has no place for, is left out with a notice. One that it
    is known to refuse, a value outside the route's range or above the dialect's own `limits`, and a
    value that cannot be expressed raise RefusedError naming the parameter.
    """
    fields: dict[str, Any] = {}
    notices: list[Noticed] = []
    for given, value in parameters.items():
        name = canonical(given)
        parameter = PARAMETERS.get(name)
        if parameter is None or value is None:
            if given not in (RAW, ROUTING) and value is not None:
                raise RefusedError(
                    f"There is no parameter called “{given[:60]}”.",
                    "Remove it, or put it into Raw JSON, which is sent as it is.",
                    provider=profile.id,
                    parameter=given,
                )
            continue
        support = model.support(name)
        if support is Support.IGNORED:
            route = profile.route_name(model.name)
            text = f"{parameter.title} ({name}) was not sent: {route} ignores it."
            notices.append(Noticed("not_sent", text))
            continue
        if support is Support.REFUSED:
            raise RefusedError(
                f"{profile.route_name(model.name)} does not take {parameter.title} ({name}).",
                "Reset that dial, or choose another route.",
                provider=profile.id,
                parameter=name,
            )
        try:
            allowed = _narrowed(model.range_of(name), (limits or {}).get(name))
            if parameter.is_output_length:
                allowed = _narrowed(allowed, model.context)
            checked = parameter.check(value, allowed)
        except SettingError as error:
            raise _refused(error, profile, name) from error
        found = write(name, checked, profile)
        if found is None:
            text = f"{parameter.title} ({name}) was not sent: {dialect} has no place for it."
            notices.append(Noticed("not_sent", text))
        else:
            fields.update(found)
    return fields, notices


def _narrowed(allowed: ParameterRange, limit: float | None) -> ParameterRange:
    if limit is None or (allowed.maximum is not None and allowed.maximum <= limit):
        return allowed
    return replace(allowed, maximum=limit)


def _fields(name: str, value: Any, profile: ProviderProfile) -> dict[str, Any] | None:
    match name:
        case "stop":
            return _stop(value, profile)
        case "max_tokens":
            return {profile.max_tokens_name: value}
        case "reasoning":
            return {"reasoning": reasoning_map(value)}
        case "response_format":
            return {"response_format": shape_of(value)}
        case "web_search":
            return web_search_field(value, profile)
    return {profile.names.get(name, name): value}


def _stop(texts: list[str], profile: ProviderProfile) -> dict[str, Any]:
    if not texts:
        return {}
    if profile.stop_encoding == "array":
        return {"stop": list(texts)}
    broken = next((item for item in texts if "," in item), None)
    if broken is not None:
        raise RefusedError(
            f"{profile.name} takes the texts to stop at as one, separated by commas, "
            f"so “{broken[:40]}” with its comma cannot be sent.",
            "Choose a text to stop at without a comma.",
            provider=profile.id,
            parameter="stop",
        )
    return {"stop": ",".join(texts)}


def reasoning_map(value: Any) -> dict[str, Any]:
    """How much to think, as a map: `effort` (with "none" for off), `max_tokens`, `enabled`, …"""
    if isinstance(value, str):
        value = {"effort": value}
    fields = dict(value)
    if fields.get("effort") == "off":
        fields["effort"] = "none"
    if fields.keys() == {"exclude"}:
        fields["enabled"] = True
    return fields


def shape_of(value: Any) -> dict[str, Any]:
    """The form an answer must have, as Chat Completions writes it; a bare schema gets a name."""
    if value == "text":
        return {"type": "text"}
    if value == "json":
        return {"type": "json_object"}
    shape = dict(value)
    if shape.get("type") in ("text", "json_object", "json_schema", "grammar", "python"):
        return shape
    if "schema" in shape:
        named = {"name": "answer", **shape}
    else:
        named = {"name": "answer", "strict": True, "schema": shape}
    return {"type": "json_schema", "json_schema": named}


def web_search_field(value: bool, profile: ProviderProfile) -> dict[str, Any]:
    """The provider's own switch or tool for a web search; RefusedError where there is none."""
    if profile.web_search_tool:
        return {"tools": [{"type": profile.web_search_tool}]} if value else {}
    if not profile.web_search_name:
        raise RefusedError(
            f"{profile.name} has no web search that Facet can ask for.",
            "Switch Search the web off for this conversation.",
            provider=profile.id,
            parameter="web_search",
        )
    return {profile.web_search_name: value}


def _refused(error: SettingError, profile: ProviderProfile, name: str) -> RefusedError:
    hint = error.hint or "Change or reset that dial."
    return RefusedError(error.message, hint, provider=profile.id, parameter=name)
