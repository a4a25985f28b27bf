"""The columns of the costs table: what each shows, how it sorts, and how nothing known looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.core.costs.usage import dollars
from app.services.costs.ledger import Line

NONE = "–"
UNTOLD = "not told"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` is what it is sorted by, None for nothing known; `text` writes it.

    A column that `is_rare` stands there only in months that have something in it.
    """

    title: str
    tip: str
    value: Callable[[Line], object]
    text: Callable[[object], str] = str
    nothing: str = NONE
    is_number: bool = True
    more: Callable[[Line], str] = lambda _line: ""
    is_rare: bool = False

    def shown(self, line: Line) -> str:
        """What stands in the cell; what nobody told is never shown as 0."""
        found = self.value(line)
        return self.nothing if found is None else self.text(found)


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


COLUMNS: tuple[Column, ...] = (
    Column(
        "Provider",
        "Who sent the bill",
        lambda line: line.provider,
        is_number=False,
        more=lambda line: line.provider,
    ),
    Column(
        "Model",
        "What answered",
        lambda line: line.model or None,
        nothing="",
        is_number=False,
        more=lambda line: line.spending.model_id,
    ),
    Column("Answers", "How many answers", lambda line: line.spending.answers, counted),
    Column(
        "Tokens in",
        "Questions with all that was sent along, as counted by the provider",
        lambda line: line.spending.input_tokens,
        counted,
        UNTOLD,
        more=_untold,
    ),
    Column(
        "Tokens out",
        "Answers with their thoughts, as counted by the provider",
        lambda line: line.spending.output_tokens,
        counted,
        UNTOLD,
        more=_untold,
    ),
    Column(
        "Searches",
        "Searches of the web",
        lambda line: line.spending.searches,
        counted,
        is_rare=True,
    ),
    Column(
        "Reported",
        "US dollars that came with the answer as its price",
        lambda line: line.spending.reported,
        _money,
        more=lambda line: _exact(line.spending.reported),
    ),
    Column(
        "Confirmed",
        "US dollars the provider told later, for answers that were stopped or cut off",
        lambda line: line.spending.confirmed,
        _money,
        more=lambda line: _exact(line.spending.confirmed),
        is_rare=True,
    ),
    Column(
        "Estimated",
        "US dollars worked out from prices and counts; the bill may differ",
        lambda line: line.spending.estimated,
        _about,
        more=lambda line: _exact(line.spending.estimated),
    ),
    Column(
        "Cost unknown",
        "Answers whose price nobody told",
        lambda line: line.spending.unknown or None,
        answers_text,
        is_rare=True,
    ),
)
"""The columns from left to right."""
