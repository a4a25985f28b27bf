from decimal import Decimal

from app.core.costs.spending import Spending
from app.services.costs.ledger import Line
from app.ui.ledger.columns import COLUMNS, answers_text

BY_TITLE = {column.title: column for column in COLUMNS}


def shown(spending: Spending) -> dict[str, str]:
    line = Line(spending, "OpenRouter", "Gemma 2 27B")
    return {title: column.shown(line) for title, column in BY_TITLE.items()}


def test_every_kind_of_cost_has_a_column_of_its_own() -> None:
    found = shown(
        Spending(
            "openrouter",
            "m",
            1234,
            Decimal("1.8"),
            Decimal("0.04"),
            Decimal("0.0002"),
            2,
            1_234_567,
            890,
            0,
            3,
        )
    )
    assert found == {
        "Provider": "OpenRouter",
        "Model": "Gemma 2 27B",
        "Answers": "1\u202f234",
        "Tokens in": "1\u202f234\u202f567",
        "Tokens out": "890",
        "Searches": "3",
        "Reported": "$1.80",
        "Confirmed": "$0.04",
        "Estimated": "about $0.00020",
        "Cost unknown": "2 answers",
    }


def test_what_nobody_told_is_never_zero() -> None:
    found = shown(Spending("p", "m", 1, unknown=1, uncounted=1))
    assert found["Reported"] == found["Confirmed"] == found["Estimated"] == "–"
    assert found["Tokens in"] == found["Tokens out"] == "not told"
    assert found["Cost unknown"] == "1 answer"


def test_a_cost_of_nothing_is_zero_and_not_about_nothing() -> None:
    found = shown(Spending("p", "m", 1, Decimal(0), None, Decimal(0)))
    assert (found["Reported"], found["Estimated"], found["Cost unknown"]) == ("$0", "$0", "–")


def test_tips_hold_the_exact_amount_and_say_whose_counts_are_missing() -> None:
    spending = Spending("p", "google/m", 3, Decimal("0.000000000123"), uncounted=2, input_tokens=5)
    line = Line(spending, "P", "M")
    assert BY_TITLE["Reported"].more(line) == "$0.000000000123 exactly"
    assert BY_TITLE["Confirmed"].more(line) == ""
    assert "2 answers told no counts" in BY_TITLE["Tokens in"].more(line)
    assert BY_TITLE["Model"].more(line) == "google/m"
    assert answers_text(1) == "1 answer"
