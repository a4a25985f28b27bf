from decimal import Decimal

import pytest

from app.core.models.account import Account
from app.providers.account.account import account_of
from app.providers.catalogue.catalogue import Catalogue

OPENROUTER = Catalogue.bundled().profile("openrouter").account_fields
AIMLAPI = Catalogue.bundled().profile("aimlapi").account_fields


def test_an_openrouter_key_with_a_limit():
    data = {
        "label": "sk-or-v1-abc...789",
        "limit": 10,
        "limit_remaining": 8.5,
        "limit_reset": "monthly",
        "usage": 1.5,
        "usage_daily": 0.1,
        "usage_monthly": "1.2",
        "is_free_tier": False,
        "rate_limit": {"requests": -1},
    }
    assert account_of({"data": data}, OPENROUTER) == Account(
        left=Decimal("8.5"),
        limit=Decimal(10),
        renewed="monthly",
        used=Decimal("1.5"),
        used_today=Decimal("0.1"),
        used_this_month=Decimal("1.2"),
    )


def test_without_a_limit_nothing_is_left_or_spent_up():
    found = account_of({"data": {"limit": None, "limit_remaining": None, "usage": 3}}, OPENROUTER)
    assert found == Account(used=Decimal(3))


def test_both_balances_of_aimlapi():
    assert account_of({"current_balance": 4.2, "currency": "USD"}, AIMLAPI).left == Decimal("4.2")
    assert account_of({"balance": 8_400_000, "lowBalance": False}, AIMLAPI).left == Decimal("4.2")


@pytest.mark.parametrize(
    "body",
    [None, [], "x", {}, {"data": None}, {"data": {"usage": "NaN"}}, {"current_balance": [1]}],
)
def test_what_says_nothing_about_money_is_nothing(body):
    assert account_of(body, OPENROUTER) is None
    assert account_of(body, AIMLAPI) is None
