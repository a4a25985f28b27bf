"""Finds the entries of a list of models, wherever in a body they stand."""

from __future__ import annotations

from typing import Any

from app.providers.transport.json_text import items, text

LISTS = ("data", "models", "result", "results", "items", "model_list", "modelList", "list")
"""Members under which providers keep their list, the likeliest first."""
ID_NAMES = ("id", "key", "model", "model_id", "modelId", "model_name", "modelName", "slug", "name")
"""Members that name a model, the surest first."""
_ASIDE = ("error", "errors", "meta", "metadata", "links", "pagination", "usage", "info", "status")
_FACTS = {
    *ID_NAMES,
    "object",
    "owned_by",
    "created",
    "context_length",
    "context_window",
    "max_tokens",
    "max_model_len",
    "pricing",
    "mode",
}
"""Members of which each entry has one where nothing else says that it is a model."""
_DEPTH = 5


def id_of(entry: dict[str, Any]) -> str:
    """The id in an entry, "" when it has none."""
    return next((text(entry.get(name)) for name in ID_NAMES if text(entry.get(name))), "")


def entries_of(body: Any) -> list[Any] | None:
    """The entries of a list of models, texts or objects; None for a body that is no such list.

    The list may be null or empty, lie in an object, be grouped, or be an object by id.
    """
    return [] if body is None else _found(body, _DEPTH, is_list=False)


def _found(body: Any, depth: int, *, is_list: bool) -> list[Any] | None:
    if depth == 0:
        return None
    if type(body) is list:
        return _listed(body)
    if type(body) is not dict:
        return [] if body is None and is_list else None
    is_empty = is_list and not body
    for name in LISTS:
        if name in body:
            found = _found(body[name], depth - 1, is_list=True)
            if found:
                return found
            is_empty = is_empty or found is not None
    named = {name: value for name, value in body.items() if name not in (*LISTS, *_ASIDE)}
    by_id = [value for value in named.values() if type(value) is dict]
    is_like_models = is_list or all(_FACTS & set(value) for value in by_id)
    if by_id and len(by_id) == len(named) and not is_empty and is_like_models:
        return [{**value, "id": text(value.get("id")) or name} for name, value in named.items()]
    for value in named.values():
        if type(value) in (list, dict) and (found := _found(value, depth - 1, is_list=False)):
            return found
    return [] if is_empty else None


def _listed(body: list[Any]) -> list[Any] | None:
    if not body:
        return []
    entries: list[Any] = []
    for entry in body:
        group = next((items(entry.get(n)) for n in LISTS if type(entry) is dict and n in entry), [])
        inner = _listed(group) if group else None
        if inner:
            entries += inner
        elif (type(entry) is str and entry) or (type(entry) is dict and id_of(entry)):
            entries.append(entry)
    return entries or None
