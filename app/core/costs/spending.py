"""What several answers cost together: reported, confirmed, estimated and unknown kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Spending:
    """Answers of one route, or of all where the ids are empty; money in USD.

    An amount is None when no answer has a cost of that kind; `unknown` counts answers without an
    amount. Tokens and `searches` are sums of what was reported, None when nothing was, and
    `uncounted` is the number of answers that told no tokens.
    """

    provider_id: str = ""
    model_id: str = ""
    answers: int = 0
    reported: Decimal | None = None
    confirmed: Decimal | None = None
    estimated: Decimal | None = None
    unknown: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    uncounted: int = 0
    searches: int | None = None

    @property
    def billed(self) -> Decimal:
        """What providers say they charged, at once or later."""
        return (self.reported or Decimal(0)) + (self.confirmed or Decimal(0))

    @property
    def known(self) -> Decimal:
        """Bills and estimates together: only for putting dear before cheap, and as `about`."""
        return self.billed + (self.estimated or Decimal(0))

    def plus(self, other: Spending) -> Spending:
        """Both together, under the ids of this one."""
        return Spending(
            self.provider_id,
            self.model_id,
            self.answers + other.answers,
            _sum(self.reported, other.reported),
            _sum(self.confirmed, other.confirmed),
            _sum(self.estimated, other.estimated),
            self.unknown + other.unknown,
            _count(self.input_tokens, other.input_tokens),
            _count(self.output_tokens, other.output_tokens),
            self.uncounted + other.uncounted,
            _count(self.searches, other.searches),
        )


def total(spendings: Iterable[Spending]) -> Spending:
    """All of them together."""
    found = Spending()
    for spending in spendings:
        found = found.plus(spending)
    return found


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _count(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other
