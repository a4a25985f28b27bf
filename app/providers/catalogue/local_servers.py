"""The programs that serve models on one's own computer, told apart by what only they answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.core.models.model import Model
from app.providers.transport.json_text import integer, items, positive, table, text

LONGEST = 500
"""Models of one server that are looked at."""

Facts = Mapping[str, tuple[int | None, bool | None]]
"""Model id → (context in tokens, whether it sees pictures), None for what is not told. The id "*"
stands for every model."""


@dataclass(frozen=True, slots=True)
class Program:
    """A serving program: its name, where it usually listens, and a page that only it has.

    `path` is relative to the base URL that ends in /v1. `read` makes the facts of that page's body,
    None when the body is another program's. `show_path` is a page that tells more of one model.
    """

    name: str
    port: int
    path: str
    read: Callable[[Any], Facts | None]
    show_path: str = ""


def _ollama(body: Any) -> Facts | None:
    models = [table(entry) for entry in items(table(body).get("models"))[:LONGEST]]
    if "models" not in table(body) or any("key" in entry for entry in models):
        return None
    return {text(entry.get("name")): (None, None) for entry in models if text(entry.get("name"))}


def _lmstudio(body: Any) -> Facts | None:
    models = [table(entry) for entry in items(table(body).get("models"))[:LONGEST]]
    if not any("key" in entry for entry in models):
        return None
    found: dict[str, tuple[int | None, bool | None]] = {}
    for entry in models:
        loaded = [table(table(one).get("config")) for one in items(entry.get("loaded_instances"))]
        context = next((integer(one.get("context_length")) for one in loaded), None)
        vision = table(entry.get("capabilities")).get("vision")
        found[text(entry.get("key"))] = (
            positive(context, entry.get("max_context_length")),
            vision if type(vision) is bool else None,
        )
    return found


def _llamacpp(body: Any) -> Facts | None:
    settings = table(body).get("default_generation_settings")
    if type(settings) is not dict:
        return None
    vision = table(table(body).get("modalities")).get("vision")
    context = positive(settings.get("n_ctx"))
    return {"*": (context, vision if type(vision) is bool else None)}


def _vllm(body: Any) -> Facts | None:
    models = [table(entry) for entry in items(table(body).get("data"))[:LONGEST]]
    if not any(entry.get("owned_by") == "vllm" or "max_model_len" in entry for entry in models):
        return None
    return {text(entry.get("id")): (positive(entry.get("max_model_len")), None) for entry in models}


PROGRAMS: tuple[Program, ...] = (
    Program("Ollama", 11434, "../api/tags", _ollama, "../api/show"),
    Program("LM Studio", 1234, "../api/v1/models", _lmstudio),
    Program("llama.cpp", 8080, "../props", _llamacpp),
    Program("vLLM", 8000, "/models", _vllm),
)


def with_facts(models: list[Model], facts: Facts) -> list[Model]:
    """The models with what their server tells only on its own page: real context, pictures."""
    found = []
    for model in models:
        context, sees = facts.get(model.id) or facts.get("*") or (None, None)
        inputs = model.inputs
        if sees is True and "image" not in inputs:
            inputs = (*inputs, "image")
        found.append(replace(model, context=context or model.context, inputs=inputs))
    return found
