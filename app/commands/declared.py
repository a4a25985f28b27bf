"""Every command of the program, by topic."""

from __future__ import annotations

from app.commands import application, composer, conversation, find, message, tool, view
from app.commands.command import Command
from app.commands.registry import Registry

MENUS = ("File", "Edit", "View", "Conversation", "Message", "Help")
"""The menus in their order."""

COMMANDS: tuple[Command, ...] = (
    *conversation.COMMANDS,
    *message.COMMANDS,
    *composer.COMMANDS,
    *tool.COMMANDS,
    *find.COMMANDS,
    *view.COMMANDS,
    *application.COMMANDS,
)


def registry() -> Registry:
    """A registry of all of them, with nothing bound yet."""
    return Registry(COMMANDS)
