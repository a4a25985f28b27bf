from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.core.conversations.conversation import Message, MessageState, Provenance, Role
from app.core.costs.bill import confirmed, lacks_bill
from app.core.costs.usage import UNKNOWN_COST, Cost, CostSource, Usage

TOLD = Provenance("openrouter", "m", generation_id="gen-1")
ESTIMATE = Cost(Decimal("0.2"), CostSource.ESTIMATED)


def answer(state: MessageState, told: Provenance | None) -> Message:
    return Message(
        "m", "c", None, Role.ASSISTANT, (), 1, datetime(2026, 11, 21, tzinfo=UTC), state, told
    )


@pytest.mark.parametrize(
    ("state", "told", "lacks"),
    [
        (MessageState.STOPPED, TOLD, True),
        (MessageState.CUT_OFF, replace(TOLD, cost=ESTIMATE), True),
        (MessageState.FAILED, TOLD, True),
        (MessageState.DONE, TOLD, True),
        (MessageState.WRITING, TOLD, False),
        (MessageState.STOPPED, None, False),
        (MessageState.STOPPED, replace(TOLD, generation_id=""), False),
        (MessageState.DONE, replace(TOLD, cost=Cost(Decimal(0), CostSource.REPORTED)), False),
        (MessageState.STOPPED, replace(TOLD, cost=Cost(Decimal(0), CostSource.CONFIRMED)), False),
    ],
)
def test_a_bill_is_missing_where_the_provider_took_the_question_and_named_no_price(
    state: MessageState, told: Provenance | None, lacks: bool
) -> None:
    assert lacks_bill(answer(state, told)) is lacks


def test_a_bill_takes_the_place_of_an_estimate_and_keeps_what_it_does_not_say() -> None:
    before = replace(TOLD, cost=ESTIMATE, usage=Usage(10, None, 3, None, 2))
    after = confirmed(before, Usage(12, 7, None, 4, None, Decimal("0.001")))
    assert after.cost == Cost(Decimal("0.001"), CostSource.CONFIRMED)
    assert after.usage == Usage(12, 7, 3, 4, 2, Decimal("0.001"))
    assert after.generation_id == "gen-1"


def test_a_bill_of_nothing_confirms_that_it_was_free() -> None:
    assert confirmed(TOLD, Usage(reported_cost=Decimal(0))).cost == Cost(
        Decimal(0), CostSource.CONFIRMED
    )


def test_a_record_without_an_amount_confirms_nothing() -> None:
    after = confirmed(TOLD, Usage(12, 7))
    assert after.cost == UNKNOWN_COST
    assert after.usage == Usage()
