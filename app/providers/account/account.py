"""Reads what providers say about the account behind a key, in each of their shapes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.core.models.account import Account
from app.providers.transport.json_text import amount, table, text

CREDITS_PER_DOLLAR = Decimal(2_000_000)
"""AI/ML API counts in credits (WIRE §2.5)."""


def account_of(body: Any) -> Account | None:
    """The account, or None when nothing in the reply says anything about money.

    OpenRouter `GET /key` (`data.limit_remaining`, WIRE §1.9); AI/ML API `GET /v2/billing`
    (`current_balance`) and the older `GET /v1/billing/balance` (`balance`, in credits; §2.5).
    """
    fields = table(body)
    if "data" in fields:
        return _key(table(fields["data"]))
    balance = amount(fields.get("current_balance"))
    if balance is None:
        credit = amount(fields.get("balance"))
        balance = None if credit is None else credit / CREDITS_PER_DOLLAR
    return None if balance is None else Account(left=balance)


def _key(data: dict[str, Any]) -> Account | None:
    limit = amount(data.get("limit"))
    found = Account(
        left=amount(data.get("limit_remaining")) if limit is not None else None,
        limit=limit,
        renewed=text(data.get("limit_reset"))[:20],
        used=amount(data.get("usage")),
        used_today=amount(data.get("usage_daily")),
        used_this_month=amount(data.get("usage_monthly")),
        is_free_tier=data.get("is_free_tier") is True,
    )
    return found if found.left is not None or found.used is not None else None
