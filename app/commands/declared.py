"""Every command of the program, by topic."""

from __future__ import annotations

from types import ModuleType

from app.commands import rooms
from app.commands.command import Command
from app.commands.registry import Registry
from app.core.folder import modules_in

MENUS = ("File", "Edit", "View", "Conversation", "Message", "Help")
"""The menus in their order."""


def declared() -> tuple[Command, ...]:
    """The commands of every file in `rooms`, in the order of their places."""
    found = sorted(modules_in(rooms), key=_place)
    return tuple(command for room in found for command in room.COMMANDS)


def registry() -> Registry:
    """A registry of all of them, with nothing bound yet."""
    return Registry(COMMANDS)


def _place(room: ModuleType) -> int:
    place: int = room.PLACE
    return place


COMMANDS: tuple[Command, ...] = declared()
