from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.conversations.conversation import Message, Provenance, Role
from app.core.costs.month import Month
from app.core.costs.usage import Cost, CostSource, Usage
from app.core.identity import new_id
from app.services.costs.ledger import Line
from app.storage.costs.ledger import record


@pytest.fixture
def spend(stage: Any) -> Any:
    """Notes the cost of an answer."""

    def note(provider_id: str, model_id: str, amount: str, *, at: datetime | None = None) -> None:
        cost = Cost(Decimal(amount), CostSource.REPORTED)
        told = Provenance(provider_id, model_id, usage=Usage(10, 20), cost=cost)
        when = at or datetime.now(UTC)
        made = Message(new_id(), "c", None, Role.ASSISTANT, (), 1, when, provenance=told)
        stage.core.database.write(lambda writer: record(writer, made)).result()

    return note


async def test_routes_are_called_by_the_names_people_know(stage: Any, spend: Any) -> None:
    spend("openrouter", "google/gemma-2-27b-it", "2")
    spend("gone", "some-model", "1")
    ledger = stage.services.ledger
    lines = ledger.lines(ledger.this_month())
    assert [(line.provider, line.model) for line in lines] == [
        ("OpenRouter", "Gemma 2 27B"),
        ("gone", "some-model"),
    ]
    assert isinstance(lines[0], Line)
    assert lines[0].spending.reported == 2


async def test_this_month_can_be_looked_at_before_anything_was_asked(stage: Any) -> None:
    ledger = stage.services.ledger
    assert ledger.months() == [ledger.this_month()]
    assert ledger.lines(ledger.this_month()) == []
    assert ledger.month_cost().known == 0


async def test_months_are_those_of_the_clock_newest_first(stage: Any, spend: Any) -> None:
    earlier = datetime.now(UTC) - timedelta(days=90)
    spend("openrouter", "m", "1", at=earlier)
    spend("openrouter", "m", "2")
    ledger = stage.services.ledger
    assert ledger.months() == [ledger.this_month(), Month.of(earlier.astimezone())]
    assert ledger.month_cost().reported == 2


async def test_a_month_is_written_to_the_last_digit(stage: Any, spend: Any, tmp_path: Path) -> None:
    spend("openrouter", "m", "0.00000000000000000001")
    ledger = stage.services.ledger
    ledger.save_csv(ledger.this_month(), tmp_path / "costs.csv")
    written = (tmp_path / "costs.csv").read_text()
    assert written == ledger.csv(ledger.this_month())
    assert "0.00000000000000000001" in written
