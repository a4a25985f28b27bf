"""What an answer used and what it cost: counts, prices and money, never guessed into each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts as the provider reported them; None means it did not say.

    `reported_cost` is what the provider says it charged, in USD.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None
    searches: int | None = None
    reported_cost: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether only zeros and unknowns are known (some gateways send zeros on every event)."""
        return not any(
            (
                self.input_tokens,
                self.output_tokens,
                self.reasoning_tokens,
                self.cached_tokens,
                self.searches,
                self.reported_cost,
            )
        )


@dataclass(frozen=True, slots=True)
class Price:
    """What a route charges, USD; None is unknown and never shown as 0.

    `input_per_million` and `output_per_million` are per 1,000,000 tokens; `per_message` and
    `per_search` are flat.
    """

    input_per_million: Decimal | None = None
    output_per_million: Decimal | None = None
    per_message: Decimal | None = None
    per_search: Decimal | None = None

    @property
    def is_per_message(self) -> bool:
        """Whether a message is billed as such, so that tokens must not be multiplied."""
        return bool(self.per_message)

    @property
    def is_free(self) -> bool:
        """Whether every known price is 0 and the token prices are known."""
        flat = self.per_message or self.per_search
        return self.input_per_million == 0 and self.output_per_million == 0 and not flat


class CostSource(StrEnum):
    """Where a cost comes from; the four are never mixed."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount of money and how far to trust it; `amount` is None when the source is unknown."""

    amount: Decimal | None = None
    source: CostSource = CostSource.UNKNOWN
    currency: str = "USD"


UNKNOWN_COST = Cost()


def cost_of(usage: Usage, price: Price, *, searches: int = 0) -> Cost:
    """The cost of one answer: what was reported, else an estimate from the price, else unknown.

    `searches` is the number of web searches asked for, used where the usage names none.
    """
    if usage.reported_cost is not None:
        return Cost(usage.reported_cost, CostSource.REPORTED)
    count = usage.searches if usage.searches is not None else searches
    if count and price.per_search is None:
        return UNKNOWN_COST
    extra = (price.per_search or Decimal(0)) * count
    if price.is_per_message and price.per_message is not None:
        return Cost(price.per_message + extra, CostSource.ESTIMATED)
    if price.is_free:
        return Cost(Decimal(0), CostSource.ESTIMATED)
    if (
        price.input_per_million is None
        or price.output_per_million is None
        or usage.input_tokens is None
        or usage.output_tokens is None
    ):
        return UNKNOWN_COST
    amount = (
        price.input_per_million * usage.input_tokens
        + price.output_per_million * usage.output_tokens
    ) / MILLION
    return Cost(amount + extra, CostSource.ESTIMATED)


def money_text(cost: Cost) -> str:
    """A cost for people: `$0.00011 reported`, `about $0.0002`, `free`, or `cost unknown`."""
    if cost.amount is None:
        return "cost unknown"
    text = dollars(cost.amount)
    if cost.source is CostSource.ESTIMATED and not cost.amount:
        return "free"
    if cost.source is CostSource.ESTIMATED:
        return f"about {text}"
    return f"{text} {cost.source}"


def dollars(amount: Decimal) -> str:
    """An amount in dollars, two significant digits below a cent: `$1.84`, `$0.00011`."""
    if amount == 0:
        return "$0"
    if abs(amount) < Decimal("0.01"):
        return f"${amount:.{1 - amount.adjusted()}f}"
    exact = f"${amount:.3f}" if abs(amount) < Decimal("0.1") else f"${amount:.2f}"
    return exact.removesuffix("0") if len(exact.partition(".")[2]) == 3 else exact
