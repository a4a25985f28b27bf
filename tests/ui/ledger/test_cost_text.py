from decimal import Decimal

import pytest

from app.core.costs.month import Month
from app.core.costs.spending import Spending
from app.ui.ledger.cost_text import empty_text, short_text, summary_text

NOVEMBER = Month(2026, 11)


def test_a_month_is_told_without_adding_estimates_to_bills() -> None:
    spending = Spending("", "", 9, Decimal("1.8"), Decimal("0.04"), Decimal("0.02"), 2)
    assert summary_text("November 2026", spending) == (
        "November 2026: $1.84 billed ($0.04 of it confirmed later) · about $0.02 estimated"
        " · 2 answers of unknown cost"
    )


def test_what_there_is_none_of_is_left_out() -> None:
    assert (
        summary_text("November 2026", Spending(reported=Decimal(1)))
        == "November 2026: $1.00 billed"
    )
    assert (
        summary_text("November 2026", Spending(estimated=Decimal(0)))
        == "November 2026: $0 estimated"
    )
    later = summary_text("November 2026", Spending(confirmed=Decimal(1)))
    assert later == "November 2026: $1.00 billed (confirmed later)"
    unknown = summary_text("November 2026", Spending(unknown=1))
    assert unknown == "November 2026: 1 answer of unknown cost"


def test_an_empty_month_says_what_would_stand_there() -> None:
    assert empty_text(NOVEMBER).startswith("Nothing was asked in November 2026.")


@pytest.mark.parametrize(
    ("spending", "text"),
    [
        (Spending(reported=Decimal("1.8"), confirmed=Decimal("0.04")), "$1.84 this month"),
        (Spending(), "$0 this month"),
        (Spending(estimated=Decimal(0)), "$0 this month"),
        (Spending(reported=Decimal(1), estimated=Decimal("0.5")), "about $1.50 this month"),
        (Spending(reported=Decimal("0.5"), unknown=2), "$0.50 or more"),
        (Spending(estimated=Decimal("0.5"), unknown=2), "about $0.50 or more"),
        (Spending(reported=Decimal("0.000003")), "under $0.01 this month"),
        (Spending(estimated=Decimal("0.0099")), "under $0.01 this month"),
        (Spending(reported=Decimal("0.01")), "$0.01 this month"),
        (Spending(unknown=3), "cost of 3 unknown"),
    ],
)
def test_a_month_is_no_bill_where_it_was_estimated_and_no_zero_where_unknown(
    spending: Spending, text: str
) -> None:
    assert short_text(spending) == text


def test_a_month_can_be_told_in_fewer_words_still() -> None:
    assert short_text(Spending(estimated=Decimal("1.5")), is_brief=True) == "about $1.50"
    assert short_text(Spending(unknown=1), is_brief=True) == "cost of 1 unknown"


def test_nothing_spent_is_said() -> None:
    assert summary_text("This month", Spending()) == "This month: nothing spent"


@pytest.mark.parametrize("unknown", [0, 1, 7])
def test_a_fraction_of_a_cent_is_not_counted_out(unknown):
    text = short_text(Spending(reported=Decimal("0.0000030"), unknown=unknown))
    assert text.startswith("under $0.01")
    assert "0000" not in text
