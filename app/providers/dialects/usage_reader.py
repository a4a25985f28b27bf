"""Token counts and the bill, read from wherever a reply carries them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core.costs.usage import Usage
from app.providers.catalogue.reply_place import Places
from app.providers.transport.json_text import count, table


class UsageTally:
    """The newest counts win and are never added up; zeros do not replace what was known.

    `cost_from` are the places that may tell the price, the most trusted first: the newest amount
    at the most trusted place counts.
    """

    def __init__(self, cost_from: Places = (), *, searches: int | None = None) -> None:
        self._cost_from = cost_from
        self._members = {"usage", *(place.path.partition(".")[0] for place in cost_from)}
        self._searches = searches
        self._counts = Usage()
        self._cost: Decimal | None = None
        self._reported = Usage()

    @property
    def reported(self) -> Usage:
        """The usage as last told."""
        return self._reported

    def is_told_in(self, piece: dict[str, Any]) -> bool:
        """Whether a piece of a reply has a member in which counts or a price may stand."""
        return any(piece.get(name) is not None for name in self._members)

    def feed(self, reply: dict[str, Any]) -> Usage | None:
        """The usage so far, when this piece of the reply changed it."""
        usage = table(reply.get("usage"))
        if usage:
            counts = _counts(usage)
            if not counts.is_empty or self._counts == Usage():
                self._counts = counts
        self._read_cost(reply, {})
        return self._changed()

    def feed_headers(self, headers: Mapping[str, str]) -> Usage | None:
        """The usage when a header of the reply names the price."""
        self._read_cost({}, headers)
        return self._changed()

    def finish(self) -> Usage | None:
        """The usage at the end, when a search was asked for that nothing was said of."""
        return self._changed(is_end=True)

    def _read_cost(self, reply: dict[str, Any], headers: Mapping[str, str]) -> None:
        for rank, place in enumerate(self._cost_from):
            found = place.amount_in(reply, headers)
            if found is not None:
                self._cost = found
                self._cost_from = self._cost_from[: rank + 1]
                return

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
        cached = count(known.get("cache_read_input_tokens"))
        asked = [
            count(known.get(name))
            for name in ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
        ]
        told = [tokens for tokens in asked if tokens is not None]
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
        count(usage.get("prompt_tokens"), usage.get("input_tokens")),
        count(usage.get("completion_tokens"), usage.get("output_tokens")),
        count(written.get("reasoning_tokens"), usage.get("reasoning_tokens")),
        count(asked.get("cached_tokens"), usage.get("cached_tokens")),
        count(tools.get("web_search_requests")),
    )
