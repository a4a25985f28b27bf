"""What another process sees of Facet through AT-SPI: the tree, and what was said."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.drive.facet import Facet
from tests.drive.screen import ending

SYSTEM_PYTHON = "/usr/bin/python3"
DEEPEST = 40
CONTROLS = frozenset(
    {
        "push button",
        "button",
        "toggle button",
        "check box",
        "radio button",
        "combo box",
        "text",
        "password text",
        "entry",
        "slider",
        "spin button",
        "list",
        "list item",
        "table",
        "tree table",
        "table column header",
        "menu item",
        "check menu item",
        "page tab",
        "link",
        "frame",
        "dialog",
    }
)


@dataclass
class Thing:
    """One thing of the tree. `place` is left, top, width, height on the screen."""

    role: str
    name: str
    description: str
    states: list[str]
    interfaces: list[str]
    count: int
    children: list["Thing"] = field(default_factory=list)
    place: tuple[int, int, int, int] = (0, 0, 0, 0)
    text: str = ""
    caret: int = -1

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Thing":
        """From what the reading process wrote."""
        children = [cls.read(child) for child in told.pop("children")]
        return cls(**told, children=children)

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple["Thing", tuple[str, ...]]]:
        """This thing and all in it, each with the way there."""
        here = (*path, f"{self.role} {self.name[:40]!r}")
        yield self, here
        for child in self.children:
            yield from child.walk(here)

    def find(self, role: str, name: str = "") -> "Thing":
        """The first thing in it of a role whose name begins so; AssertionError without one."""
        for thing, _ in self.walk():
            if thing.role == role and thing.name.startswith(name):
                return thing
        raise AssertionError(f"no {role} {name!r} in {[path[-1] for _, path in self.walk()]}")

    def focused(self) -> "Thing | None":
        """The innermost thing with the focus."""
        found = [thing for thing, _ in self.walk() if "focused" in thing.states]
        return found[-1] if found else None

    def offenders(self) -> list[str]:
        """Every control that is shown, or could take the keyboard, without a name."""
        return [
            " / ".join(path[-4:])
            for thing, path in self.walk()
            if not thing.name.strip() and _needs_name(thing)
        ]


def _needs_name(thing: Thing) -> bool:
    is_control = thing.role in CONTROLS or "focusable" in thing.states
    return is_control and "enabled" in thing.states and thing.role not in ("application", "label")


class ScreenReader:
    """Talks to the process that reads one Facet."""

    def __init__(self, facet: Facet, process: "subprocess.Popen[str]") -> None:
        self._facet = facet
        self._process = process

    def _asked(self, **wish: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the reading process has ended"
        return json.loads(line)

    def tree(self) -> Thing:
        """All that Facet shows, as soon as it is on the bus."""
        return Thing.read(
            self._facet.until(lambda: self._asked(walk=DEEPEST), "Facet is on the bus")
        )

    def window(self, title: str) -> Thing:
        """The window whose title begins so, as soon as it is in the tree."""

        def look() -> Thing | None:
            found = [child for child in self.tree().children if child.name.startswith(title)]
            return found[-1] if found else None

        found: Thing = self._facet.until(look, f"{title!r} is in the tree", 20)
        return found

    def around(self, name: str) -> Thing:
        """The window or popup with the focus, once the focus is on something whose name begins
        so."""
        self._facet.until(
            lambda: any(last.startswith(name) for last in self.focused()[-1:]),
            f"{name!r} has the focus",
        )
        return Thing.read(self._asked(around=DEEPEST))

    def heard(self) -> list[tuple[str, str, str]]:
        """(kind, what was said, name of where) since the beginning."""
        return [tuple(event) for event in self._asked(heard=True)]

    def said(self) -> list[str]:
        """What was announced."""
        return [words for kind, words, _ in self.heard() if "announcement" in kind]

    def focused(self) -> list[str]:
        """The names of what got the focus, in order."""
        return [name for kind, _, name in self.heard() if "focused" in kind]


@contextmanager
def listening(facet: Facet, environment: dict[str, str], log: Path) -> Iterator[ScreenReader]:
    """A process that reads this Facet, until the end."""
    with log.open("w") as complaints:
        process = subprocess.Popen(
            [
                SYSTEM_PYTHON,
                str(Path(__file__).with_name("access_tree.py")),
                str(facet.process.pid),
            ],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        with process, ending(process):
            yield ScreenReader(facet, process)
