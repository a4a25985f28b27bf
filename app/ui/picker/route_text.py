"""How a route is described in a few words: context, what it reads, what it costs."""

from __future__ import annotations

from decimal import Decimal

from app.core.costs.usage import Price
from app.core.models.model import LIVE, Model, context_text

_FACTS = {
    "context": "Context",
    "max_output": "Longest answer",
    "inputs": "Takes",
    "price": "Price",
    "roles": "Roles",
    "parameters": "Dials",
}


def details_text(model: Model) -> str:
    """`256K · text, image · $0.06 / $0.33 per 1M`; what is not known is left out or named so."""
    inputs = ", ".join(model.inputs)
    facts = [context_text(model.context), inputs, price_text(model.price)]
    if model.is_removed:
        facts.insert(0, "no longer listed")
    elif model.expires:
        facts.insert(0, f"until {model.expires}")
    return " · ".join(part for part in facts if part)


def origin_text(model: Model, age: str) -> str:
    """Where the facts of a route come from, a line each; `age` is that of the provider's list."""
    lines = []
    for fact, title in _FACTS.items():
        source = model.sources.get(fact, "")
        if source:
            said = f"live, {age}" if source == LIVE else f"bundled, {source}"
            lines.append(f"{title}: {said}")
    return "\n".join(lines)


def price_text(price: Price) -> str:
    """A price for people; `price unknown` where it is."""
    if price.is_free:
        return "free"
    if price.per_message:
        return f"{dollars_text(price.per_message)} a message"
    if price.input_per_million is None or price.output_per_million is None:
        return "price unknown"
    return (
        f"{dollars_text(price.input_per_million)} / {dollars_text(price.output_per_million)} per 1M"
    )


def dollars_text(amount: Decimal) -> str:
    """An amount in dollars with as many digits as it needs, at least two."""
    text = f"{amount:.4f}".rstrip("0")
    whole, _, rest = text.partition(".")
    return f"${whole}.{rest:0<2}"
