"""A model at a provider: what it is called, takes, costs and accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.costs.usage import Price
from app.core.models.parameter import ParameterRange, Support

LIVE = "the provider's live list"
"""The source of a fact that the provider's list of models told."""

PRACTICE = "practice"
"""The id of the provider on this computer that every Facet has."""


@dataclass(frozen=True, slots=True)
class Model:
    """One provider's offer of a model (a route); None is "not known".

    `group` is the same for the same model at several providers. `context` and `max_output` are
    tokens, `video_seconds` how much of a film it looks at. `parameters` holds what the route lists;
    `unlisted` says what it does with any other. `abilities` are words a list uses for what is no
    parameter: tools, schema. `expires` is the day (YYYY-MM-DD) on which the provider takes it away;
    `is_removed` says that its list no longer has it. `sources` says of each fact where it comes
    from. `refused` are parameters that its own answers showed it to refuse.
    """

    provider_id: str
    id: str
    name: str
    group: str = ""
    context: int | None = None
    max_output: int | None = None
    inputs: tuple[str, ...] = ("text",)
    outputs: tuple[str, ...] = ("text",)
    price: Price = field(default_factory=Price)
    parameters: Mapping[str, ParameterRange] = field(default_factory=dict)
    unlisted: Support = Support.UNKNOWN
    roles: tuple[str, ...] = ("system", "user", "assistant")
    dialects: tuple[str, ...] = ("chat",)
    notes: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    released: str = ""
    expires: str = ""
    is_removed: bool = False
    video_seconds: int | None = None
    source: str = "bundled"
    sources: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The route as one text, `provider/model`: what pins, recents and presets store."""
        return f"{self.provider_id}/{self.id}"

    def support(self, parameter: str) -> Support:
        """What this route does with a parameter, known before sending."""
        if parameter in self.refused:
            return Support.REFUSED
        return Support.LISTED if parameter in self.parameters else self.unlisted

    def is_able(self, ability: str) -> bool:
        """Whether the route is known to do something, named as a parameter or an ability."""
        return ability in self.abilities or ability in self.parameters

    def range_of(self, parameter: str) -> ParameterRange:
        """The parameter's range on this route; an empty range when the route says nothing."""
        return self.parameters.get(parameter, ParameterRange())


def context_text(tokens: int | None) -> str:
    """A context length for people: `8K`, `128K`, `256K`, `1M`, or `context unknown`."""
    if tokens is None:
        return "context unknown"
    if tokens < 1000:
        return str(tokens)
    step = 1000 if tokens % 1000 == 0 or tokens % 1024 else 1024
    thousands = tokens / step
    if thousands >= 999.5:
        return f"{thousands / step:.3g}M"
    return f"{thousands:.3g}K"
