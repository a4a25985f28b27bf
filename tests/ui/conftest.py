"""What tests of the interface share: a theme, and the real window on real services."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import Core, make_core
from app.paths import folders
from app.services.services import Services
from app.storage.database.database import Database
from app.ui.theme import Theme
from app.ui.window.command_handlers import CommandHandlers
from app.ui.window.dialogs import Dialogs
from app.ui.window.main_window import MainWindow
from app.window_session import WindowSession


@pytest.fixture
def theme(qapp):
    made = Theme()
    made.choose("light")
    return made


@pytest.fixture(scope="session", autouse=True)
def _application_first(qapp):
    """Loops below need the application."""


@pytest.fixture(autouse=True)
def _look_of_the_application(qapp):
    """A theme that a test gives to the application ends with it: others measure widgets."""
    font, palette = qapp.font(), qapp.palette()
    yield
    if qapp.styleSheet():
        qapp.setStyleSheet("")
        qapp.setFont(font)
        qapp.setPalette(palette)


def pytest_asyncio_loop_factories(config, item):
    """Asynchronous tests of the interface run on Qt's own loop, as the program does."""
    return {"qt": _qt_loop}


def _qt_loop():
    return qasync.QEventLoop(QApplication.instance())


@dataclass
class Desk:
    """The window with what is behind it. Practice answers, as fast as it can."""

    window: MainWindow
    core: Core
    theme: Theme
    session: WindowSession

    @property
    def services(self) -> Services:
        return self.core.services

    @property
    def dialogs(self) -> Dialogs:
        return self.session.dialogs

    @property
    def handlers(self) -> CommandHandlers:
        return self.session.handlers

    async def until(self, signal: SignalInstance, act=None, *arguments) -> tuple:
        """Does something and waits for a signal; its arguments. Fails after ten seconds."""
        came = asyncio.get_running_loop().create_future()

        def take(*values):
            if not came.done():
                came.set_result(values)

        signal.connect(take)
        try:
            if act is not None:
                act(*arguments)
            return await asyncio.wait_for(came, 10)
        finally:
            signal.disconnect(take)

    async def settled(self) -> None:
        """Lets every task that was begun come to its end, and Qt do what it put off."""
        while self.services.scope._all:
            await asyncio.wait(list(self.services.scope._all))
        await asyncio.sleep(0)

    async def asked(self, question: str = "What does temperature do?") -> None:
        """Types a question, sends it, and waits for the end of the answer."""
        field = self.window.view.composer.field
        field.setFocus()
        QTest.keyClicks(field, question)
        await self.until(self.services.generation.ended, QTest.keyClick, field, Qt.Key.Key_Return)

    def press(self, keys: str, widget: QWidget | None = None) -> None:
        """Presses a key combination as the user does, in the widget with the focus."""
        QTest.keySequence(widget or self.window, keys)


@pytest.fixture
def start_theme():
    """The theme the settings hold when the window is made."""
    return "light"


@pytest.fixture
async def desk(qapp, tmp_path: Path, theme: Theme, start_theme: str):
    places = folders(tmp_path)
    database = Database.open(places.data / "facet.db")
    core = make_core(places, database, recover=True, practice_pace=0)
    core.services.settings.set("appearance.theme", start_theme)
    theme.apply(qapp)
    window = MainWindow(theme, core.services.settings.value, folders=places)
    session = WindowSession(window, core.services)
    window.resize(1280, 820)
    window.show()
    QTest.qWaitForWindowExposed(window)
    made = Desk(window, core, theme, session)
    yield made
    await core.services.close()
    database.close()
    window.close_now()
    window.deleteLater()
