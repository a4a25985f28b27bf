"""Reads a provider's record of an answer, where its file says that tokens and price stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from app.core.costs.usage import Usage
from app.providers.catalogue.reply_place import Places
from app.providers.transport.json_text import count

RECORD_FIELDS = ("cost", "input_tokens", "output_tokens", "reasoning_tokens", "cached_tokens")
"""What a provider file may name a place for."""


def bill_path(pattern: str, generation_id: str) -> str:
    """Where an answer's record is; its number is written so that it stays a value."""
    return pattern.replace("{id}", quote(generation_id[:200], safe=""))


def bill_of(body: Any, places: Mapping[str, Places]) -> Usage | None:
    """The tokens and the price on record; None while no price stands there."""
    prices = (place.amount_in(body) for place in places.get("cost", ()))
    price = next((found for found in prices if found is not None), None)
    if price is None:
        return None

    def tokens(name: str) -> int | None:
        return count(*(place.value_in(body) for place in places.get(name, ())))

    return Usage(
        input_tokens=tokens("input_tokens"),
        output_tokens=tokens("output_tokens"),
        reasoning_tokens=tokens("reasoning_tokens"),
        cached_tokens=tokens("cached_tokens"),
        reported_cost=price,
    )
