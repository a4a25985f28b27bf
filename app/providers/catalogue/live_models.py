"""A provider's live list of models, whatever its shape, joined with what is bundled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.core.costs.usage import Price
from app.core.errors import ProtocolError
from app.core.models.model import LIVE, Model
from app.core.models.parameter import Support
from app.providers.catalogue.catalogue import group_of
from app.providers.catalogue.list_entries import entries_of, id_of
from app.providers.catalogue.live_abilities import (
    abilities_of,
    dialects_of,
    parameters_of,
    roles_of,
)
from app.providers.catalogue.live_prices import price_notes, price_of
from app.providers.catalogue.profile import ProviderProfile
from app.providers.errors.error_body import error_body_in
from app.providers.errors.redaction import details_of, sentence_of
from app.providers.transport.json_text import integer, items, positive, table, text

LONGEST = 5000
"""Models read from one list; what follows is left out."""
_OTHER_KINDS = frozenset(
    ("embedding", "embeddings", "image", "audio", "video", "tts", "stt", "rerank", "moderation")
)
_SEEN_AS = {"vision": "image", "file_input": "file", "audio_input": "audio", "video_input": "video"}


def read_models(body: Any, profile: ProviderProfile) -> list[Model]:
    """The models of a list of any shape. ProtocolError for what is no list of models."""
    entries = entries_of(body)
    if entries is None:
        said = error_body_in(body).message
        raise ProtocolError(
            f"The list of models of {profile.name} could not be read"
            f"{f': {sentence_of(said)}' if said else ''}.",
            "Type a model's id, or check the base URL in Settings, Providers.",
            provider=profile.id,
            details=details_of(str(body), limit=500),
        )
    found: dict[str, Model] = {}
    for entry in entries[:LONGEST]:
        if type(entry) is str:
            entry = {"id": entry}
        model = _model(table(entry), profile)
        if model is not None:
            found.setdefault(model.id, model)
    return list(found.values())


def merged(live: Iterable[Model], bundled: Iterable[Model]) -> list[Model]:
    """The live models over the bundled ones; what a live entry does not say stays as bundled.

    A bundled model that a list no longer has is marked as removed and stays last.
    """
    listed = list(live)
    known = {model.id: model for model in bundled}
    found: list[Model] = []
    met: set[str] = set()
    for model in listed:
        names = (model.id, *model.aliases)
        name = next((name for name in names if name in known and name not in met), None)
        found.append(model if name is None else _over_bundled(model, known[name]))
        met.update(names if name is None else (name,))
    gone = [model for model_id, model in known.items() if model_id not in met]
    return [*found, *(replace(model, is_removed=bool(listed)) for model in gone)]


def with_missing(new: Iterable[Model], old: Iterable[Model]) -> list[Model]:
    """A new list, and after it what only the old one had, marked as removed."""
    found = list(new)
    names = {model.id for model in found}
    gone = [replace(model, is_removed=True) for model in old if model.id not in names]
    return [*found, *gone][:LONGEST]


def _over_bundled(live: Model, known: Model) -> Model:
    parameters = live.parameters or known.parameters
    if live.parameters:
        parameters = {
            name: replace(known.parameters[name], default=_default(known, live, name))
            if name in known.parameters and name != "reasoning"
            else range_
            for name, range_ in live.parameters.items()
        }
    return replace(
        known,
        context=live.context or known.context,
        max_output=live.max_output or known.max_output,
        inputs=live.inputs if "inputs" in live.sources else known.inputs,
        outputs=live.outputs if "outputs" in live.sources else known.outputs,
        price=_price(live, known),
        parameters=parameters,
        unlisted=live.unlisted if live.parameters else known.unlisted,
        roles=live.roles if "roles" in live.sources else known.roles,
        dialects=live.dialects if "dialects" in live.sources else known.dialects,
        notes=(*known.notes, *live.notes),
        abilities=tuple(sorted({*known.abilities, *live.abilities})),
        aliases=live.aliases,
        expires=live.expires,
        is_removed=live.is_removed,
        source="live",
        sources={**known.sources, **live.sources},
    )


def _price(live: Model, known: Model) -> Price:
    """The listed price; that of a web search, which lists seldom name, stays as it is known."""
    if "price" not in live.sources:
        return known.price
    if live.price.per_search is None:
        return replace(live.price, per_search=known.price.per_search)
    return live.price


def _default(known: Model, live: Model, name: str) -> Any:
    found = live.parameters[name].default
    return known.parameters[name].default if found is None else found


def _model(entry: Mapping[str, Any], profile: ProviderProfile) -> Model | None:
    entry = dict(entry)
    model_id = id_of(entry)
    info = table(entry.get("info"))
    kind = text(entry.get("type")).rsplit("/", 1)[-1] or text(entry.get("category"))
    if not model_id or len(model_id) > 300 or kind.lower() in _OTHER_KINDS:
        return None
    names = (entry.get("display_name"), info.get("name"), entry.get("name"))
    abilities = abilities_of(entry)
    facts: dict[str, Any] = {
        "context": _context(entry, info),
        "max_output": _max_output(entry, info),
        "inputs": _inputs(entry, abilities),
        "outputs": _modalities(entry, "output"),
        "price": price_of(entry.get("pricing")),
        "parameters": parameters_of(entry, profile),
        "dialects": dialects_of(entry),
        "roles": roles_of(entry) if _gates_roles(entry) else (),
    }
    told = {name: value for name, value in facts.items() if value and value != Price()}
    return Model(
        provider_id=profile.id,
        id=model_id,
        name=next((text(name) for name in names if text(name)), model_id)[:200],
        group=group_of(model_id),
        unlisted=profile.unlisted if "parameters" in told else Support.UNKNOWN,
        notes=(*price_notes(entry.get("pricing")), *_state_notes(entry)),
        abilities=abilities,
        aliases=tuple(alias for alias in items(entry.get("aliases")) if type(alias) is str)[:20],
        released=_released(entry, info),
        expires=text(entry.get("expiration_date"))[:10],
        source="live",
        sources=dict.fromkeys(told, LIVE),
        **told,
    )


def _context(entry: dict[str, Any], info: dict[str, Any]) -> int | None:
    loaded = [table(table(one).get("config")) for one in items(entry.get("loaded_instances"))]
    return positive(
        *(config.get("context_length") for config in loaded[:1]),
        entry.get("context_length"),
        table(entry.get("top_provider")).get("context_length"),
        entry.get("context_window"),
        info.get("contextLength"),
        entry.get("max_model_len"),
        entry.get("max_context_length"),
        table(entry.get("meta")).get("n_ctx"),
        table(entry.get("meta")).get("n_ctx_train"),
    )


def _max_output(entry: dict[str, Any], info: dict[str, Any]) -> int | None:
    return positive(
        table(entry.get("top_provider")).get("max_completion_tokens"),
        entry.get("max_output_tokens"),
        entry.get("max_output_length"),
        info.get("outputMax"),
        info.get("maxTokens"),
    )


def _inputs(entry: dict[str, Any], abilities: Iterable[str]) -> tuple[str, ...]:
    found = list(_modalities(entry, "input"))
    for ability, kind in _SEEN_AS.items():
        if ability in abilities and kind not in found:
            found = [*(found or ["text"]), kind]
    return tuple(found)


def _modalities(entry: dict[str, Any], side: str) -> tuple[str, ...]:
    name = f"{side}_modalities"
    listed = items(table(entry.get("architecture")).get(name)) or items(entry.get(name))
    listed = listed or items(table(entry.get("modalities")).get(side))
    found = [word[:40] for word in listed if type(word) is str]
    return tuple(sorted(found, key=lambda word: word != "text"))


def _gates_roles(entry: dict[str, Any]) -> bool:
    """Whether an entry says something of roles at all."""
    is_gated = any(
        str(word).startswith("openai/chat-comp") for word in items(entry.get("features"))
    )
    return is_gated or table(entry.get("capabilities")).get("system_prompt") is False


def _state_notes(entry: dict[str, Any]) -> list[str]:
    if entry.get("is_ready") is False:
        return ["The provider says that this model is not ready just now."]
    state = text(entry.get("api_status"))
    if state and state.lower() not in ("active", "live", "ready", "available", "online", "ok"):
        return [f"The provider says of this model: {state[:80]}."]
    return []


def _released(entry: dict[str, Any], info: dict[str, Any]) -> str:
    named = text(info.get("releasedAt")) or text(entry.get("model_released_at"))
    if named:
        return named[:10]
    seconds = integer(entry.get("created"))
    # Local servers put a file's time here; only years in which such models existed are believed.
    if seconds is None or not 1_500_000_000 < seconds < 4_000_000_000:
        return ""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
