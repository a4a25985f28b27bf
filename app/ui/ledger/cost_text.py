"""What a month cost, in few words and in a sentence that mixes nothing."""

from __future__ import annotations

from decimal import Decimal

from app.core.costs.month import Month
from app.core.costs.spending import Spending
from app.core.costs.usage import dollars
from app.ui.ledger.columns import answers_text

_CENT = Decimal("0.01")


def summary_text(title: str, spending: Spending) -> str:
    """`November 2026: $1.84 billed ($0.04 of it confirmed later) · about $0.02 estimated`."""
    parts = []
    if spending.reported is not None or spending.confirmed is not None:
        later = ""
        if spending.reported is None:
            later = " (confirmed later)"
        elif spending.confirmed is not None:
            later = f" ({dollars(spending.confirmed)} of it confirmed later)"
        parts.append(f"{dollars(spending.billed)} billed{later}")
    if spending.estimated is not None:
        about = "about " if spending.estimated else ""
        parts.append(f"{about}{dollars(spending.estimated)} estimated")
    if spending.unknown:
        parts.append(f"{answers_text(spending.unknown)} of unknown cost")
    return f"{title}: {' · '.join(parts) or 'nothing spent'}"


def empty_text(month: Month) -> str:
    """What is said of a month without answers."""
    return (
        f"Nothing was asked in {month.title}. What answers cost is noted here as they come,"
        " and stays when their conversation is deleted."
    )


def short_text(spending: Spending, *, is_brief: bool = False) -> str:
    """A month in very few words: estimates make it `about`, unknown costs `or more`; what is less
    than a cent is not counted out. `is_brief` leaves `this month` away."""
    cost, unknown = spending.known, spending.unknown
    about = "about " if spending.estimated else ""
    if unknown:
        least = "under $0.01 known" if cost < _CENT else f"{about}{dollars(cost)} or more"
        return least if cost else f"cost of {unknown} unknown"
    text = "under $0.01" if 0 < cost < _CENT else f"{about}{dollars(cost)}"
    return text if is_brief else f"{text} this month"
