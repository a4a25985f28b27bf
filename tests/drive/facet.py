"""The real program as a process of its own: its window, its keys, its end, its complaints."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.drive.history import History, Kept
from tests.drive.screen import Screen
from tests.drive.waiting import SECONDS, until

ROOT = Path(__file__).parents[2]
ACCENT = "#5b5bd6"
"""The colour of the button that matters most, in the light theme."""


def command(profile: Path, *arguments: str) -> list[str]:
    """The words that start Facet on a profile."""
    return [sys.executable, "-P", "-m", "app", "--profile", str(profile), *arguments]


def surroundings(more: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a Facet without a screen."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(more or {})}


def write_settings(profile: Path, settings: dict[str, Any]) -> None:
    """Puts a settings file in place, keys as in `appearance.theme`."""
    folder = profile / "config"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")


class Facet:
    """A window of Facet on a screen, in a profile."""

    def __init__(
        self,
        screen: Screen,
        profile: Path,
        *,
        prefix: tuple[str, ...] = (),
        environment: dict[str, str] | None = None,
    ) -> None:
        self._screen = screen
        self.profile = profile
        self.history = History(profile)
        self.window = ""
        number, name = tempfile.mkstemp(prefix="facet-complaints-")
        self._complaints = Path(name)
        self.process = subprocess.Popen(
            [*prefix, *command(profile)],
            env={**surroundings(screen.environment), **(environment or {})},
            cwd=profile.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=number,
        )
        os.close(number)

    @property
    def complaints(self) -> str:
        """What was written to standard error; a Facet in good health writes nothing there."""
        return self._complaints.read_text(encoding="utf-8", errors="replace")

    def windows(self, title: str = "") -> list[str]:
        """The windows that are shown now, only those whose title matches."""
        words = ["--all", "--pid", self.process.pid, "--onlyvisible", "--name", title or "."]
        return self._screen.tool("search", *words, is_checked=False).split()

    def shown(self, title: str = "") -> "Facet":
        """Waits for a window with a title like this and gives it the keyboard."""
        self.window = self.until(lambda: self.windows(title), f"window {title!r} is shown")[0]
        self.activate()
        return self

    def activate(self) -> None:
        """Gives the window the keyboard."""
        self._screen.tool("windowactivate", "--sync", self.window)
        self.until(lambda: self.has_focus(), "the window has the focus")

    def has_focus(self) -> bool:
        """Whether the keys go to this window now."""
        return self._screen.tool("getactivewindow", is_checked=False) == self.window

    def title(self) -> str:
        """The title of the window."""
        return self._screen.tool("getwindowname", self.window)

    def key(self, *keys: str) -> None:
        """Presses keys, one after another."""
        self._screen.tool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Types a text."""
        self._screen.tool("type", "--delay", "2", text)

    def command(self, words: str) -> None:
        """Has a command done by its name in the palette."""
        self.key("ctrl+k")
        self.type(words)
        self.key("Return")

    def ask(self, text: str) -> None:
        """Types a question and sends it; returns when it is stored."""
        self.type(text)
        self.key("Return")
        self.until(lambda: text in self.history.questions(), f"the question {text!r} is stored")

    def answer(self, state: str = "done", *, after: str = "") -> Kept:
        """Waits until the newest answer, another than `after`, is in a state."""

        def look() -> Kept | None:
            found = self.history.answer()
            return found if found.state == state and found.id != after else None

        return self.until(look, f"an answer is {state}")

    def place(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the window."""
        lines = self._screen.tool("getwindowgeometry", "--shell", self.window).splitlines()
        told = dict(line.split("=") for line in lines)
        return tuple(int(told[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))  # type: ignore[return-value]

    def colours(self, left: float, top: float, right: float, bottom: float) -> dict[str, int]:
        """How often each colour (#rrggbb) is seen in a part of the window, in shares of it."""
        x, y, width, height = self.place()
        part = self._screen.pixels(
            x + int(width * left),
            y + int(height * top),
            max(1, int(width * (right - left))),
            max(1, int(height * (bottom - top))),
        )
        found: dict[str, int] = {}
        for red, green, blue in part:
            name = f"#{red:02x}{green:02x}{blue:02x}"
            found[name] = found.get(name, 0) + 1
        return found

    def click(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        """Clicks the middle of what has this colour in a part of the window, once it is there."""
        x, y, width, height = self.place()
        start_x, start_y = x + int(width * left), y + int(height * top)
        part = (int(width * (right - left)), int(height * (bottom - top)))
        wanted = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))

        def look() -> list[int]:
            pixels = self._screen.pixels(start_x, start_y, *part)
            return [place for place, pixel in enumerate(pixels) if pixel == wanted]

        found = self.until(look, f"something {colour} is shown")
        columns = sorted(place % part[0] for place in found)
        rows = sorted(place // part[0] for place in found)
        across, down = columns[len(columns) // 2], rows[len(rows) // 2]
        self._screen.tool("mousemove", start_x + across, start_y + down, "click", "1")

    def until(self, look: Any, what: str, seconds: float = SECONDS) -> Any:
        """Waits for a state while Facet lives."""
        return until(look, what, seconds=seconds, is_over=self._why_over)

    def close(self) -> None:
        """Closes the window as its cross does: openbox asks it to close."""
        self.activate()
        self.key("alt+F4")

    def quit(self) -> None:
        """Closes by the keyboard and checks that all was well until the end."""
        self.activate()
        self.key("ctrl+q")
        self.ends_well()

    def ends_well(self, seconds: float = SECONDS) -> None:
        """Waits for exit status 0 with nothing on standard error."""
        assert self.process.wait(seconds) == 0, self.complaints
        assert self.complaints == ""

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """Ends it whatever it does: for the end of a test."""
        if self.process.poll() is None:
            self.kill()
        self._complaints.unlink(missing_ok=True)

    def _why_over(self) -> str:
        status = self.process.poll()
        return "" if status is None else f"Facet ended with {status}: {self.complaints}"


def run(profile: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """One command of the command line, as a shell runs it; `prefix` stands before it."""
    prefix = more.pop("prefix", ())
    environment = more.pop("environment", {})
    return subprocess.run(
        [*prefix, *command(profile, *arguments)],
        env=surroundings(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        cwd=profile.parent,
        **more,
    )
