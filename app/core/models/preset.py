"""A preset: parameters, and optionally a model and a system prompt, under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.models.parameter import ParameterValue


@dataclass(frozen=True, slots=True)
class Preset:
    """A named choice; an empty provider, model or system leaves the conversation's own alone."""

    id: str
    name: str
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    system: str = ""
    provider_id: str = ""
    model_id: str = ""
    is_bundled: bool = False


BUNDLED_PRESETS = (
    Preset("precise", "Precise", {"temperature": 0.2}, is_bundled=True),
    Preset("balanced", "Balanced", {"temperature": 0.7}, is_bundled=True),
    Preset("creative", "Creative", {"temperature": 1.2}, is_bundled=True),
)
"""The presets every Facet has; one dial each, because two that fight teach nothing."""
