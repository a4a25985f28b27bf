"""Every declared command and what it is bound to: what menus, palette and keys ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.commands.command import Command

if TYPE_CHECKING:  # the frame of the window is painted before the services are imported
    from app.services.services import Services

Test = Callable[[], bool]


class Registry:
    """Commands in the order of their declaration, with what the window bound to them."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands: dict[str, Command] = {}
        self._calls: dict[str, Callable[..., Any]] = {}
        self._enabled: dict[str, Test] = {}
        self._checked: dict[str, Test] = {}
        keys: dict[str, str] = {}
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"command {command.id} is declared twice")
            for key in command.keys:
                if key in keys:
                    raise ValueError(f"{key} is claimed by {keys[key]} and {command.id}")
                keys[key] = command.id
            self._commands[command.id] = command

    def commands(self) -> list[Command]:
        """Every command, in the order of declaration."""
        return list(self._commands.values())

    def command(self, command_id: str) -> Command:
        """The command with this id; KeyError when there is none."""
        return self._commands[command_id]

    def __contains__(self, command_id: object) -> bool:
        return command_id in self._commands

    def bind(
        self,
        command_id: str,
        call: Callable[..., Any],
        is_enabled: Test | None = None,
        is_checked: Test | None = None,
    ) -> None:
        """Says what a command does, when it can be done, and whether it is on; a second call
        replaces the first."""
        self._commands[command_id]
        self._calls[command_id] = call
        self._enabled.pop(command_id, None)
        self._checked.pop(command_id, None)
        if is_enabled is not None:
            self._enabled[command_id] = is_enabled
        if is_checked is not None:
            self._checked[command_id] = is_checked

    def serve(self, services: Services) -> None:
        """Binds the commands that say themselves what they do."""
        for command in self._commands.values():
            if command.does is not None:
                self.bind(
                    command.id,
                    partial(command.does, services),
                    partial(command.can, services) if command.can else None,
                    partial(command.is_on, services) if command.is_on else None,
                )

    def run(self, command_id: str, *arguments: Any) -> bool:
        """Does it; False when it cannot be done now. KeyError for a command nobody declared."""
        self._commands[command_id]
        if not self.is_enabled(command_id):
            return False
        self._calls[command_id](*arguments)
        return True

    def is_enabled(self, command_id: str) -> bool:
        """Whether it is bound and can be done now."""
        if command_id not in self._calls:
            return False
        test = self._enabled.get(command_id)
        return test is None or test()

    def is_checked(self, command_id: str) -> bool:
        """Whether a checkable command is on."""
        test = self._checked.get(command_id)
        return test is not None and test()

    def unbound(self) -> list[str]:
        """The ids that nothing is bound to: empty in a window that is ready."""
        return [command_id for command_id in self._commands if command_id not in self._calls]
