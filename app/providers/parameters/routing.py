"""Which hosts may answer a question at a gateway, what they may keep and cost: the `routing` of a
request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.providers.catalogue.profile import ProviderProfile
from app.providers.transport.json_text import amount, items, table, text

ROUTING = "routing"
"""The name under which a conversation keeps its wishes about hosts."""
LISTS = ("order", "only", "ignore", "quantizations", "models")
SORTS = ("price", "throughput", "latency", "exacto")
QUANTIZATIONS = ("int4", "fp4", "int8", "fp8", "fp16", "bf16", "fp32")
NEUTRAL: Mapping[str, Any] = {
    "allow_fallbacks": True,
    "require_parameters": False,
    "zdr": False,
    "allow_compression": False,
}
"""What a gateway does when a wish is not sent."""
_LONGEST = 50


def clean_routing(value: Any) -> dict[str, Any]:
    """The wishes that can be understood; unknown names, empty lists and what is neutral go."""
    said = table(dict(value)) if isinstance(value, Mapping) else {}
    found: dict[str, Any] = {}
    for name in LISTS:
        given = said.get(name)
        listed = items(list(given)) if isinstance(given, list | tuple) else []
        words = [text(word).strip()[:200] for word in listed if text(word).strip()]
        if words:
            found[name] = list(dict.fromkeys(words))[:_LONGEST]
    if text(said.get("sort")) in SORTS:
        found["sort"] = said["sort"]
    if text(said.get("data_collection")) in ("allow", "deny"):
        found["data_collection"] = said["data_collection"]
    limits = table(said.get("max_price"))
    prices = {side: limits[side] for side in ("prompt", "completion") if _is_price(limits, side)}
    if prices:
        found["max_price"] = prices
    for name, neutral in NEUTRAL.items():
        if type(said.get(name)) is bool and said[name] is not neutral:
            found[name] = said[name]
    return found


def joined(default: Any, own: Any) -> dict[str, Any]:
    """A conversation's own wishes over the general ones; an own empty value takes one away."""
    first = dict(default) if isinstance(default, Mapping) else {}
    over = dict(own) if isinstance(own, Mapping) else {}
    return clean_routing({**first, **over})


def routing_fields(value: Any, profile: ProviderProfile) -> dict[str, Any]:
    """The fields of a body for these wishes, none where the provider takes no such wishes."""
    if not profile.takes_routing:
        return {}
    wishes = clean_routing(value)
    wishes.pop("allow_compression", None)
    models = wishes.pop("models", None)
    fields: dict[str, Any] = {"provider": wishes} if wishes else {}
    return fields | ({"models": models} if models else {})


def allows_compression(value: Any) -> bool:
    """Whether a gateway may shorten a conversation that is too long for a small context."""
    return bool(clean_routing(value).get("allow_compression"))


def _is_price(limits: Mapping[str, Any], side: str) -> bool:
    return type(limits.get(side)) in (int, float) and amount(limits[side]) is not None
