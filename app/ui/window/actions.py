"""The Qt face of the commands: actions, menus, buttons and tooltips, all from the registry."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.commands.command import Command
from app.commands.declared import MENUS
from app.commands.registry import Registry
from app.ui.theme import Theme


def key_text(command: Command) -> str:
    """The first key of a command as this system writes it, or nothing."""
    if not command.keys:
        return ""
    return QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def tooltip(command: Command) -> str:
    """What a control for this command says on hover: its title and key."""
    title = command.title.removesuffix("…")
    key = key_text(command)
    return f"{title} ({key})" if key else title


class CommandAction(QAction):
    """One command as a Qt action; triggering it runs the command."""

    def __init__(self, registry: Registry, command: Command, parent: QObject) -> None:
        super().__init__(command.title, parent)
        self._registry = registry
        self.command = command
        self.setObjectName(command.id)
        self.setShortcuts([QKeySequence(key) for key in command.keys])
        self.setToolTip(tooltip(command))
        self.setStatusTip(command.help)
        self.setCheckable(command.is_checkable)
        self.triggered.connect(self._on_triggered)

    def refresh(self) -> None:
        """Takes over whether the command can be done now, and whether it is on."""
        self.setEnabled(self._registry.is_enabled(self.command.id))
        if self.isCheckable():
            self.setChecked(self._registry.is_checked(self.command.id))

    def _on_triggered(self) -> None:
        self._registry.run(self.command.id)
        self.refresh()


class Actions(QObject):
    """Every action of one window, its menus, and the guard that keeps its keys from text fields."""

    def __init__(self, registry: Registry, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._actions = {
            command.id: CommandAction(registry, command, self) for command in registry.commands()
        }
        self._keys = {
            QKeySequence(key)[0]  # type: ignore[index]
            for command in registry.commands()
            for key in command.keys
            if "+" in key
        }
        self.refresh()
        window.addActions(list(self._actions.values()))
        self._menus: list[QMenu] = []
        theme.changed.connect(self._on_theme_changed)

    def action(self, command_id: str) -> CommandAction:
        """The action of a command; KeyError when there is none."""
        return self._actions[command_id]

    def refresh(self) -> None:
        """Brings every action up to date; an action that is off also lets its key go."""
        for action in self._actions.values():
            action.refresh()

    def menus(self, parent: QWidget) -> list[QMenu]:
        """The menus in their order, made anew for `parent`; icons come when one is first opened."""
        made = []
        for name in MENUS:
            menu = QMenu(f"&{name}", parent)  # Alt and its first letter open it
            group = None
            for action in self._actions.values():
                if action.command.menu != name:
                    continue
                if group is not None and action.command.group != group:
                    menu.addSeparator()
                group = action.command.group
                menu.addAction(action)
            menu.aboutToShow.connect(self._on_menu_opening)
            made.append(menu)
        self._menus.extend(made)
        return made

    def guard(self, *fields: QWidget) -> None:
        """Makes the window's keys win over a text field's own use of them (Ctrl+K cuts a line on
        X11)."""
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return event.keyCombination() in self._keys
        return super().eventFilter(watched, event)

    def _on_menu_opening(self) -> None:
        self.refresh()
        for action in self._actions.values():
            if action.command.icon and action.icon().isNull():
                action.setIcon(self._theme.icon(action.command.icon, "muted", self._theme.px(16)))

    def _on_theme_changed(self) -> None:
        for action in self._actions.values():
            if not action.icon().isNull():
                action.setIcon(self._theme.icon(action.command.icon, "muted", self._theme.px(16)))


class CommandButton(QToolButton):
    """A bare icon that runs a command and says which on hover and to a screen reader."""

    def __init__(
        self, theme: Theme, action: CommandAction, parent: QWidget | None = None, size: int = 18
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._action = action
        self._size = size
        self.setAccessibleName(action.command.title.removesuffix("…"))
        self.setAccessibleDescription(action.command.help)
        self.setToolTip(action.toolTip())
        self.clicked.connect(action.trigger)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        size = self._theme.px(self._size)
        self.setIcon(self._theme.icon(self._action.command.icon, "muted", size))
        self.setIconSize(QSize(size, size))
        self.setFixedSize(self._theme.px(30), self._theme.px(30))
