"""Prices as the lists of OpenRouter, AI/ML API and EmpirioLabs write them."""

from decimal import Decimal
from typing import Any

import pytest

from app.core.costs.usage import Price
from app.providers.catalogue.live_prices import price_notes, price_of


@pytest.mark.parametrize(
    ("pricing", "price"),
    [
        ({"prompt": "0.00000006", "completion": "0.00000033"}, ("0.06", "0.33", None)),
        ({"prompt": "0.0000000675", "completion": "0", "request": "0"}, ("0.0675", "0", "0")),
        ({"prompt": "-1", "completion": "-1"}, (None, None, None)),
        ({"prompt": "NaN", "completion": "lots"}, (None, None, None)),
        ({"prompt": True, "completion": None}, (None, None, None)),
        ([{"request": "0.0040"}, {"request": "1"}], (None, None, "0.0040")),
        ([], (None, None, None)),
        ("free", (None, None, None)),
        (
            {
                "kind": "fixed",
                "units": [
                    {"name": "cached input", "measure": "input", "price": 9, "per": 1},
                    {"name": "input", "measure": "tokens", "price": "0.5", "per": 1000000},
                    {"name": "tokens", "measure": "output", "price": "1.5", "per": 1000},
                    {"name": "input", "measure": "tokens", "price": 7, "per": 1},
                    {"name": "broken", "price": "1", "per": 0},
                ],
            },
            ("0.5", "1500", None),
        ),
        ({"units": [{"name": "request", "price": "0.01", "per": 1}]}, (None, None, "0.01")),
    ],
)
def test_prices(pricing: Any, price: tuple[str | None, ...]) -> None:
    found = price_of(pricing)
    amounts = [None if amount is None else Decimal(amount) for amount in price]
    assert [found.input_per_million, found.output_per_million, found.per_message] == amounts


def test_an_unknown_price_is_never_a_free_one() -> None:
    assert price_of({"prompt": "-1", "completion": "-1"}) == Price()
    assert not price_of({}).is_free


def test_what_one_number_cannot_say_is_said_in_words() -> None:
    pricing = {
        "prompt": "0.00000125",
        "completion": "0.00001",
        "overrides": [
            {"min_prompt_tokens": 200000, "prompt": "0.0000025", "completion": "0.000015"},
            {"utc_start": "1630", "utc_end": "0030", "prompt": "0.0000005"},
            {"prompt": "1"},
            7,
        ],
    }
    assert price_notes(pricing) == (
        "With more than 200,000 tokens sent: $2.50 per 1M sent, $15.00 per 1M answered.",
        "From 16:30 to 00:30 UTC: $0.50 per 1M sent.",
    )
    assert "varies" in price_notes({"prompt": "-1", "completion": "-1"})[0]
    assert price_notes({"prompt": "0.1"}) == ()


def test_many_overrides_end() -> None:
    pricing = {"overrides": [{"min_prompt_tokens": n, "prompt": "1"} for n in range(1, 99)]}
    assert len(price_notes(pricing)) == 4
