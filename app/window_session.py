"""What stands in and behind the open window: services, dialogs and the handlers of its commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import SignalInstance

from app.bootstrap import opened_core
from app.commands.declared import registry
from app.paths import Folders
from app.services.instance import InstanceService
from app.services.services import Services
from app.settings.file import SettingsFile
from app.ui.window.command_handlers import CommandHandlers
from app.ui.window.dialogs import Dialogs
from app.ui.window.focus_areas import FocusAreas, focus_areas_of
from app.ui.window.main_window import MainWindow


class WindowSession:
    """Furnishes a window and joins it to its dialogs, its focus areas and its command handlers."""

    def __init__(self, window: MainWindow, services: Services) -> None:
        self._services = services
        commands = registry()
        commands.serve(services)
        window.furnish(services, commands)
        self.dialogs = Dialogs(window)
        self.handlers = CommandHandlers(
            window, self.dialogs, FocusAreas(window, focus_areas_of(window))
        )
        window.view.picker_asked.connect(self.dialogs.open_picker)
        window.sidebar.export_asked.connect(self.handlers.export)
        window.begin()

    @property
    def answered(self) -> SignalInstance:
        """Tells the id of each answer that has ended."""
        return self._services.generation.ended


@asynccontextmanager
async def opened_session(
    window: MainWindow, places: Folders, settings: SettingsFile
) -> AsyncIterator[WindowSession]:
    """The window with its history; in the end answers are stopped and stored and all is closed.

    Raises StorageError when the history cannot be used; nothing is left open then.
    """
    async with opened_core(places, recover=True, settings_file=settings) as core:
        instance = InstanceService(places.data)
        instance.requested.connect(window.come_forward)
        session = WindowSession(window, core.services)
        core.services.conversations.offer_recovered(core.recovered)
        maintenance = core.services.maintenance
        window.view.composer.field.textChanged.connect(maintenance.note_use)
        window.view.composer.draft_changed.connect(maintenance.note_use)
        maintenance.begin()
        yield session
