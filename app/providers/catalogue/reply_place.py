"""Where in a reply something stands, as a provider file declares it: by a path or in a header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.providers.transport.json_text import amount, table


@dataclass(frozen=True, slots=True)
class ReplyPlace:
    """A member of a reply by its dotted `path`, or one of its headers.

    For amounts of money: `per_dollar` of the provider's units make a US dollar, and
    `zero_is_unknown` says that a zero there says nothing. Where the user's own key at the upstream
    host paid (`is_byok` beside the amount), the amount is only the gateway's fee, and what the
    upstream charged counts instead.
    """

    path: str = ""
    header: str = ""
    per_dollar: int = 1
    zero_is_unknown: bool = False

    def value_in(self, reply: Any, headers: Mapping[str, str] | None = None) -> Any:
        """What stands there; None where there is nothing."""
        if self.header:
            return (headers or {}).get(self.header)
        for name in self.path.split("."):
            reply = table(reply).get(name)
        return reply

    def amount_in(self, reply: Any, headers: Mapping[str, str] | None = None) -> Decimal | None:
        """The amount there in US dollars; None where there is none."""
        holder = self._holder_in(reply)
        if is_upstream_bill(holder):
            return upstream_amount(holder)
        found = amount(self.value_in(reply, headers))
        if found is None or (self.zero_is_unknown and not found):
            return None
        return found if self.per_dollar == 1 else found / self.per_dollar

    def _holder_in(self, reply: Any) -> dict[str, Any]:
        if self.header:
            return {}
        for name in self.path.split(".")[:-1]:
            reply = table(reply).get(name)
        return table(reply)


def is_upstream_bill(holder: dict[str, Any]) -> bool:
    """Whether the upstream host bills the user's own key there, as `is_byok` says."""
    return holder.get("is_byok") in (True, "true", 1)


def upstream_amount(holder: dict[str, Any]) -> Decimal | None:
    """What the upstream host charged, told beside the gateway's own fee; None when it is not."""
    details = table(holder.get("cost_details"))
    found = (amount(place.get("upstream_inference_cost")) for place in (details, holder))
    return next((money for money in found if money), None)


Places = tuple[ReplyPlace, ...]
"""Places to look at one after the other, the most trusted first."""
