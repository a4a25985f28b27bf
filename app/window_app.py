"""Opens the window: its frame at once, everything behind it after the first paint."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.core.errors import StorageError
from app.crashes import guard
from app.logs import redact, report_of, set_up
from app.paths import Folders, folders
from app.settings.file import SettingsFile
from app.storage.database.instance_lock import InstanceLock, ask_to_raise
from app.ui.theme import Theme
from app.ui.window.garbage_collection import Garbage, forget_sources
from app.ui.window.main_window import MainWindow

log = logging.getLogger("facet.start")

APPLICATION_ID = "io.github.facet_chat.Facet"


def run_window(profile: Path | None) -> int:
    """Opens the window and runs until it is closed; the result is the exit status.

    A second start on the same folders brings the first window forward instead.
    """
    places = folders(profile)
    set_up(places)
    guard(places.logs)
    lock = InstanceLock(places.data)
    if not lock.acquire():
        ask_to_raise(places.data)
        return 0
    app = QApplication(["facet"])
    app.setApplicationName("facet")
    app.setApplicationDisplayName("Facet")
    app.setDesktopFileName(APPLICATION_ID)
    app.setQuitOnLastWindowClosed(False)
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            return runner.run(_run(app, places))
    finally:
        lock.release()


async def _run(app: QApplication, places: Folders) -> int:
    loop = asyncio.get_running_loop()
    painted: asyncio.Future[int] = loop.create_future()
    closed: asyncio.Future[int] = loop.create_future()
    settings = SettingsFile(places.settings)
    theme = Theme()
    theme.choose(str(settings.value("appearance.theme")))
    window = MainWindow(theme, settings.value, folders=places)
    window.painted.connect(lambda: _end(painted, 0))
    window.close_requested.connect(lambda: _end(closed, 0))
    _catch_crashes(app, theme, loop)
    window.show()
    forget_sources()
    await asyncio.wait({painted, closed}, return_when=asyncio.FIRST_COMPLETED)
    if closed.done():
        return closed.result()
    from app.window_session import opened_session

    forget_sources()
    garbage = Garbage(app)
    _dress(app, theme)
    async with AsyncExitStack() as opened:
        try:
            session = await opened.enter_async_context(opened_session(window, places, settings))
        except StorageError as error:
            from app.ui.window.crash_dialog import StartFailureDialog

            failure = StartFailureDialog(theme, error, window)
            failure.finished.connect(lambda: _end(closed, 1))
            failure.open()
            return await closed
        session.answered.connect(garbage.give_back_soon)
        forget_sources()
        garbage.settle()
        status = await closed
    window.close_now()
    return status


def _end(awaited: asyncio.Future[int], status: int) -> None:
    if not awaited.done():
        awaited.set_result(status)


def _dress(app: QApplication, theme: Theme) -> None:
    theme.apply(app)
    app.setWindowIcon(theme.emblem())


def _catch_crashes(app: QApplication, theme: Theme, loop: asyncio.AbstractEventLoop) -> None:
    """Every error nobody foresaw is logged and shown, wherever it comes from."""

    def show(text: str) -> None:
        from app.ui.window.crash_dialog import CrashDialog

        log.error("%s", text)
        CrashDialog(theme, text, app.activeWindow()).show()

    def on_raised(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        show(redact("".join(traceback.format_exception(kind, error, trace))))

    loop.set_exception_handler(lambda _, context: show(report_of(context)))
    sys.excepthook = on_raised
