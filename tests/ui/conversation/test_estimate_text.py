from decimal import Decimal

from app.core.costs.usage import UNKNOWN_COST, Cost, CostSource
from app.services.costs.forecast import Calibration, Forecast
from app.ui.conversation.estimate_text import fill_of, left_text, right_text, tip_text

ABOUT = Cost(Decimal("0.0002"), CostSource.ESTIMATED)


def test_an_estimate_says_that_it_is_one():
    told = Forecast(0, 40, 4, ABOUT, 262_144)
    assert left_text(told) == (
        "about 44 of 262\u202f144 tokens · everything is in view of the model"
    )
    assert right_text(told) == "about $0.00020"


def test_nothing_written_is_not_about_nothing():
    assert left_text(Forecast(0, 0, 0, ABOUT, 8192)).startswith("0 of 8\u202f192")


def test_what_is_not_known_is_never_shown_as_zero():
    told = Forecast(0, 0, 4, UNKNOWN_COST, None)
    assert "not known" in left_text(told)
    assert right_text(told) == "cost unknown"
    assert fill_of(told) == []


def test_free_is_free():
    assert right_text(Forecast(0, 0, 4, Cost(Decimal(0), CostSource.ESTIMATED), 8192)) == "free"


def test_too_much_is_said_before_sending():
    told = Forecast(0, 8000, 1000, ABOUT, 8192)
    assert "would be refused" in left_text(told)
    assert fill_of(told)[-1][1] == "bad"


def test_the_bar_shows_the_shares():
    assert fill_of(Forecast(100, 200, 100, ABOUT, 1000)) == [
        (0.1, "selection"),
        (0.2, "accent"),
        (0.1, "good"),
    ]
    assert fill_of(Forecast(0, 5000, 0, ABOUT, 1000)) == [(1.0, "accent")]


def test_how_the_estimate_was_come_by_is_said():
    assert "After a few answers" in tip_text(Forecast(0, 0, 4, ABOUT, 8192))
    seen = tip_text(Forecast(0, 0, 4, ABOUT, 8192, Calibration(1.25, 12)))
    assert "times 1.25" in seen
    assert "last 12 questions" in seen
