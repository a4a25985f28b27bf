"""How a route is described in a few words: context, what it reads, what it costs."""

from __future__ import annotations

from decimal import Decimal

from app.core.model import Model, context_text
from app.core.usage import Price


def details_text(model: Model) -> str:
    """`256K · text, image · $0.06 / $0.33 per 1M`; what is not known is left out or named so."""
    inputs = ", ".join(model.inputs)
    return " · ".join(
        part for part in (context_text(model.context), inputs, price_text(model.price)) if part
    )


def price_text(price: Price) -> str:
    """A price for people; `price unknown` where it is."""
    if price.is_free:
        return "free"
    if price.per_message:
        return f"{_dollars(price.per_message)} a message"
    if price.input_per_million is None or price.output_per_million is None:
        return "price unknown"
    return f"{_dollars(price.input_per_million)} / {_dollars(price.output_per_million)} per 1M"


def _dollars(amount: Decimal) -> str:
    text = f"{amount:.4f}".rstrip("0")
    whole, _, rest = text.partition(".")
    return f"${whole}.{rest:0<2}"
