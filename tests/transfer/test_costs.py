import csv
import io
from decimal import Decimal

from app.core.costs.month import Month
from app.core.costs.spending import Spending
from app.transfer.costs import COLUMNS, csv_text

NOVEMBER = Month(2026, 11)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_amounts_are_exact_and_what_is_not_known_is_empty() -> None:
    found = Spending(
        "openrouter", "m", 3, Decimal("0.00000000000000000001"), None, Decimal("1E-9"), 1, 12, None
    )
    (row,) = read(csv_text(NOVEMBER, [found]))
    assert row == {
        "month": "2026-11",
        "provider": "openrouter",
        "model": "m",
        "answers": "3",
        "answers_without_counts": "0",
        "input_tokens": "12",
        "output_tokens": "",
        "searches": "",
        "reported_usd": "0.00000000000000000001",
        "confirmed_usd": "",
        "estimated_usd": "0.000000001",
        "answers_of_unknown_cost": "1",
    }


def test_a_month_of_nothing_is_a_head() -> None:
    assert csv_text(NOVEMBER, []) == ",".join(COLUMNS) + "\n"


def test_a_name_is_neither_cut_by_a_comma_nor_taken_for_a_formula() -> None:
    rows = read(csv_text(NOVEMBER, [Spending("p", 'a,"b"\nc', 1), Spending("p", "=1+1", 1)]))
    assert [row["model"] for row in rows] == ['a,"b"\nc', "'=1+1"]
