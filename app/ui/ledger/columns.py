"""The columns of the costs table: what each shows, how it sorts, and how nothing known looks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.core.costs.spending import total
from app.core.costs.usage import dollars
from app.services.costs.ledger import Line
from app.ui.widgets.fact_table import FactColumn

UNTOLD = "not told"


def counted(number: object) -> str:
    """A count with thin gaps between thousands."""
    return f"{int(str(number)):,}".replace(",", "\u202f")


def answers_text(number: object) -> str:
    """`1 answer`, `2 answers`."""
    return f"{counted(number)} answer{'' if number == 1 else 's'}"


def _money(amount: object) -> str:
    return dollars(Decimal(str(amount)))


def _about(amount: object) -> str:
    return f"about {_money(amount)}" if amount else _money(amount)


def _exact(amount: Decimal | None) -> str:
    return "" if amount is None else f"${amount:f} exactly"


def _untold(line: Line) -> str:
    uncounted = line.spending.uncounted
    if not uncounted:
        return ""
    missing = "is" if uncounted == 1 else "are"
    return f"{answers_text(uncounted)} told no counts and {missing} missing here."


COLUMNS: tuple[FactColumn[Line], ...] = (
    FactColumn(
        "Provider",
        "Who sent the bill",
        lambda line: line.provider,
        is_number=False,
        more=lambda line: line.provider,
    ),
    FactColumn(
        "Model",
        "What answered",
        lambda line: line.model or None,
        unknown="",
        is_number=False,
        more=lambda line: line.spending.model_id,
    ),
    FactColumn("Answers", "How many answers", lambda line: line.spending.answers, counted),
    FactColumn(
        "Tokens in",
        "Questions with all that was sent along, as counted by the provider",
        lambda line: line.spending.input_tokens,
        counted,
        UNTOLD,
        more=_untold,
    ),
    FactColumn(
        "Tokens out",
        "Answers with their thoughts, as counted by the provider",
        lambda line: line.spending.output_tokens,
        counted,
        UNTOLD,
        more=_untold,
    ),
    FactColumn(
        "Searches",
        "Searches of the web",
        lambda line: line.spending.searches,
        counted,
        is_rare=True,
    ),
    FactColumn(
        "Reported",
        "US dollars that came with the answer as its price",
        lambda line: line.spending.reported,
        _money,
        more=lambda line: _exact(line.spending.reported),
    ),
    FactColumn(
        "Confirmed",
        "US dollars the provider told later, for answers that were stopped or cut off",
        lambda line: line.spending.confirmed,
        _money,
        more=lambda line: _exact(line.spending.confirmed),
        is_rare=True,
    ),
    FactColumn(
        "Estimated",
        "US dollars worked out from prices and counts; the bill may differ",
        lambda line: line.spending.estimated,
        _about,
        more=lambda line: _exact(line.spending.estimated),
    ),
    FactColumn(
        "Cost unknown",
        "Answers whose price nobody told",
        lambda line: line.spending.unknown or None,
        answers_text,
        is_rare=True,
    ),
)
"""The columns from left to right."""


def all_together(lines: Sequence[Line]) -> Line | None:
    """The line that sums up the others, None where there is nothing to sum up."""
    if len(lines) < 2:
        return None
    return Line(total(line.spending for line in lines), "All together", "")
