"""How far up the model can read, counted from the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.conversations.conversation import Message, Role, TextPart
from app.core.costs.usage import UNKNOWN_COST
from app.services.conversations.context_limit import first_in_view
from app.services.costs.forecast import Calibration, Forecast, message_tokens

NOW = datetime(2026, 1, 2, tzinfo=UTC)
BRANCH = [
    Message(f"m{n}", "c", None, Role.USER, (TextPart("word " * 80),), n, NOW) for n in range(10)
]
EACH = message_tokens(BRANCH[0])


def told(context: int | None, text: int = 0, system: int = 0) -> Forecast:
    return Forecast(system, EACH * 10, text, UNKNOWN_COST, context)


@pytest.mark.parametrize("context", [None, EACH * 10, EACH * 50])
def test_where_everything_fits_all_is_in_view(context: int | None) -> None:
    assert first_in_view(BRANCH, told(context)) == 0


@pytest.mark.parametrize(
    ("context", "text", "system", "first"),
    [
        (EACH * 4, 0, 0, 6),
        (EACH * 4 + EACH - 1, 0, 0, 6),
        (EACH * 4, EACH, 0, 7),
        (EACH * 4, EACH, EACH, 8),
        (EACH - 1, 0, 0, 10),
        (EACH, EACH * 3, 0, 10),
    ],
)
def test_the_newest_messages_are_the_ones_in_view(
    context: int, text: int, system: int, first: int
) -> None:
    assert first_in_view(BRANCH, told(context, text, system)) == first


def test_a_model_that_counts_more_sees_less() -> None:
    twice = replace(told(EACH * 4), calibration=Calibration(2.0, 5))
    assert first_in_view(BRANCH, twice) == 8
