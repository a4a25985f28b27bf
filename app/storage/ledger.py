"""What answers cost, kept when the conversation is gone. Amounts are decimal text, never floats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import apsw

from app.core.conversation import Message
from app.core.usage import CostSource
from app.storage import rows
from app.storage.database import Database
from app.storage.reading import rows_of


@dataclass(frozen=True, slots=True)
class ModelCost:
    """What one route cost in a month, USD.

    `billed` is what was reported, `estimated` is apart; `unknown` counts answers without an amount.
    """

    provider_id: str
    model_id: str
    answers: int = 0
    billed: Decimal = Decimal(0)
    estimated: Decimal = Decimal(0)
    unknown: int = 0

    @property
    def amount(self) -> Decimal:
        """Everything that is known of it."""
        return self.billed + self.estimated


class Ledger:
    """The costs noted in a database; months are those of the clock that is handed in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def month_total(self, now: datetime) -> Decimal:
        """What this month's answers cost as far as known, USD."""
        return sum((cost.amount for cost in self.by_model(now)), Decimal(0))

    def by_model(self, now: datetime) -> list[ModelCost]:
        """This month by route, the dearest first."""
        start = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        found = rows_of(
            self._database.reader,
            "SELECT provider_id, model_id, amount, source FROM ledger WHERE at >= ?",
            rows.moment(start),
        )
        costs: dict[tuple[str, str], ModelCost] = {}
        for provider_id, model_id, amount, source in found:
            known = costs.get((provider_id, model_id), ModelCost(provider_id, model_id))
            costs[provider_id, model_id] = _added(known, amount, source)
        return sorted(costs.values(), key=lambda cost: cost.amount, reverse=True)


def record(writer: apsw.Connection, message: Message) -> None:
    """Notes what an answer cost, once; an answer nothing was reported of is not noted."""
    provenance = message.provenance
    if provenance is None or (provenance.cost.amount is None and provenance.usage.is_empty):
        return
    cost, usage = provenance.cost, provenance.usage
    writer.execute(
        "INSERT OR REPLACE INTO ledger (message_id, at, provider_id, model_id, amount, currency,"
        " source, input_tokens, output_tokens, first_text, speed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            message.id,
            rows.moment(message.created_at),
            provenance.provider_id,
            provenance.model_id,
            None if cost.amount is None else str(cost.amount),
            cost.currency,
            str(cost.source),
            usage.input_tokens,
            usage.output_tokens,
            provenance.timing.first_text,
            provenance.tokens_per_second,
        ),
    )


def _added(known: ModelCost, amount: str | None, source: str) -> ModelCost:
    is_estimate = source == CostSource.ESTIMATED
    value = Decimal(amount or 0)
    return ModelCost(
        known.provider_id,
        known.model_id,
        known.answers + 1,
        known.billed + (0 if is_estimate else value),
        known.estimated + (value if is_estimate else 0),
        known.unknown + (amount is None),
    )
