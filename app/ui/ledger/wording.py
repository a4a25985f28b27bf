"""What a month cost, in few words and in a sentence that mixes nothing."""

from __future__ import annotations

from app.core.month import Month
from app.core.spending import Spending
from app.core.usage import dollars
from app.ui.ledger.columns import answers_text


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


def short_text(spending: Spending) -> str:
    """A month in very few words: estimates make it `about`, unknown costs `or more`."""
    cost, unknown = spending.known, spending.unknown
    about = "about " if spending.estimated else ""
    if not unknown:
        return f"{about}{dollars(cost)} this month"
    return f"{about}{dollars(cost)} or more" if cost else f"cost of {unknown} unknown"
