"""Commands about tools: the functions a model may ask for."""

from __future__ import annotations

from app.commands.command import Command

PLACE = 4
SECTION = "Tools"

COMMANDS: tuple[Command, ...] = (
    Command(
        "tool.list",
        "Tools…",
        (),
        SECTION,
        "Opens the page where the functions are described that a model may ask for.",
        "wrench",
        "File",
        2,
        words="functions mcp calling",
    ),
    Command(
        "tool.answer",
        "Answer a call",
        (),
        SECTION,
        "Puts the cursor where the result of a call is typed.",
        "corner-down-left",
        "Message",
        1,
    ),
    Command(
        "tool.decline",
        "Answer without the tool",
        (),
        SECTION,
        "Tells the model that you declined its call, and lets it go on.",
        "x",
        "Message",
        1,
        words="refuse",
        is_risky=True,
    ),
    Command(
        "tool.restore",
        "Bring the removed tool back",
        (),
        SECTION,
        "Undoes the last removal of a tool.",
        "undo-2",
        does=lambda services: services.tools.restore(),
        can=lambda services: services.tools.can_restore,
    ),
)
