"""Reads a provider's record of an answer: OpenRouter's `GET /generation` (WIRE §1.9)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from app.core.costs.usage import Usage
from app.providers.transport.json_text import amount, integer, table


def bill_path(pattern: str, generation_id: str) -> str:
    """Where an answer's record is; its number is written so that it stays a value."""
    return pattern.replace("{id}", quote(generation_id[:200], safe=""))


def bill_of(body: Any) -> Usage | None:
    """The tokens and the price on record; None while no price stands there.

    The counts of the model itself are preferred to those that make models comparable.
    """
    data = table(table(body).get("data"))
    price = amount(data.get("total_cost"))
    if price is None:
        price = amount(data.get("usage"))
    if price is None:
        return None
    return Usage(
        input_tokens=_tokens(data, "native_tokens_prompt", "tokens_prompt"),
        output_tokens=_tokens(data, "native_tokens_completion", "tokens_completion"),
        reasoning_tokens=_tokens(data, "native_tokens_reasoning"),
        cached_tokens=_tokens(data, "native_tokens_cached"),
        reported_cost=price,
    )


def _tokens(data: dict[str, Any], *names: str) -> int | None:
    counts = (integer(data.get(name)) for name in names)
    return next((count for count in counts if count is not None and count >= 0), None)
