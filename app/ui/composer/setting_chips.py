"""The chips under the text box: the preset, and each dial that differs from it."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.conversations.conversation import Conversation
from app.core.models.parameter import ParameterValue
from app.core.models.preset import Preset
from app.core.models.tool import TOOLS
from app.providers.parameters.declarations import DIALS
from app.providers.parameters.routing import ROUTING

LIMIT = 4
"""How many chips there is room for; the rest are counted."""
_TITLES = {ROUTING: "Hosts", TOOLS: "Tools"}


def chips(conversation: Conversation, presets: Sequence[Preset]) -> list[tuple[str, str]]:
    """(text, command id) of each chip: what differs from the provider's own behaviour."""
    preset = next((p for p in presets if p.id == conversation.preset_id), None)
    made = [] if preset is None else [preset.name]
    known = preset.parameters if preset is not None else {}
    for name, value in conversation.parameters.items():
        if known.get(name) != value:
            title = DIALS[name].title if name in DIALS else _TITLES.get(name, name)
            made.append(f"{title} {value_text(value)}".strip())
    if conversation.system:
        made.append("Instructions")
    if len(made) > LIMIT:
        made = [*made[: LIMIT - 1], f"{len(made) - LIMIT + 1} more"]
    return [(text, "view.tuning") for text in made]


def value_text(value: ParameterValue) -> str:
    """A dial's value in as few letters as it takes; nothing where it would not fit a chip."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u202f")
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, str) and len(value) < 12 else ""
