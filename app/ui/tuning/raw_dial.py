"""The dial for everything Facet has no dial for: JSON that is merged into the request last."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.core.errors import SettingError
from app.core.models.parameter import Kind, ParameterValue, Support
from app.providers.parameters.declarations import PARAMETERS, Parameter
from app.ui.tuning.text_dials import JsonDial

_OURS = ("model", "messages", "input", "stream")
"""What Facet must write itself: an answer could not be read, or would go elsewhere, without."""


def _verified(value: Any) -> ParameterValue:
    if not isinstance(value, Mapping) or not value:
        raise SettingError('Raw JSON takes names and values in braces, like {"n": 1}.')
    taken = [name for name in _OURS if name in value]
    if taken:
        raise SettingError(f"“{taken[0]}” is written by Facet and cannot be set here.")
    return dict(value)


def _sentence(value: Any) -> str:
    names = ", ".join(str(name) for name in value)
    return f"Sent as it stands, over the dials: {names}."


RAW = Parameter(
    "raw",
    Kind.JSON,
    "Raw JSON",
    "Anything else the provider takes; it goes into the request last, over the dials.",
    group="more",
    describe=_sentence,
    verify=_verified,
)

DIALS: Mapping[str, Parameter] = MappingProxyType({**PARAMETERS, RAW.name: RAW})
"""Every dial of the panel by its parameter's name, in order."""


class RawDial(JsonDial):
    """No route lists it, and none can be said to ignore it."""

    def support(self) -> Support:
        return Support.UNKNOWN
