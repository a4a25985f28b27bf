"""The rows of the model picker for a search: pins, recent ones, groups of routes, typed ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from app.core.models.model import Model
from app.core.models.provider import BUILT_IN, PRACTICE
from app.core.text.fuzzy import folded, score
from app.ui.picker.filters import Wanted

ANYTHING = Wanted()
_WORD_FOUND = 3.0
"""What `score` gives a word that is in the text as such, not as scattered letters."""


class RowKind(StrEnum):
    """What a row is."""

    SECTION = "section"
    GROUP = "group"
    ROUTE = "route"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `model` is set for routes, `provider_id` for routes and typed ids."""

    kind: RowKind
    title: str
    provider_id: str = ""
    provider: str = ""
    model: Model | None = None
    model_id: str = ""
    is_indented: bool = False
    has_key: bool = True
    is_pinned: bool = False
    is_current: bool = False

    @property
    def is_choosable(self) -> bool:
        """Whether it can be chosen."""
        return self.kind in (RowKind.ROUTE, RowKind.TYPED)


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything the picker chooses from. `profiles` is id → (name, whether it can be used now)."""

    models: Sequence[Model] = ()
    pinned: Sequence[str] = ()
    recent: Sequence[str] = ()
    current: str = ""
    profiles: Mapping[str, tuple[str, bool]] = field(default_factory=dict)

    def provider_name(self, provider_id: str) -> str:
        """What a provider is called; Practice is named as built in."""
        if provider_id == PRACTICE:
            return "built in, works offline"
        return self.profiles.get(provider_id, (provider_id, False))[0]

    def has_key(self, provider_id: str) -> bool:
        """Whether a provider can be asked now."""
        return provider_id in BUILT_IN or self.profiles.get(provider_id, ("", False))[1]


def rows(offer: Offer, query: str, wanted: Wanted = ANYTHING) -> list[Row]:
    """The rows for a search, in their order; what is no longer offered comes last in its group.

    A whole id that nobody lists comes before the models that only look like it.
    """
    query = query.strip()
    models = [model for model in offer.models if wanted.is_anything or wanted.fits(model)]
    if not query:
        return _marked(offer, models) + _all(offer, models)
    found = _found(models, offer, query)
    near, typed = _grouped(offer, found), _typed(offer, query)
    is_new_id = "/" in query and not any(folded(query) in folded(model.id) for model in found)
    return typed + near if is_new_id else near + typed


def _marked(offer: Offer, models: Sequence[Model]) -> list[Row]:
    by_key = {model.key: model for model in models}
    made: list[Row] = []
    shown: set[str] = set()
    for title, keys in (("Pinned", offer.pinned), ("Recent", offer.recent)):
        routes = [by_key[key] for key in keys if key in by_key and key not in shown]
        if routes:
            made.append(Row(RowKind.SECTION, title))
            made += [_route(offer, model) for model in routes]
            shown.update(model.key for model in routes)
    return made


def _all(offer: Offer, models: Sequence[Model]) -> list[Row]:
    ordered = sorted(
        models, key=lambda model: (model.provider_id not in BUILT_IN, model.name.casefold())
    )
    made = _grouped(offer, ordered)
    return [Row(RowKind.SECTION, "All models"), *made] if made else []


def _found(models: Sequence[Model], offer: Offer, query: str) -> list[Model]:
    scored = []
    for model in models:
        provider = offer.provider_name(model.provider_id)
        points = score(query, _searched(model.name, model.id, provider))
        if points is not None:
            scored.append((points, model))
    enough = _WORD_FOUND * len(query.split()) - 0.5
    if any(points >= enough for points, _ in scored):
        scored = [(points, model) for points, model in scored if points >= enough]
    phrase = folded(query)

    def place(pair: tuple[float, Model]) -> tuple[bool, bool, float]:
        points, model = pair
        is_apart = phrase not in folded(f"{model.name}\n{model.id}")
        return is_apart, not offer.has_key(model.provider_id), -points

    return [model for _, model in sorted(scored, key=place)]


@lru_cache(8192)
def _searched(name: str, model_id: str, provider: str) -> str:
    """The text a search goes through; a name is found with and without its blanks."""
    squeezed = "".join(letter for letter in name if letter.isalnum())
    return f"{name} {squeezed} {model_id} {provider}"


def _grouped(offer: Offer, models: Sequence[Model]) -> list[Row]:
    groups: dict[str, list[Model]] = {}
    for model in models:
        groups.setdefault(model.group or model.key, []).append(model)
    made: list[Row] = []
    for routes in groups.values():
        routes.sort(key=lambda model: (model.is_removed, not offer.has_key(model.provider_id)))
        if len(routes) == 1:
            made.append(_route(offer, routes[0]))
            continue
        shortest = min((model.name for model in routes), key=len)
        made.append(Row(RowKind.GROUP, shortest, provider=f"{len(routes)} routes"))
        made += [_route(offer, model, is_indented=True) for model in routes]
    return made


def _route(offer: Offer, model: Model, *, is_indented: bool = False) -> Row:
    return Row(
        RowKind.ROUTE,
        model.name,
        provider_id=model.provider_id,
        provider=offer.provider_name(model.provider_id),
        model=model,
        model_id=model.id,
        is_indented=is_indented,
        has_key=offer.has_key(model.provider_id),
        is_pinned=model.key in offer.pinned,
        is_current=model.key == offer.current,
    )


def is_id(text: str) -> bool:
    """Whether a text can be a model's id: one word of signs that are seen."""
    return len(text.split()) == 1 and text.isprintable()


def _typed(offer: Offer, query: str) -> list[Row]:
    names = {folded(word) for key, (name, _) in offer.profiles.items() for word in (key, name)}
    if len(query) < 2 or not is_id(query) or folded(query) in names:
        return []
    known = {(model.provider_id, model.id) for model in offer.models}
    made = [
        Row(
            RowKind.TYPED,
            f"Use “{query}” at {name}",
            provider_id=provider_id,
            provider=name,
            model_id=query,
        )
        for provider_id, (name, has_key) in offer.profiles.items()
        if has_key and provider_id not in BUILT_IN and (provider_id, query) not in known
    ]
    return [Row(RowKind.SECTION, "Not in the list"), *made] if made else []
