from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.costs.usage import (
    UNKNOWN_COST,
    Cost,
    CostSource,
    Price,
    Usage,
    cost_of,
    dollars,
    money_text,
)

BY_TOKEN = Price(Decimal("0.65"), Decimal("0.65"))
BY_MESSAGE = Price(per_message=Decimal("0.0040"), per_search=Decimal("0.013"))


@pytest.mark.parametrize(
    ("usage", "is_empty"),
    [
        (Usage(), True),
        (Usage(0, 0, 0, 0, 0, Decimal(0)), True),
        (Usage(1), False),
        (Usage(output_tokens=1), False),
        (Usage(reasoning_tokens=1), False),
        (Usage(cached_tokens=1), False),
        (Usage(searches=1), False),
        (Usage(reported_cost=Decimal("0.1")), False),
    ],
)
def test_zeros_say_nothing(usage, is_empty):
    assert usage.is_empty is is_empty


@pytest.mark.parametrize(
    ("price", "is_free"),
    [
        (Price(Decimal(0), Decimal(0)), True),
        (Price(Decimal(0), Decimal(0), per_message=Decimal(0)), True),
        (Price(), False),
        (Price(Decimal(0)), False),
        (BY_TOKEN, False),
        (Price(Decimal(0), Decimal(0), per_message=Decimal("0.1")), False),
        (Price(Decimal(0), Decimal(0), per_search=Decimal("0.1")), False),
    ],
)
def test_free_means_known_to_be_free(price, is_free):
    assert price.is_free is is_free


@pytest.mark.parametrize(
    ("usage", "price", "searches", "cost"),
    [
        (Usage(12, 7), BY_TOKEN, 0, Cost(Decimal("0.00001235"), CostSource.ESTIMATED)),
        (
            Usage(12, 7, reported_cost=Decimal("0.000003")),
            BY_TOKEN,
            0,
            Cost(Decimal("0.000003"), CostSource.REPORTED),
        ),
        (Usage(1, 1, reported_cost=Decimal(0)), BY_TOKEN, 0, Cost(Decimal(0), CostSource.REPORTED)),
        (Usage(), BY_MESSAGE, 0, Cost(Decimal("0.0040"), CostSource.ESTIMATED)),
        (Usage(900, 900), BY_MESSAGE, 2, Cost(Decimal("0.0300"), CostSource.ESTIMATED)),
        (Usage(searches=1), BY_MESSAGE, 5, Cost(Decimal("0.0170"), CostSource.ESTIMATED)),
        (Usage(searches=0), BY_MESSAGE, 5, Cost(Decimal("0.0040"), CostSource.ESTIMATED)),
        (Usage(12, 7), BY_TOKEN, 1, UNKNOWN_COST),
        (Usage(12, None), BY_TOKEN, 0, UNKNOWN_COST),
        (Usage(None, 7), BY_TOKEN, 0, UNKNOWN_COST),
        (Usage(12, 7), Price(Decimal(1)), 0, UNKNOWN_COST),
        (Usage(12, 7), Price(output_per_million=Decimal(1)), 0, UNKNOWN_COST),
        (Usage(12, 7), Price(), 0, UNKNOWN_COST),
        (
            Usage(5, 5),
            Price(Decimal(0), Decimal(0)),
            0,
            Cost(Decimal(0), CostSource.ESTIMATED),
        ),
        (Usage(), Price(Decimal(0), Decimal(0)), 0, Cost(Decimal(0), CostSource.ESTIMATED)),
        (Usage(), Price(Decimal(0), Decimal(0)), 1, UNKNOWN_COST),
    ],
)
def test_a_cost_is_reported_or_estimated_or_unknown(usage, price, searches, cost):
    assert cost_of(usage, price, searches=searches) == cost


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_an_estimate_is_exact_money(inputs, outputs):
    cost = cost_of(Usage(inputs, outputs), BY_TOKEN)
    assert cost.amount * 1_000_000 == Decimal("0.65") * (inputs + outputs)


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (UNKNOWN_COST, "cost unknown"),
        (Cost(Decimal("0.00011"), CostSource.REPORTED), "$0.00011 reported"),
        (Cost(Decimal("0.00011"), CostSource.CONFIRMED), "$0.00011 confirmed"),
        (Cost(Decimal("0.0002"), CostSource.ESTIMATED), "about $0.00020"),
        (Cost(Decimal(0), CostSource.REPORTED), "$0 reported"),
    ],
)
def test_a_cost_says_how_far_to_trust_it(cost, text):
    assert money_text(cost) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "$0"),
        ("1.84", "$1.84"),
        ("12345.678", "$12345.68"),
        ("0.1", "$0.10"),
        ("0.0123", "$0.012"),
        ("0.004", "$0.0040"),
        ("0.00011", "$0.00011"),
        ("0.000003", "$0.0000030"),
        ("3E-9", "$0.0000000030"),
    ],
)
def test_small_amounts_keep_two_digits_that_say_something(amount, text):
    assert dollars(Decimal(amount)) == text
