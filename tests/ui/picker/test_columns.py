"""What the routes table says, and what it says where nothing is known."""

from decimal import Decimal

import pytest

from app.core.costs.usage import Price
from app.core.models.host import Host, Measured
from app.core.models.model import Model
from app.services.models.routes import Route
from app.ui.picker.columns import COLUMNS

MODEL = Model("openrouter", "g", "G", context=8192, price=Price(Decimal("0.65"), Decimal(2)))
FULL = Host(
    "DeepInfra",
    "deepinfra",
    Price(Decimal("0.6"), Decimal("0.9")),
    4096,
    1024,
    "bf16",
    99.75,
    0.25,
    61.5,
)


def told(route):
    return {column.title: column.shown(route) for column in COLUMNS}


def test_an_offer_shows_what_its_list_says():
    found = told(Route(MODEL, "OpenRouter", Measured(3, 1.234, 40.2)))
    assert found == {
        "Route": "OpenRouter",
        "In": "$0.65",
        "Out": "$2.00",
        "A message": "no",
        "Context": "8K",
        "Max answer": "not published",
        "Uptime": "not published",
        "First word": "not published",
        "Speed": "not published",
        "Precision": "not published",
        "Your first word": "1.23 s",
        "Your speed": "40 a second",
    }


def test_a_host_shows_its_own_figures():
    found = told(Route(MODEL, "OpenRouter", host=FULL))
    assert found == {
        "Route": "OpenRouter · DeepInfra",
        "In": "$0.60",
        "Out": "$0.90",
        "A message": "no",
        "Context": "4K",
        "Max answer": "1K",
        "Uptime": "99.8 %",
        "First word": "0.25 s",
        "Speed": "62 a second",
        "Precision": "bf16",
        "Your first word": "",
        "Your speed": "",
    }


@pytest.mark.parametrize(
    "route", [Route(Model("p", "m", "M"), "P"), Route(MODEL, "P", host=Host("h"))]
)
def test_what_is_unknown_is_never_0(route):
    assert not any("0" in text for text in told(route).values() if text not in ("$0.65", "8K"))


def test_a_price_for_a_message_stands_in_its_own_column():
    flat = Model("e", "m", "M", price=Price(Decimal(0), Decimal(0), Decimal("0.0040")))
    assert told(Route(flat, "E"))["A message"] == "$0.004"


def test_a_price_of_0_is_said_to_be_free():
    free = Model("p", "m", "M", price=Price(Decimal(0), Decimal(0)))
    assert (told(Route(free, "P"))["In"], told(Route(free, "P"))["Out"]) == ("free", "free")
