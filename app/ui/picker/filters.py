"""What the picker can be told to leave: abilities as toggles, a highest price, a least context."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.core.costs.usage import dollars
from app.core.models.model import Model, context_text

PRICES: tuple[Decimal | None, ...] = (
    None,
    Decimal("0.10"),
    Decimal("0.50"),
    Decimal(2),
    Decimal(5),
)
"""The highest prices to choose from, USD per 1,000,000 tokens; None is any."""
CONTEXTS: tuple[int | None, ...] = (None, 32_000, 128_000, 1_000_000)
"""The least contexts to choose from, in tokens; None is any."""


def _takes(kind: str) -> Callable[[Model], bool]:
    return lambda model: kind in model.inputs


def _has(ability: str) -> Callable[[Model], bool]:
    return lambda model: model.is_able(ability)


_TESTS: Mapping[str, tuple[str, Callable[[Model], bool]]] = {
    "images": ("that look at pictures", _takes("image")),
    "video": ("that watch videos", _takes("video")),
    "audio": ("that listen to sound", _takes("audio")),
    "files": ("that read PDF files", _takes("file")),
    "reasoning": ("that can think before they answer", _has("reasoning")),
    "tools": ("that can call tools of yours", _has("tools")),
    "JSON": ("that can answer in JSON", _has("response_format")),
    "seed": ("that take Same dice", _has("seed")),
    "logprobs": ("that tell how sure they are of each word", _has("logprobs")),
    "free": ("that are known to be free", lambda model: model.price.is_free),
}
FILTERS: Mapping[str, str] = {name: says for name, (says, _) in _TESTS.items()}
"""The toggles as they are called, and what each leaves."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a route must be known to have. `price` is per 1M tokens, `context` in tokens."""

    abilities: tuple[str, ...] = ()
    price: Decimal | None = None
    context: int | None = None

    @property
    def is_anything(self) -> bool:
        """Whether nothing is asked for."""
        return not self.abilities and self.price is None and self.context is None

    def fits(self, model: Model) -> bool:
        """Whether a route is known to have all that; what is not known does not fit."""
        if self.context is not None and (model.context or 0) < self.context:
            return False
        if self.price is not None and not _is_below(model, self.price):
            return False
        return all(_TESTS[name][1](model) for name in self.abilities)


def price_words(limit: Decimal | None) -> str:
    """What the pill of the highest price says."""
    return "any price" if limit is None else f"up to {dollars(limit)}"


def context_words(least: int | None) -> str:
    """What the pill of the least context says."""
    return "any length" if least is None else f"from {context_text(least)}"


def _is_below(model: Model, limit: Decimal) -> bool:
    """Whether both token prices are known and no higher; a price per message is no such price."""
    price = model.price
    if price.is_per_message:
        return False
    known = (price.input_per_million, price.output_per_million)
    return all(amount is not None and amount <= limit for amount in known)
