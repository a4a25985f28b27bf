"""Token counts and the bill, read from wherever a reply carries them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.core.conversations.events import Noticed
from app.core.costs.usage import Usage, dollars
from app.providers.catalogue.reply_place import Places, is_upstream_bill, upstream_amount
from app.providers.transport.json_text import amount, count, table

_DEEPEST = 3
"""How far below a piece of a reply counts may stand: `choices[0].delta.usage` is the deepest."""
_LONGEST_LIST = 8
"""Entries of a list that are looked through for counts."""
_SAID = ("arguments", "content", "function", "function_call", "tool_calls", "input", "output")
"""Members that are the model's own words: counts in them are not the reply's."""


class UsageTally:
    """The newest counts win and are never added up; zeros do not replace what was known.

    `cost_from` are the places that may tell the price, the most trusted first: the newest amount
    at the most trusted place counts.
    """

    def __init__(self, cost_from: Places = (), *, searches: int | None = None) -> None:
        self._cost_from = cost_from
        self._members = {place.path.partition(".")[0] for place in cost_from} - {"usage", ""}
        self._searches = searches
        self._counts = Usage()
        self._cost: Decimal | None = None
        self._reported = Usage()
        self._upstream_bill: dict[str, Any] = {}

    @property
    def reported(self) -> Usage:
        """The usage as last told."""
        return self._reported

    def is_told_in(self, piece: dict[str, Any]) -> bool:
        """Whether a piece of a reply has a member in which counts or a price may stand."""
        if any(piece.get(name) is not None for name in self._members):
            return True
        return next(_usages_in(piece, _DEEPEST), None) is not None

    def feed(self, reply: dict[str, Any]) -> Usage | None:
        """The usage so far, when this piece of the reply changed it."""
        for usage in _usages_in(reply, _DEEPEST):
            counts = _counts(usage)
            if not counts.is_empty or self._counts == Usage():
                self._counts = counts
            if is_upstream_bill(usage):
                self._upstream_bill = usage
            self._read_cost({**reply, "usage": usage}, {})
        self._read_cost(reply, {})
        return self._changed()

    def feed_headers(self, headers: Mapping[str, str]) -> Usage | None:
        """The usage when a header of the reply names the price."""
        self._read_cost({}, headers)
        return self._changed()

    def finish(self, *, has_answer: bool = False) -> Usage | None:
        """The usage at the end, when a search was asked for that nothing was said of.

        An answer that came took tokens: a zero that was never corrected is unknown.
        """
        if has_answer and self._counts.output_tokens == 0 and self._counts.is_empty:
            self._counts = replace(self._counts, output_tokens=None)
        return self._changed(is_end=True)

    def notices(self) -> Iterator[Noticed]:
        """Who billed the answer, where that was not the provider itself; told once."""
        bill, self._upstream_bill = self._upstream_bill, {}
        if not bill:
            return
        charged, fee = upstream_amount(bill), amount(bill.get("cost"))
        what = "The host behind it billed your own key there"
        said = f"{what}: {dollars(charged)}." if charged else f"{what}; how much was not said."
        extra = f" The gateway's own fee of {dollars(fee)} comes on top." if fee else ""
        yield Noticed("billed_upstream", said + extra)

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


def _usages_in(piece: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every `usage` of a piece of a reply, wherever it stands around the model's words."""
    if type(piece) is list:
        for entry in piece[:_LONGEST_LIST]:
            yield from _usages_in(entry, depth)
    elif type(piece) is dict:
        for name, value in piece.items():
            if type(value) not in (dict, list) or not value or name in _SAID:
                continue
            if name == "usage":
                yield from [value] if type(value) is dict else []
            elif depth:
                yield from _usages_in(value, depth - 1)


def _counts(usage: dict[str, Any]) -> Usage:
    asked = table(usage.get("prompt_tokens_details")) or table(usage.get("input_tokens_details"))
    written = table(usage.get("completion_tokens_details"))
    written = written or table(usage.get("output_tokens_details"))
    tools = table(usage.get("server_tool_use")) or table(usage.get("server_tool_use_details"))
    given = Usage(
        count(usage.get("prompt_tokens"), usage.get("input_tokens")),
        count(usage.get("completion_tokens"), usage.get("output_tokens")),
        count(written.get("reasoning_tokens"), usage.get("reasoning_tokens")),
        count(asked.get("cached_tokens"), usage.get("cached_tokens")),
        count(tools.get("web_search_requests")),
    )
    return _added_up(given, count(usage.get("total_tokens")))


def _added_up(counts: Usage, total: int | None) -> Usage:
    """Counts that add up to the total: what was counted apart belongs to input or output.

    No question has 0 tokens, so an input of 0 is one that is not known.
    """
    asked, written = counts.input_tokens or None, counts.output_tokens
    thought, cached = counts.reasoning_tokens or 0, counts.cached_tokens or 0
    if asked is None and total and written is not None:
        asked = total - written if total > written else None
    elif written is None and total and asked is not None:
        written = total - asked if total >= asked else None
    elif total and asked is not None and written is not None:
        if thought and asked + written + thought == total:
            written += thought
        elif cached and asked + written + cached == total:
            asked += cached
        elif thought and cached and asked + written + thought + cached == total:
            asked, written = asked + cached, written + thought
        elif total > asked + written:
            # Thoughts that are in no other count: what a model writes is the dearer side.
            written = total - asked
    if not total and written is not None and thought > written:
        written += thought
    return replace(counts, input_tokens=asked, output_tokens=written)
