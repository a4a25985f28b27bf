"""Reads the accessible tree of a program over AT-SPI, as a screen reader does.

Runs under the system's Python, which has pyatspi: `python3 tree.py PID`. Each line on standard
input is a wish in JSON; each line on standard output its answer. `{"walk": depth}` gives the whole
tree, `{"around": depth}` the window with the focus, `{"heard": true}` what was told since.
"""

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402

MOST_CHILDREN = 400
STATES = (
    "busy",
    "checkable",
    "checked",
    "editable",
    "enabled",
    "expandable",
    "focusable",
    "focused",
    "read-only",
    "selectable",
    "selected",
    "showing",
    "visible",
)


def program_of(pid: int) -> Any:
    """The application with this process id, or None while it is not there."""
    desktop = pyatspi.Registry.getDesktop(0)
    # What was true a moment ago is of no use here.
    desktop.set_cache_mask(Atspi.Cache.NONE)
    for index in range(desktop.childCount):
        found = desktop.getChildAtIndex(index)
        if found is not None and found.get_process_id() == pid:
            found.set_cache_mask(Atspi.Cache.NONE)
            return found
    return None


def window_of(thing: Any) -> Any:
    """What a thing is in, just below the program itself: also a popup, which no window lists."""
    while thing.parent is not None and thing.parent.getRoleName() != "application":
        thing = thing.parent
    return thing


def told(thing: Any, depth: int) -> dict[str, Any]:
    """What AT-SPI tells of a thing and what is in it."""
    known = {pyatspi.stateToString(state) for state in thing.getState().getStates()}
    interfaces = pyatspi.listInterfaces(thing)
    found: dict[str, Any] = {
        "role": thing.getRoleName(),
        "name": thing.name,
        "description": thing.description,
        "states": sorted(known & set(STATES)),
        "interfaces": interfaces,
        "count": thing.childCount,
        "children": [],
    }
    if "Component" in interfaces:
        place = thing.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        found["place"] = [place.x, place.y, place.width, place.height]
    if "Text" in interfaces:
        text = thing.queryText()
        found["text"] = text.getText(0, min(2000, text.characterCount))
        found["caret"] = text.caretOffset
    if depth:
        for index in range(min(MOST_CHILDREN, thing.childCount)):
            child = thing.getChildAtIndex(index)
            if child is not None:
                found["children"].append(told(child, depth - 1))
    return found


def main() -> None:
    """Answers wishes until standard input ends."""
    pid = int(sys.argv[1])
    heard: list[list[str]] = []
    focused: list[Any] = []
    loop = GLib.MainLoop()

    def hear(event: Any) -> None:
        if event.host_application is not None and event.host_application.get_process_id() == pid:
            name = event.source.name if event.source else ""
            if event.source is not None and "focused" in str(event.type):
                focused[:] = [event.source]
            heard.append([str(event.type), str(event.any_data or ""), name])

    def answer(channel: Any, _condition: Any) -> bool:
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        wish = json.loads(line)
        result: Any = None
        if "walk" in wish:
            program = program_of(pid)
            result = told(program, wish["walk"]) if program is not None else None
        elif "around" in wish:
            result = told(window_of(focused[0]), wish["around"]) if focused else None
        elif "heard" in wish:
            result = list(heard)
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()
        return True

    pyatspi.Registry.registerEventListener(
        hear, "object:announcement", "object:state-changed:focused"
    )
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, answer)
    loop.run()


if __name__ == "__main__":
    main()
