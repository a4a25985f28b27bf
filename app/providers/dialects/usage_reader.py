"""Token counts and the bill, read from wherever a reply carries them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.core.costs.usage import Usage
from app.providers.transport.json_text import amount, integer, table

_CREDITS_PER_DOLLAR = Decimal(2_000_000)


class UsageTally:
    """The newest counts win and are never added up; zeros do not replace what was known."""

    def __init__(self, cost_from: str, *, searches: int | None = None) -> None:
        self._cost_from = cost_from
        self._searches = searches
        self._counts = Usage()
        self._cost: Decimal | None = None
        self._is_final_cost = False
        self._reported = Usage()

    @property
    def reported(self) -> Usage:
        """The usage as last told."""
        return self._reported

    def feed(self, reply: dict[str, Any]) -> Usage | None:
        """The usage so far, when this piece of the reply changed it."""
        usage = table(reply.get("usage"))
        if usage:
            counts = _counts(usage)
            if not counts.is_empty or self._counts == Usage():
                self._counts = counts
            self._read_cost(usage)
        if self._cost_from == "meta.usage":
            self._read_meta(table(table(reply.get("meta")).get("usage")))
        return self._changed()

    def feed_header(self, value: str | None) -> Usage | None:
        """The bill a header names, in USD; it is trusted most."""
        found = amount(value) if self._cost_from == "meta.usage" else None
        if found is not None:
            self._cost, self._is_final_cost = found, True
        return self._changed()

    def finish(self) -> Usage | None:
        """The usage at the end, when a search was asked for that nothing was said of."""
        return self._changed(is_end=True)

    def _read_cost(self, usage: dict[str, Any]) -> None:
        found = amount(usage.get("cost"))
        # This may be what another gateway charged AI/ML API, often 0: then it says nothing.
        is_hint = self._cost_from == "meta.usage" and found and self._cost is None
        if is_hint or (self._cost_from == "usage.cost" and found is not None):
            self._cost = found

    def _read_meta(self, meta: dict[str, Any]) -> None:
        if self._is_final_cost or not meta:
            return
        spent, units = amount(meta.get("usd_spent")), amount(meta.get("credits_used"))
        if spent is not None:
            self._cost = spent
        elif units is not None:
            self._cost = units / _CREDITS_PER_DOLLAR

    def _changed(self, *, is_end: bool = False) -> Usage | None:
        counts = self._counts
        searches = counts.searches
        if searches is None and (is_end or counts != Usage()):
            searches = self._searches
        usage = Usage(
            counts.input_tokens,
            counts.output_tokens,
            counts.reasoning_tokens,
            counts.cached_tokens,
            searches,
            self._cost,
        )
        if usage == self._reported:
            return None
        self._reported = usage
        return usage


class GrowingUsage:
    """The usage of the Messages dialect, which is cumulative and comes in two halves.

    A later number replaces an earlier one, except that a zero never replaces a count.
    """

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def feed(self, usage: dict[str, Any]) -> dict[str, Any]:
        """Everything known so far, with the cached tokens counted among the input as elsewhere."""
        for name, value in usage.items():
            if value is not None and (value or not self._known.get(name)):
                self._known[name] = value
        known = self._known
        cached = _count(known.get("cache_read_input_tokens"))
        asked = [
            _count(known.get(name))
            for name in ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
        ]
        told = [count for count in asked if count is not None]
        return {
            **known,
            "input_tokens": sum(told) if told else None,
            "input_tokens_details": {"cached_tokens": cached},
        }


def _counts(usage: dict[str, Any]) -> Usage:
    asked = table(usage.get("prompt_tokens_details")) or table(usage.get("input_tokens_details"))
    written = table(usage.get("completion_tokens_details"))
    written = written or table(usage.get("output_tokens_details"))
    tools = table(usage.get("server_tool_use")) or table(usage.get("server_tool_use_details"))
    return Usage(
        _count(usage.get("prompt_tokens"), usage.get("input_tokens")),
        _count(usage.get("completion_tokens"), usage.get("output_tokens")),
        _count(written.get("reasoning_tokens"), usage.get("reasoning_tokens")),
        _count(asked.get("cached_tokens"), usage.get("cached_tokens")),
        _count(tools.get("web_search_requests")),
    )


def _count(*values: Any) -> int | None:
    for value in values:
        found = integer(value)
        if found is not None and found >= 0:
            return found
    return None
