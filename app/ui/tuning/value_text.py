"""How values are written in the boxes of dials."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.core.models.parameter import ParameterValue
from app.providers.parameters.parameter import figure


def value_text(value: ParameterValue, decimals: int = 2) -> str:
    """A value for a number box: `0.90`, `2 048`, `medium`, `on`, compact JSON."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return figure(value)
    if isinstance(value, float):
        if value.is_integer() and not decimals:
            return figure(value)
        shortest = len(repr(value).partition(".")[2]) if "e" not in repr(value) else decimals
        return f"{value:.{max(decimals, min(shortest, 4))}f}"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        for key in ("effort", "max_tokens", "type"):
            if key in value:
                return value_text(value[key])
        if value.get("enabled") is False:
            return "off"
        return json.dumps(dict(value), ensure_ascii=False)
    return ", ".join(value)
