"""Routes in a few words."""

from decimal import Decimal

import pytest

from app.core.costs.usage import Price
from app.core.models.model import Model
from app.ui.picker.route_text import details_text, price_text


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (Price(Decimal("0.06"), Decimal("0.33")), "$0.06 / $0.33 per 1M"),
        (Price(Decimal("0.065"), Decimal(3)), "$0.065 / $3.00 per 1M"),
        (Price(per_message=Decimal("0.0040")), "$0.004 a message"),
        (Price(Decimal(1)), "price unknown"),
        (Price(), "price unknown"),
        (Price(Decimal(0), Decimal(0), Decimal(0), Decimal(0)), "free"),
    ],
)
def test_prices(price, text):
    assert price_text(price) == text


def test_details_name_what_is_not_known():
    model = Model("p", "m", "M", context=262144, inputs=("text", "image"))
    assert details_text(model) == "256K · text, image · price unknown"
    assert details_text(Model("p", "m", "M")).startswith("context unknown")
