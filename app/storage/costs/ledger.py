"""What answers cost, kept when the conversation is gone. Amounts are decimal text, never floats."""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import Decimal, InvalidOperation

import apsw

from app.core.conversations.conversation import Message, MessageState, Provenance
from app.core.costs.month import FIRST_YEAR, Month
from app.core.costs.spending import Spending
from app.core.costs.usage import CostSource
from app.storage.conversations import rows
from app.storage.database.database import Database
from app.storage.database.reading import Row, row_of, rows_of

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
            "SELECT provider_id, model_id, source, count(*), group_concat(amount, ' '),"
            " sum(input_tokens), sum(output_tokens),"
            " sum(input_tokens IS NULL AND output_tokens IS NULL), sum(searches)"
            " FROM ledger WHERE at >= ? AND at < ? GROUP BY provider_id, model_id, source",
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
        # Two questions: SQLite goes straight to one end of an index, but not to both at once.
        ends = [row_of(reader, f"SELECT {end}(at) FROM ledger") for end in ("min", "max")]
        month, last = (Month.of(_local(row[0], zone)) if row and row[0] else None for row in ends)
        if month is None or last is None:
            return []
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
    provider_id, model_id, source, answers, amounts, inputs, outputs, uncounted, searches = row
    known = _amounts(str(amounts or "").split(" ")) if source in list(_KINDS) else []
    whole = sum(known, Decimal(0)) if known else None
    return Spending(
        provider_id=provider_id,
        model_id=model_id,
        answers=answers,
        reported=whole if source == CostSource.REPORTED else None,
        confirmed=whole if source == CostSource.CONFIRMED else None,
        estimated=whole if source == CostSource.ESTIMATED else None,
        unknown=answers - len(known),
        input_tokens=inputs,
        output_tokens=outputs,
        uncounted=uncounted,
        searches=searches,
    )


def _amounts(texts: list[str]) -> list[Decimal]:
    """The amounts among texts; damaged ones are left out."""
    try:
        found = list(map(Decimal, texts))
    except InvalidOperation:
        found = [amount for text in texts for amount in _amount(text)]
    return [amount for amount in found if amount.is_finite()]


def _amount(text: str) -> tuple[Decimal, ...]:
    try:
        return (Decimal(text),)
    except InvalidOperation:
        return ()
