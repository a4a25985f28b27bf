"""A screen of its own for the journeys: Xvfb, openbox for the focus, keys and clicks by xdotool."""

import mmap
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.drive.waiting import NotSeenError, until

WIDTH, HEIGHT = 1440, 960
PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-daemon", "gnome-keyring-daemon")


def program(name: str) -> str:
    """Where a program is; fails with what to do when it is missing."""
    found = shutil.which(name)
    if not found:
        pytest.fail(
            f"These tests drive the real window and need {name}. "
            "`python3 packaging/run.py test` installs it as root, or prints the line that does."
        )
    return found


@dataclass
class Screen:
    """A running screen; what is on it can be read from the file Xvfb keeps it in."""

    display: str
    picture: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to show itself here."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        return kept | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "QT_FONT_DPI": "96"}

    def tool(self, *arguments: Any, is_checked: bool = True) -> str:
        """What xdotool answers; empty when it finds nothing and that is not checked."""
        done = subprocess.run(
            [program("xdotool"), *map(str, arguments)],
            env={**os.environ, "DISPLAY": self.display},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        if is_checked and done.returncode:
            raise AssertionError(f"xdotool {arguments}: {done.stderr.strip()}")
        return done.stdout.strip() if not done.returncode else ""

    def pixels(self, x: int, y: int, width: int, height: int) -> list[tuple[int, int, int]]:
        """The colours in a rectangle, row by row, as red, green, blue."""
        with self.picture.open("rb") as file:
            seen = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        with seen:
            header = struct.unpack(">20I", seen[:80])  # the X window dump of xwd
            size, stride, colours = header[0], header[12], header[19]
            start = size + colours * 12
            found = []
            for row in range(y, min(y + height, HEIGHT)):
                place = start + row * stride + x * 4
                line = seen[place : place + 4 * min(width, WIDTH - x)]
                found += [(line[i + 2], line[i + 1], line[i]) for i in range(0, len(line), 4)]
        return found


@contextmanager
def new_screen(folder: Path) -> Iterator[Screen]:
    """A screen with a window manager; both end with it."""
    for name in PROGRAMS:
        program(name)
    reading, writing = os.pipe()
    command = [program("Xvfb"), "-displayfd", str(writing), "-nolisten", "tcp"]
    command += ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
    log = (folder / "xvfb.log").open("wb")
    server = subprocess.Popen(
        command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )
    os.close(writing)
    with log, os.fdopen(reading) as told, ending(server):
        number = told.readline().strip()
        if not number:
            pytest.fail(f"Xvfb did not start: {(folder / 'xvfb.log').read_text()}")
        screen = Screen(f":{number}", folder / "Xvfb_screen0")
        with ending(_managed(screen, log)):
            yield screen


def _managed(screen: Screen, log: BinaryIO) -> subprocess.Popen[bytes]:
    """A window manager that answers. On a busy machine openbox was seen to give up at once."""
    for is_last in (False, False, True):
        manager = subprocess.Popen(
            [program("openbox"), "--sm-disable"],
            env=screen.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            until(
                lambda: screen.tool("get_desktop", is_checked=False),
                "openbox answers",
                is_over=lambda of=manager: "openbox ended" if of.poll() is not None else "",
            )
        except NotSeenError:
            if is_last or manager.poll() is None:
                raise
            continue
        return manager
    raise AssertionError("unreachable: the last try raises")


@contextmanager
def ending(process: subprocess.Popen[Any]) -> Iterator[None]:
    """Ends a process that is still there, and waits for it."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
