"""The record of an answer, in the shape OpenRouter documents and in others."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest

from app.core.costs.usage import Usage
from app.core.errors import UnavailableError
from app.providers.account.bill import bill_of, bill_path

RECORD = {
    "id": "gen-1",
    "model": "google/gemma-4-26b-a4b-it",
    "cancelled": True,
    "tokens_prompt": 10,
    "tokens_completion": 5,
    "native_tokens_prompt": 12,
    "native_tokens_completion": 7,
    "native_tokens_reasoning": 3,
    "native_tokens_cached": 0,
    "total_cost": 0.00001235,
    "usage": 0.00001235,
}
BILL = Usage(12, 7, 3, 0, None, Decimal("0.00001235"))


def test_the_models_own_counts_and_the_price_are_read() -> None:
    assert bill_of({"data": RECORD}) == BILL


def test_comparable_counts_stand_in_where_the_models_own_are_missing() -> None:
    record = {"tokens_prompt": 10, "native_tokens_completion": None, "total_cost": "0"}
    assert bill_of({"data": record}) == Usage(10, None, reported_cost=Decimal(0))


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"data": None},
        {"data": {"total_cost": None}},
        {"data": {"total_cost": -1}},
        {"data": {"total_cost": "soon", "usage": True}},
    ],
)
def test_a_record_without_a_price_is_none_yet(body: Any) -> None:
    assert bill_of(body) is None


def test_damaged_counts_are_not_told() -> None:
    record = {**RECORD, "native_tokens_prompt": -4, "tokens_prompt": "many"}
    bill = bill_of({"data": record})
    assert bill is not None
    assert bill.input_tokens is None


def test_a_number_cannot_leave_its_place_in_the_address() -> None:
    assert bill_path("/generation?id={id}", "a&b=/../c d") == "/generation?id=a%26b%3D%2F..%2Fc%20d"


async def test_the_record_is_asked_for_by_its_number_and_with_the_key(
    client: Callable[..., Any], reply: Callable[..., httpx.Response]
) -> None:
    asking, script = client(reply(200, {"data": RECORD}))
    assert await asking.bill("gen-1") == BILL
    (request,) = script.requests
    assert str(request.url) == "https://openrouter.ai/api/v1/generation?id=gen-1"
    assert request.method == "GET"
    assert request.headers["authorization"].startswith("Bearer ")
    await asking.aclose()


async def test_a_record_that_is_not_there_yet_is_none_and_a_failure_is_raised(
    client: Callable[..., Any], reply: Callable[..., httpx.Response]
) -> None:
    missing = reply(404, {"error": {"code": 404, "message": "Generation not found"}})
    asking, _ = client(missing, reply(503, {"error": {"code": 503, "message": "Away"}}))
    assert await asking.bill("gen-1") is None
    with pytest.raises(UnavailableError):
        await asking.bill("gen-1")
    await asking.aclose()


async def test_nobody_is_asked_where_no_record_is_kept(client: Callable[..., Any]) -> None:
    for provider, number in (("aimlapi", "gen-1"), ("openrouter", "")):
        asking, script = client(provider=provider)
        assert await asking.bill(number) is None
        assert script.requests == []
        await asking.aclose()
