"""A month's costs as CSV: a line a route, amounts to their last digit, gaps where unknown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from app.core.costs.month import Month
from app.core.costs.spending import Spending

COLUMNS = (
    "month",
    "provider",
    "model",
    "answers",
    "answers_without_counts",
    "input_tokens",
    "output_tokens",
    "searches",
    "reported_usd",
    "confirmed_usd",
    "estimated_usd",
    "answers_of_unknown_cost",
)


def csv_text(month: Month, spendings: Sequence[Spending]) -> str:
    """The lines under a head; no sums, so that none is added twice."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for found in spendings:
        writer.writerow(
            (
                str(month),
                _text(found.provider_id),
                _text(found.model_id),
                found.answers,
                found.uncounted,
                *(found.input_tokens, found.output_tokens, found.searches),
                *(
                    None if amount is None else f"{amount:f}"
                    for amount in (found.reported, found.confirmed, found.estimated)
                ),
                found.unknown,
            )
        )
    return file.getvalue()


def _text(text: str) -> str:
    """A foreign text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
