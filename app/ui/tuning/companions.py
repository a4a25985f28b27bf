"""Dials that are set together: recording rivals needs confidence recorded."""

from __future__ import annotations

from app.core.models.parameter import ParameterValue


def companion(name: str, parameters: dict[str, ParameterValue]) -> bool:
    """Sets or unsets what goes with a dial just turned; whether anything changed."""
    if name == "top_logprobs" and parameters.get(name) and parameters.get("logprobs") is not True:
        parameters["logprobs"] = True
        return True
    if name == "logprobs" and parameters.get(name) is not True and "top_logprobs" in parameters:
        del parameters["top_logprobs"]
        return True
    return False
