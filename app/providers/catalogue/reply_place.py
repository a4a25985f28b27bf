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
    `zero_is_unknown` says that a zero there says nothing.
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
        found = amount(self.value_in(reply, headers))
        if found is None or (self.zero_is_unknown and not found):
            return None
        return found if self.per_dollar == 1 else found / self.per_dollar


Places = tuple[ReplyPlace, ...]
"""Places to look at one after the other, the most trusted first."""
