"""What Ollama tells of one model when asked for it: abilities, and how much it really reads."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from app.core.models.model import LIVE, Model
from app.providers.transport.json_text import integer, items, table, text

MOST = 40
"""Models that are asked about one by one; a longer list stays without these facts."""
_READS = re.compile(r"^num_ctx\s+(\d{1,9})\s*$", re.M)
_ABILITIES = {"tools": "tools", "vision": "vision", "thinking": "reasoning"}


def with_shown(model: Model, body: Any) -> Model:
    """The model with what `/api/show` says.

    The context is the one that is set; the longest possible one is only told in words, because
    Ollama reads less by itself and forgets the beginning silently.
    """
    said = table(body)
    abilities = {
        _ABILITIES[word]
        for word in map(text, items(said.get("capabilities")))
        if (word in _ABILITIES)
    }
    inputs = ("text", "image") if "vision" in abilities else model.inputs
    found = _READS.search(text(said.get("parameters"))[:20_000])
    context = integer(found.group(1)) if found else None
    told = {"context": context, "inputs": items(said.get("capabilities"))}
    sources = {name: LIVE for name, value in told.items() if value}
    return replace(
        model,
        inputs=inputs,
        abilities=tuple(sorted({*model.abilities, *abilities})),
        context=context or model.context,
        notes=(*model.notes, *_notes(said, context)),
        sources={**model.sources, **sources},
    )


def _notes(said: dict[str, Any], context: int | None) -> tuple[str, ...]:
    lengths = [
        integer(value)
        for name, value in table(said.get("model_info")).items()
        if name.endswith(".context_length")
    ]
    longest = next((length for length in lengths if length is not None and length > 0), None)
    if longest is None or context is not None:
        return ()
    return (
        f"Could read {longest:,} tokens, but Ollama reads far fewer unless its num_ctx is set;"
        " the beginning of a longer conversation is forgotten without a word.",
    )
