"""Set parameters to fields of a request body, as one provider wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.errors import RefusedError, SettingError
from app.core.events import Noticed
from app.core.model import Model
from app.core.parameter import ParameterValue, Support
from app.providers.parameters import PARAMETERS, canonical
from app.providers.profile import ProviderProfile

RAW = "raw"
"""The name under which a conversation keeps JSON that is merged into the body last."""


def encode(
    parameters: Mapping[str, ParameterValue], model: Model, profile: ProviderProfile
) -> tuple[dict[str, Any], list[Noticed]]:
    """The body's fields for the parameters that are set, and notices about those left out.

    A parameter that the route lists, or of which nothing is known, is sent. One that the route is
    known to ignore is left out with a notice. One that it is known to refuse, a value outside the
    route's range, and a value that cannot be expressed raise RefusedError naming the parameter.
    """
    fields: dict[str, Any] = {}
    notices: list[Noticed] = []
    for given, value in parameters.items():
        name = canonical(given)
        parameter = PARAMETERS.get(name)
        if parameter is None or value is None:
            if given != RAW and value is not None:
                raise RefusedError(
                    f"There is no parameter called “{given[:60]}”.",
                    "Remove it, or put it into Raw JSON, which is sent as it is.",
                    provider=profile.id,
                    parameter=given,
                )
            continue
        support = model.support(name)
        if support is Support.IGNORED:
            route = f"{model.name} at {profile.name}"
            text = f"{parameter.title} ({name}) was not sent: {route} ignores it."
            notices.append(Noticed("not_sent", text))
            continue
        if support is Support.REFUSED:
            raise RefusedError(
                f"{model.name} at {profile.name} does not take {parameter.title} ({name}).",
                "Reset that dial, or choose another route.",
                provider=profile.id,
                parameter=name,
            )
        try:
            checked = parameter.check(value, model.range_of(name))
        except SettingError as error:
            raise _refused(error, profile, name) from error
        fields.update(_fields(name, checked, profile))
    if fields.get("top_logprobs") and "logprobs" not in fields:
        fields["logprobs"] = True
        notices.append(
            Noticed("added", "Confidence (logprobs) was sent too: Rivals recorded needs it.")
        )
    return fields, notices


def _fields(name: str, value: Any, profile: ProviderProfile) -> dict[str, Any]:
    match name:
        case "stop":
            return _stop(value, profile)
        case "max_tokens":
            return {profile.max_tokens_name: value}
        case "reasoning":
            return {"reasoning": _reasoning(value)}
        case "response_format":
            return {"response_format": _shape(value)}
        case "web_search":
            return _web_search(value, profile)
    return {name: value}


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


def _reasoning(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        value = {"effort": value}
    fields = dict(value)
    if fields.get("effort") == "off":
        fields["effort"] = "none"
    if fields.keys() == {"exclude"}:
        fields["enabled"] = True
    return fields


def _shape(value: Any) -> dict[str, Any]:
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


def _web_search(value: bool, profile: ProviderProfile) -> dict[str, Any]:
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
