"""A generation parameter as a value: its kind, its range on a route, and whether a value fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

ParameterValue = bool | int | float | str | Sequence[str] | Mapping[str, Any]
"""What a set parameter holds. An unset one is absent from the mapping: it is never sent."""

Parameters = Mapping[str, ParameterValue]


class Kind(StrEnum):
    """The shape of a parameter's value."""

    NUMBER = "number"
    INTEGER = "integer"
    FLAG = "flag"
    CHOICE = "choice"
    TEXTS = "texts"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ParameterRange:
    """What one route says of one parameter; None is "not said".

    `default` is what the provider uses when the parameter is not sent: shown as a tick, never sent.
    `source` names where the fact comes from (the provider's page, an inference, the live list).
    """

    minimum: float | None = None
    maximum: float | None = None
    default: ParameterValue | None = None
    choices: tuple[str, ...] = ()
    max_items: int | None = None
    note: str = ""
    source: str = ""


class Support(StrEnum):
    """What a route does with a parameter, as far as is known before sending."""

    LISTED = "listed"
    IGNORED = "ignored"
    REFUSED = "refused"
    UNKNOWN = "unknown"
