"""A provider's live list of models, whatever its shape, joined with what is bundled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from app.core.model import Model
from app.core.parameter import ParameterRange, Support
from app.core.usage import MILLION, Price
from app.providers.catalogue import group_of
from app.providers.json_text import amount, integer, items, number, table, text
from app.providers.parameters import PARAMETERS, canonical
from app.providers.profile import ProviderProfile

LONGEST = 5000
"""Models read from one list; what follows is left out."""
_SYSTEM_FEATURE = "openai/chat-completion.message.system"
_OTHER_KINDS = ("embedding", "image", "audio", "video", "tts", "stt", "rerank", "moderation")


def read_models(body: Any, profile: ProviderProfile) -> list[Model]:
    """The models of a list: `{data:[…]}`, `{models:[…]}`, a bare array, or null for none."""
    entries = items(body)
    for name in ("data", "models"):
        entries = entries or items(table(body).get(name))
    found: dict[str, Model] = {}
    for entry in entries[:LONGEST]:
        if type(entry) is str:
            entry = {"id": entry}
        model = _model(table(entry), profile)
        if model is not None:
            found.setdefault(model.id, model)
    return list(found.values())


def merged(live: Iterable[Model], bundled: Iterable[Model]) -> list[Model]:
    """The live models; what a live entry does not say is taken from the bundled one."""
    known = {model.id: model for model in bundled}
    return [_joined(model, known[model.id]) if model.id in known else model for model in live]


def _joined(live: Model, known: Model) -> Model:
    parameters = live.parameters or known.parameters
    if live.parameters:
        parameters = {
            name: known.parameters.get(name, range_) for name, range_ in live.parameters.items()
        }
    sources = dict(known.sources)
    for fact in ("context", "max_output", "price", "inputs"):
        if getattr(live, fact) not in (None, Price(), ("text",)):
            sources[fact] = "the provider's live list"
    return replace(
        known,
        context=live.context or known.context,
        max_output=live.max_output or known.max_output,
        inputs=live.inputs if len(live.inputs) > 1 else known.inputs,
        outputs=live.outputs if len(live.outputs) > 1 else known.outputs,
        price=live.price if live.price != Price() else known.price,
        parameters=parameters,
        unlisted=live.unlisted if live.parameters else known.unlisted,
        roles=known.roles if "system" in live.roles else live.roles,
        source="live",
        sources=sources,
    )


def _model(entry: dict[str, Any], profile: ProviderProfile) -> Model | None:
    model_id = text(entry.get("id")) or text(entry.get("key")) or text(entry.get("model"))
    model_id = model_id or text(entry.get("name"))
    info = table(entry.get("info"))
    kind = text(entry.get("type")).rsplit("/", 1)[-1] or text(entry.get("category"))
    if not model_id or len(model_id) > 300 or kind.lower() in _OTHER_KINDS:
        return None
    architecture, top = table(entry.get("architecture")), table(entry.get("top_provider"))
    names = (entry.get("display_name"), info.get("name"), entry.get("name"))
    inputs = _modalities(entry, architecture, "input")
    if _lists_vision(entry) and "image" not in inputs:
        inputs = (*inputs, "image")
    parameters = _parameters(entry, profile)
    return Model(
        provider_id=profile.id,
        id=model_id,
        name=next((text(name) for name in names if text(name)), model_id)[:200],
        group=group_of(model_id),
        context=_first(
            entry.get("context_length"),
            top.get("context_length"),
            entry.get("context_window"),
            info.get("contextLength"),
            entry.get("max_model_len"),
            entry.get("max_context_length"),
            table(entry.get("meta")).get("n_ctx_train"),
        ),
        max_output=_first(
            top.get("max_completion_tokens"),
            entry.get("max_output_tokens"),
            entry.get("max_output_length"),
            info.get("outputMax"),
            info.get("maxTokens"),
        ),
        inputs=inputs,
        outputs=_modalities(entry, architecture, "output"),
        price=_price(entry.get("pricing")),
        parameters=parameters,
        unlisted=profile.unlisted if parameters else Support.UNKNOWN,
        roles=_roles(entry),
        released=_released(entry, info),
        source="live",
    )


def _first(*values: Any) -> int | None:
    for value in values:
        found = integer(value)
        if found is not None and found > 0:
            return found
    return None


def _modalities(entry: dict[str, Any], architecture: dict[str, Any], side: str) -> tuple[str, ...]:
    name = f"{side}_modalities"
    listed = items(architecture.get(name)) or items(entry.get(name))
    listed = listed or items(table(entry.get("modalities")).get(side))
    found = [word for word in listed if type(word) is str]
    return tuple(sorted(found, key=lambda word: word != "text")) if found else ("text",)


def _lists_vision(entry: dict[str, Any]) -> bool:
    capabilities = entry.get("capabilities")
    if type(capabilities) is dict and capabilities.get("vision") is True:
        return True
    return "vision" in items(entry.get("features")) or "vision" in items(capabilities)


def _parameters(entry: dict[str, Any], profile: ProviderProfile) -> dict[str, ParameterRange]:
    listed = items(entry.get("supported_parameters"))
    listed = listed or items(entry.get("supported_sampling_parameters"))
    defaults = table(entry.get("default_parameters")) or table(entry.get("default_params"))
    found: dict[str, ParameterRange] = {}
    for item in listed:
        detail = table(item)
        given = text(item) or text(detail.get("name"))
        name = canonical(given)
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
            source="the provider's live list",
        )
    return found


def _price(pricing: Any) -> Price:
    """Prices per token become prices per million; -1 and what is missing stay unknown."""
    if type(pricing) is list:
        pricing = pricing[0] if pricing else {}
    entry = table(pricing)
    if items(entry.get("units")):
        return _price_of_units(items(entry.get("units")))
    flat = amount(entry.get("request"))
    return Price(
        _per_million(amount(entry.get("prompt"))),
        _per_million(amount(entry.get("completion"))),
        flat,
        amount(entry.get("web_search")) or None,
    )


def _price_of_units(units: list[Any]) -> Price:
    found: dict[str, Decimal] = {}
    for unit in map(table, units):
        price, per = amount(unit.get("price")), amount(unit.get("per", 1))
        words = f"{text(unit.get('name'))} {text(unit.get('measure'))}".lower()
        if price is None or not per:
            continue
        for side in ("input", "output"):
            if side in words:
                found.setdefault(side, price / per * MILLION)
                break
    return Price(found.get("input"), found.get("output"))


def _per_million(per_token: Decimal | None) -> Decimal | None:
    return None if per_token is None else (per_token * MILLION).normalize()


def _roles(entry: dict[str, Any]) -> tuple[str, ...]:
    features = [word for word in items(entry.get("features")) if type(word) is str]
    gated = [word for word in features if word.startswith("openai/chat-completion")]
    if gated and _SYSTEM_FEATURE not in gated:
        return ("user", "assistant")
    if table(entry.get("capabilities")).get("system_prompt") is False:
        return ("user", "assistant")
    return ("system", "user", "assistant")


def _released(entry: dict[str, Any], info: dict[str, Any]) -> str:
    named = text(info.get("releasedAt")) or text(entry.get("model_released_at"))
    if named:
        return named[:10]
    seconds = integer(entry.get("created"))
    # Local servers put a file's time here; only years in which such models existed are believed.
    if seconds is None or not 1_500_000_000 < seconds < 4_000_000_000:
        return ""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
