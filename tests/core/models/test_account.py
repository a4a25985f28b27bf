from decimal import Decimal

import pytest

from app.core.models.account import Account, money


@pytest.mark.parametrize(
    ("account", "text"),
    [
        (Account(), ""),
        (Account(left=Decimal("8.5"), limit=Decimal(10)), "$8.50 of $10.00 left"),
        (Account(left=Decimal("4.2")), "$4.20 left"),
        (
            Account(left=Decimal(0), limit=Decimal(5), renewed="monthly"),
            "$0.00 of $5.00 left, renewed monthly",
        ),
        (
            Account(used=Decimal("1.84"), used_today=Decimal("0.31")),
            "no limit set for this key · $1.84 used in all · $0.31 used today",
        ),
        (Account(left=Decimal(1), used_this_month=Decimal(3)), "$1.00 left · $3.00 this month"),
        (Account(left=Decimal(0), is_free_tier=True), "$0.00 left · free tier"),
    ],
)
def test_only_what_is_known_is_said(account, text):
    assert account.text == text


def test_small_amounts_are_not_rounded_away():
    assert money(Decimal("0.00042")) == "$0.00042"
    assert money(Decimal("1234.5")) == "$1234.50"
