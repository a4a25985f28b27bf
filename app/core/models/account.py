"""What a provider says about the account behind a key."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.core.costs.usage import dollars


@dataclass(frozen=True, slots=True)
class Account:
    """Money behind a key, USD; None is what the provider does not say, never 0.

    `left` may be spent still, of `limit`, which is renewed each `renewed` ("daily", "monthly", ""
    for never). `used` is all that was ever spent.
    """

    left: Decimal | None = None
    limit: Decimal | None = None
    renewed: str = ""
    used: Decimal | None = None
    used_today: Decimal | None = None
    used_this_month: Decimal | None = None
    is_free_tier: bool = False

    @property
    def text(self) -> str:
        """What is known as one line: `$8.50 of $10.00 left · $0.10 used today`."""
        parts = []
        if self.left is not None:
            of = f" of {money(self.limit)}" if self.limit is not None else ""
            each = f", renewed {self.renewed}" if self.renewed else ""
            parts.append(f"{money(self.left)}{of} left{each}")
        elif self.used is not None:
            parts.append(f"no limit set for this key · {money(self.used)} used in all")
        if self.used_today is not None:
            parts.append(f"{money(self.used_today)} used today")
        if self.used_this_month is not None:
            parts.append(f"{money(self.used_this_month)} this month")
        if self.is_free_tier:
            parts.append("free tier")
        return " · ".join(parts)


def money(amount: Decimal) -> str:
    """An amount with two digits after the point; smaller ones as exactly as costs are shown."""
    if amount == 0 or abs(amount) >= Decimal("0.1"):
        return f"${amount:.2f}"
    return dollars(amount)
