"""A bill that comes after the answer: when to ask for one, and what it changes."""

from __future__ import annotations

from dataclasses import fields, replace

from app.core.conversations.conversation import Message, MessageState, Provenance
from app.core.costs.usage import Cost, CostSource, Usage

_SETTLED = (CostSource.REPORTED, CostSource.CONFIRMED)


def lacks_bill(message: Message) -> bool:
    """Whether the provider took the question and never said what it charged for the answer."""
    told = message.provenance
    if told is None or message.state is MessageState.WRITING:
        return False
    return bool(told.generation_id) and told.cost.source not in _SETTLED


def confirmed(told: Provenance, bill: Usage) -> Provenance:
    """Where an answer came from with the provider's own figures; what a bill leaves out stays.

    A bill without an amount confirms nothing.
    """
    if bill.reported_cost is None:
        return told
    figures = {item.name: getattr(bill, item.name) for item in fields(Usage)}
    usage = replace(told.usage, **{name: n for name, n in figures.items() if n is not None})
    return replace(told, usage=usage, cost=Cost(bill.reported_cost, CostSource.CONFIRMED))
