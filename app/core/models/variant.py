"""A variant: one way to ask a question, all of it named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.models.parameter import ParameterValue


@dataclass(frozen=True, slots=True)
class Variant:
    """(provider, model, system text, parameters); `parameters` holds only what is set."""

    provider_id: str
    model_id: str
    system: str = ""
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
