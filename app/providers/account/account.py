"""Reads what a provider says about the account behind a key, where its file says that it stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core.models.account import Account
from app.providers.catalogue.reply_place import Places
from app.providers.transport.json_text import text

ACCOUNT_FIELDS = (
    "left",
    "limit",
    "renewed",
    "used",
    "used_today",
    "used_this_month",
    "is_free_tier",
)
"""What a provider file may name a place for."""


def account_of(body: Any, places: Mapping[str, Places]) -> Account | None:
    """The account, or None when nothing in the reply says anything about money.

    What is left of a limit is not told where there is no limit.
    """

    def amount(name: str) -> Decimal | None:
        found = (place.amount_in(body) for place in places.get(name, ()))
        return next((value for value in found if value is not None), None)

    def value(name: str) -> Any:
        found = (place.value_in(body) for place in places.get(name, ()))
        return next((value for value in found if value is not None), None)

    limit = amount("limit")
    account = Account(
        left=amount("left") if limit is not None or "limit" not in places else None,
        limit=limit,
        renewed=text(value("renewed"))[:20],
        used=amount("used"),
        used_today=amount("used_today"),
        used_this_month=amount("used_this_month"),
        is_free_tier=value("is_free_tier") is True,
    )
    return account if account.left is not None or account.used is not None else None
