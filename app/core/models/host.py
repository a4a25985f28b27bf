"""A company whose machines answer for a model of a gateway, and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.costs.usage import Price


@dataclass(frozen=True, slots=True)
class Host:
    """One host behind a route; None is "not published", never 0.

    `tag` is what a request names it by. `context` and `max_output` are tokens, `uptime` is percent
    of the last day or less, `latency` seconds to the first token and `throughput` tokens a second,
    both as half of all requests see them. A host that `is_troubled` is reported as not well.
    """

    name: str
    tag: str = ""
    price: Price = field(default_factory=Price)
    context: int | None = None
    max_output: int | None = None
    quantization: str = ""
    uptime: float | None = None
    latency: float | None = None
    throughput: float | None = None
    is_troubled: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What the user's own answers of a route showed: medians, None where nothing was measured.

    `first_text` is seconds, `speed` tokens a second, `answers` how many were looked at.
    """

    answers: int = 0
    first_text: float | None = None
    speed: float | None = None
