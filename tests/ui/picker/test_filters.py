"""What the filters leave: only what is known to fit."""

from decimal import Decimal

import pytest

from app.core.costs.usage import Price
from app.core.models.model import Model
from app.core.models.parameter import ParameterRange
from app.ui.picker.filters import (
    CONTEXTS,
    FILTERS,
    PRICES,
    Wanted,
    context_words,
    price_words,
)

ABLE = Model(
    "p",
    "able",
    "Able",
    inputs=("text", "image", "video", "audio", "file"),
    context=262144,
    price=Price(Decimal(0), Decimal(0)),
    parameters={
        name: ParameterRange() for name in ("reasoning", "response_format", "seed", "logprobs")
    },
    abilities=("tools",),
)
PLAIN = Model("p", "plain", "Plain")


@pytest.mark.parametrize("name", FILTERS)
def test_each_toggle_leaves_what_has_it_and_nothing_unknown(name):
    assert Wanted((name,)).fits(ABLE)
    assert not Wanted((name,)).fits(PLAIN)


@pytest.mark.parametrize(
    ("price", "fits"),
    [
        (Price(Decimal("0.4"), Decimal("0.5")), True),
        (Price(Decimal("0.4"), Decimal("0.51")), False),
        (Price(Decimal("0.4")), False),
        (Price(), False),
        (Price(Decimal(0), Decimal(0)), True),
        (Price(per_message=Decimal("0.004")), False),
        (Price(Decimal(0), Decimal(0), Decimal("0.004")), False),
    ],
)
def test_a_highest_price_needs_known_token_prices(price, fits):
    assert Wanted(price=Decimal("0.50")).fits(Model("p", "m", "M", price=price)) is fits


def test_a_least_context_needs_a_known_one():
    assert Wanted(context=128_000).fits(ABLE)
    assert not Wanted(context=1_000_000).fits(ABLE)
    assert not Wanted(context=32_000).fits(PLAIN)


def test_nothing_asked_for_is_anything():
    assert Wanted().is_anything
    assert not Wanted(("free",)).is_anything
    assert [price_words(price) for price in PRICES][:2] == ["any price", "up to $0.10"]
    assert [context_words(least) for least in CONTEXTS][-1] == "from 1M"
