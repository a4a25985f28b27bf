"""`facet costs`: what answers cost in a month, by provider and model, without a network."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from app.cli.output import complain, say, say_object
from app.core.costs.month import Month
from app.core.costs.spending import Spending, total
from app.core.costs.usage import dollars
from app.core.errors import AppError
from app.services.costs.ledger import Line
from app.services.services import Services


async def run_costs(services: Services, arguments: argparse.Namespace) -> int:
    """Prints a month, this one unless another is named; status 2 for what is no month."""
    ledger = services.ledger
    try:
        month = Month.parse(arguments.month) if arguments.month else ledger.this_month()
    except AppError as error:
        complain(f"{error.message} {error.hint}".rstrip())
        return 2
    if arguments.csv:
        say(ledger.csv(month), end="")
        return 0
    lines = ledger.lines(month)
    if arguments.json:
        for line in lines:
            say_object(_object(month, line))
        return 0
    if not lines:
        say(f"Nothing was asked in {month.title}.")
        return 0
    for line in lines:
        say(f"{f'{line.provider}  {line.model}':44} {_text(line.spending)}")
    if len(lines) > 1:
        say(f"{f'{month.title}, all together':44} {_text(total(x.spending for x in lines))}")
    return 0


def _text(spending: Spending) -> str:
    """One line's figures; each kind of cost is named, and none is added to another."""
    parts = [f"{spending.answers} answer{'' if spending.answers == 1 else 's'}"]
    for amount, kind in (
        (spending.reported, "reported"),
        (spending.confirmed, "confirmed"),
        (spending.estimated, "estimated"),
    ):
        if amount is not None:
            about = "about " if kind == "estimated" and amount else ""
            parts.append(f"{about}{dollars(amount)} {kind}")
    if spending.unknown:
        parts.append(f"{spending.unknown} of unknown cost")
    return " · ".join(parts)


def _object(month: Month, line: Line) -> dict[str, Any]:
    """Amounts are texts, so that no reader rounds them; null is not known, never 0."""
    found = line.spending
    return {
        "month": str(month),
        "provider": found.provider_id,
        "model": found.model_id,
        "answers": found.answers,
        "answers_without_counts": found.uncounted,
        "input_tokens": found.input_tokens,
        "output_tokens": found.output_tokens,
        "searches": found.searches,
        "cost": {
            "currency": "USD",
            "reported": _amount(found.reported),
            "confirmed": _amount(found.confirmed),
            "estimated": _amount(found.estimated),
            "answers_unknown": found.unknown,
        },
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
