"""What answers cost, kept when the conversation is gone. Amounts are decimal text, never floats."""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import Decimal, InvalidOperation

import apsw

from app.core.conversation import Message, MessageState, Provenance
from app.core.month import FIRST_YEAR, Month
from app.core.spending import Spending
from app.core.usage import CostSource
from app.storage import rows
from app.storage.database import Database
from app.storage.reading import Row, row_of, rows_of

_COLUMNS = (
    "message_id, at, provider_id, model_id, amount, currency, source, input_tokens,"
    " output_tokens, searches, reasoning_tokens, cached_tokens, first_text, speed, generation_id"
)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
_MARKS = ", ".join("?" * len(_COLUMNS.split(", ")))
_KINDS = (CostSource.REPORTED, CostSource.CONFIRMED, CostSource.ESTIMATED)
"""The kinds of known amounts."""


class Ledger:
    """The costs noted in a database. Months are this computer's, or those of the zone given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_month(self, month: Month, zone: tzinfo | None = None) -> list[Spending]:
        """A month by route, the dearest first."""
        found = rows_of(
            self._database.reader,
            "SELECT provider_id, model_id, source, amount, count(*), sum(input_tokens),"
            " sum(output_tokens), sum(input_tokens IS NULL AND output_tokens IS NULL),"
            " sum(searches) FROM ledger WHERE at >= ? AND at < ?"
            " GROUP BY provider_id, model_id, source, amount",
            *_span(month, zone),
        )
        costs: dict[tuple[str, str], Spending] = {}
        for row in found:
            spending = _spending(row)
            route = spending.provider_id, spending.model_id
            costs[route] = costs.get(route, Spending(*route)).plus(spending)
        return sorted(
            costs.values(),
            key=lambda cost: (-cost.known, -cost.answers, cost.provider_id, cost.model_id),
        )

    def months(self, zone: tzinfo | None = None) -> list[Month]:
        """The months that have answers in them, the newest first."""
        reader = self._database.reader
        ends = row_of(reader, "SELECT min(at), max(at) FROM ledger")
        if ends is None or ends[0] is None:
            return []
        month, last = (Month.of(_local(at, zone)) for at in ends)
        found = []
        while month <= last:
            span = _span(month, zone)
            if row_of(reader, "SELECT 1 FROM ledger WHERE at >= ? AND at < ? LIMIT 1", *span):
                found.append(month)
            month = month.next()
        return found[::-1]


def record(writer: apsw.Connection, message: Message) -> None:
    """Notes what an answer cost, once; one that its provider said nothing of is not noted."""
    told = message.provenance
    if told is None or _is_untold(message, told):
        return
    cost, usage = told.cost, told.usage
    writer.execute(
        f"INSERT INTO ledger ({_COLUMNS}) VALUES ({_MARKS})"
        f" ON CONFLICT (message_id) DO UPDATE SET {_CHANGES}",
        (
            message.id,
            rows.moment(message.created_at),
            told.provider_id,
            told.model_id,
            None if cost.amount is None else str(cost.amount),
            cost.currency,
            str(cost.source),
            usage.input_tokens,
            usage.output_tokens,
            usage.searches,
            usage.reasoning_tokens,
            usage.cached_tokens,
            told.timing.first_text,
            told.tokens_per_second,
            told.generation_id or None,
        ),
    )


def _is_untold(message: Message, told: Provenance) -> bool:
    """Whether nothing says that the question ever arrived; a price alone does not."""
    has_price = told.cost.amount is not None and message.state is not MessageState.FAILED
    return told.usage.is_empty and not told.generation_id and not has_price


def _span(month: Month, zone: tzinfo | None) -> tuple[str, str]:
    return rows.moment(month.begins(zone)), rows.moment(month.next().begins(zone))


def _local(at: object, zone: tzinfo | None) -> datetime:
    """A noted moment by a clock; a damaged one counts as the earliest there is."""
    moment = rows.doubtful_moment(at)
    return moment.astimezone(zone) if moment.year > FIRST_YEAR else moment


def _spending(row: Row) -> Spending:
    provider_id, model_id, source, text, answers, inputs, outputs, uncounted, searches = row
    amount = _amount(text)
    known = next((kind for kind in _KINDS if kind == source and amount is not None), None)
    whole = None if amount is None else amount * answers
    return Spending(
        provider_id=provider_id,
        model_id=model_id,
        answers=answers,
        reported=whole if known is CostSource.REPORTED else None,
        confirmed=whole if known is CostSource.CONFIRMED else None,
        estimated=whole if known is CostSource.ESTIMATED else None,
        unknown=answers if known is None else 0,
        input_tokens=inputs,
        output_tokens=outputs,
        uncounted=uncounted,
        searches=searches,
    )


def _amount(text: str | None) -> Decimal | None:
    try:
        found = Decimal(text or "?")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
