"""The user's tools: what models may ask for, and which of them are on in a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.errors import SettingError
from app.core.models.parameter import ParameterValue
from app.core.models.tool import TOOLS, Tool, checked_name
from app.services.tasks import TaskScope
from app.storage.models.tools import ToolRepository


class ToolService(QObject):
    """Knows every tool; `listed` says that there are others than before.

    `removed` carries the name of a tool that `restore` can bring back.
    """

    listed = Signal()
    removed = Signal(str)

    def __init__(
        self, repository: ToolRepository, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._repository = repository
        self._scope = scope
        self._tools = repository.tools()
        self._removed: dict[str, tuple[int, Tool]] = {}

    def tools(self) -> list[Tool]:
        """Every tool in the order they were made."""
        return list(self._tools)

    def tool(self, name: str) -> Tool | None:
        """The tool with this name, or None when it is gone."""
        return next((tool for tool in self._tools if tool.name == name), None)

    def chosen(self, parameters: Mapping[str, ParameterValue]) -> list[Tool]:
        """The tools that are on among these parameters; removed ones are left out."""
        wanted = names_in(parameters)
        return [tool for tool in self._tools if tool.name in wanted]

    def save(
        self, name: str, description: str, schema: Mapping[str, Any], earlier_name: str = ""
    ) -> Tool:
        """Keeps a tool, new or in place of the one called `earlier_name`.

        Raises SettingError for a name that providers refuse or that another tool has.
        """
        name = checked_name(name)
        if name != earlier_name and self.tool(name) is not None:
            raise SettingError(f"There is a tool called {name} already.", "Choose another name.")
        tool = Tool(name, description.strip(), dict(schema))
        if earlier_name and self.tool(earlier_name) is not None:
            self._tools = [tool if t.name == earlier_name else t for t in self._tools]
        else:
            self._tools.append(tool)
        self._scope.watch(self._repository.save(tool, earlier_name))
        self.listed.emit()
        return tool

    def remove(self, name: str) -> None:
        """Forgets a tool; `restore` brings it back."""
        for place, tool in enumerate(self._tools):
            if tool.name == name:
                self._removed[name] = (place, tool)
                del self._tools[place]
                self._scope.watch(self._repository.remove(name))
                self.listed.emit()
                self.removed.emit(name)
                return

    def restore(self, name: str = "") -> None:
        """Brings a removed tool back, without a name the last one."""
        name = name or next(reversed(self._removed), "")
        if name not in self._removed or self.tool(name) is not None:
            return
        place, tool = self._removed.pop(name)
        self._tools.insert(place, tool)
        self._scope.watch(self._repository.save(tool))
        self.listed.emit()

    @property
    def can_restore(self) -> bool:
        """Whether there is a removed tool to bring back."""
        return bool(self._removed)


def names_in(parameters: Mapping[str, ParameterValue]) -> list[str]:
    """The names of the tools that are on among these parameters."""
    names = parameters.get(TOOLS)
    return [str(name) for name in names] if isinstance(names, list | tuple) else []
