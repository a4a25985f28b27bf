"""The nearest other route: who else offers a model, or something like it, and can be asked now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from app.core.models.model import Model
from app.core.models.provider import BUILT_IN

UNKNOWN_PRICE = Decimal(10**9)


def nearest(
    model: Model,
    others: Iterable[Model],
    *,
    can_answer: Callable[[str], bool],
    is_fit: Callable[[Model], bool] = lambda _model: True,
    same_model: bool = False,
) -> Model | None:
    """The best other route that fits: the same model elsewhere, then the same provider, then any.

    Among equals the cheapest, unknown prices last. `can_answer(provider_id)` says who has a key;
    with `same_model` only other routes of the same model count. None when there is none.
    """
    found = [
        other
        for other in others
        if other.key != model.key and can_answer(other.provider_id) and is_fit(other)
    ]
    if same_model:
        found = [
            other
            for other in found
            if model.group and other.group == model.group and other.provider_id != model.provider_id
        ]
    return min(found, key=lambda other: _distance(model, other), default=None)


def _distance(model: Model, other: Model) -> tuple[int, bool, Decimal, str]:
    is_same = bool(model.group) and other.group == model.group
    step = 0 if is_same else 1 if other.provider_id == model.provider_id else 2
    price = other.price
    prices = [price.per_message, price.input_per_million, price.output_per_million]
    known = [amount for amount in prices if amount is not None]
    is_small = other.provider_id in BUILT_IN
    return step, is_small, sum(known, Decimal(0)) if known else UNKNOWN_PRICE, other.key
