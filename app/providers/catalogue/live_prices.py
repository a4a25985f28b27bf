"""Prices as providers' lists write them, and what else they say of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.core.costs.usage import MILLION, Price, dollars
from app.providers.transport.json_text import amount, integer, items, table, text

_MOST_NOTES = 4


def price_of(pricing: Any) -> Price:
    """Prices per token become prices per million; "-1" (varies) and what is missing is unknown.

    Of several tiers the first one counts, which is the one for short prompts.
    """
    entry = table(items(pricing)[0]) if items(pricing) else table(pricing)
    if items(entry.get("units")):
        return _price_of_units(items(entry.get("units")))
    return Price(
        _per_million(amount(entry.get("prompt"))),
        _per_million(amount(entry.get("completion"))),
        amount(entry.get("request")),
        amount(entry.get("web_search")) or None,
    )


def price_notes(pricing: Any) -> tuple[str, ...]:
    """Sentences about prices that one number cannot say: varying ones, tiers, times of day."""
    tiers = items(pricing)
    entry = table(tiers[0]) if tiers else table(pricing)
    found: list[str] = []
    varies = {str(entry.get(name)).strip() for name in ("prompt", "completion")} == {"-1"}
    if varies or entry.get("kind") == "variable":
        found.append("The price varies with what answers; the cost is shown when it is reported.")
    for change in [*tiers[1:], *items(entry.get("overrides"))]:
        found += _change_note(table(change))
    return tuple(found[:_MOST_NOTES])


def _change_note(change: dict[str, Any]) -> list[str]:
    into = _per_million(amount(change.get("prompt")))
    out = _per_million(amount(change.get("completion")))
    if into is None and out is None:
        return []
    start, end = text(change.get("utc_start")), text(change.get("utc_end"))
    least = integer(change.get("min_prompt_tokens") or change.get("min_context"))
    if least is not None and least > 0:
        when = f"With more than {least:,} tokens sent"
    elif start and end:
        when = f"From {_clock(start)} to {_clock(end)} UTC"
    else:
        return []
    parts = [
        f"{dollars(price)} per 1M {side}"
        for price, side in ((into, "sent"), (out, "answered"))
        if price is not None
    ]
    return [f"{when}: {', '.join(parts)}."]


def _clock(written: str) -> str:
    digits = written.replace(":", "")[:4].rjust(4, "0")
    return f"{digits[:2]}:{digits[2:]}"


def _price_of_units(units: list[Any]) -> Price:
    found: dict[str, Decimal] = {}
    for unit in map(table, units):
        price, per = amount(unit.get("price")), amount(unit.get("per", 1))
        words = f"{text(unit.get('name'))} {text(unit.get('measure'))}".lower()
        if price is None or not per or "cache" in words:
            continue
        for side in ("input", "output", "request", "message"):
            if side in words:
                found.setdefault(side, price / per)
                break
    flat = found.get("request", found.get("message"))
    return Price(_per_million(found.get("input")), _per_million(found.get("output")), flat)


def _per_million(per_token: Decimal | None) -> Decimal | None:
    return None if per_token is None else (per_token * MILLION).normalize()
