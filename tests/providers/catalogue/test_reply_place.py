from decimal import Decimal

import pytest

from app.providers.catalogue.reply_place import ReplyPlace


@pytest.mark.parametrize(
    ("place", "reply", "headers", "found"),
    [
        (ReplyPlace("usage.cost"), {"usage": {"cost": 0.25}}, None, "0.25"),
        (ReplyPlace("usage.cost"), {"usage": {"cost": "0"}}, None, "0"),
        (ReplyPlace("usage.cost", zero_is_unknown=True), {"usage": {"cost": 0}}, None, None),
        (ReplyPlace("cents", per_dollar=100), {"cents": 7}, None, "0.07"),
        (ReplyPlace(header="x-spent"), {}, {"x-spent": "0.5"}, "0.5"),
        (ReplyPlace(header="x-spent"), {"x-spent": 1}, None, None),
        (ReplyPlace("usage.cost"), {"usage": [1]}, None, None),
        (ReplyPlace("usage.cost"), {"usage": {"cost": -1}}, None, None),
        (ReplyPlace("usage.cost"), None, None, None),
    ],
)
def test_an_amount_is_read_where_it_stands_or_not_at_all(place, reply, headers, found) -> None:
    assert place.amount_in(reply, headers) == (found and Decimal(found))
