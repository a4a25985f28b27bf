"""The desktop's wish for less motion, asked for and heard over a real session bus."""

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.drive.bus import own_bus
from tests.drive.facet import ROOT
from tests.drive.screen import ending
from tests.drive.waiting import NotSeenError, until

LISTENER = """
from PySide6.QtCore import QCoreApplication
from app.ui.window.reduced_motion import SystemMotion
application = QCoreApplication([])
motion = SystemMotion(application)
motion.changed.connect(lambda: print("less" if motion.is_unwanted else "any", flush=True))
motion.ask()
application.exec()
"""


@pytest.fixture
def bus(tmp_path: Path, screen):
    with own_bus(tmp_path, screen.environment) as environment:
        yield {**os.environ, **environment, "PYTHONPATH": str(ROOT)}


@contextmanager
def running(words, environment, log: Path, **more):
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", *words], env=environment, stdout=out, cwd=ROOT, **more
        )
        with ending(process):
            yield process


@pytest.fixture
def listening(bus, tmp_path):
    """Starts a portal (None: none) and a listener; gives the portal and what was heard."""
    with ExitStack() as opened:

        def begin(answer):
            portal, heard = None, tmp_path / "heard"
            if answer is not None:
                told = tmp_path / "portal"
                words = ["-m", "tests.drive.portal", answer]
                more = {"stdin": subprocess.PIPE, "text": True}
                portal = opened.enter_context(running(words, bus, told, **more))
                until(lambda: told.read_text() == "ready\n", "the portal is there")
                opened.enter_context(portal.stdin)
            opened.enter_context(running(["-c", LISTENER], bus, heard, stdin=subprocess.DEVNULL))
            return portal, heard

        yield begin


def test_what_the_desktop_wants_is_asked_for_and_followed(listening):
    portal, heard = listening("false")
    until(lambda: heard.read_text() == "less\n", "the listener knows")
    portal.stdin.write("true\n")
    portal.stdin.flush()
    until(lambda: heard.read_text() == "less\nany\n", "it followed")


def test_nothing_is_started_to_be_asked(listening, bus, tmp_path):
    services = Path(bus["XDG_DATA_HOME"]) / "dbus-1" / "services"
    services.mkdir(parents=True)
    started = tmp_path / "started"
    (services / "org.freedesktop.portal.Desktop.service").write_text(
        "[D-BUS Service]\nName=org.freedesktop.portal.Desktop\n"
        f"Exec={sys.executable} -c \"open('{started}', 'w')\"\n"
    )
    _, heard = listening(None)
    until(lambda: heard.exists(), "the listener runs")
    with pytest.raises(NotSeenError):
        until(lambda: started.exists(), "a portal is started", seconds=3)
    assert heard.read_text() == ""
