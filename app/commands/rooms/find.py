"""Commands about finding words in the open conversation."""

from __future__ import annotations

from app.commands.command import Command

PLACE = 5
SECTION = "Finding"

COMMANDS: tuple[Command, ...] = (
    Command(
        "find.open",
        "Find in this conversation…",
        ("Ctrl+F",),
        SECTION,
        "Opens a bar that finds words in the open conversation: in questions and answers, in what "
        "was thought, in code, calls, sources and errors. The scroll bar shows where they are.",
        "search",
        "Edit",
        2,
        words="search look for words",
    ),
    Command(
        "find.next",
        "Find next",
        ("F3", "Ctrl+G"),
        SECTION,
        "Goes to the next find; Enter in the bar does the same.",
        "chevron-down",
        "Edit",
        2,
    ),
    Command(
        "find.previous",
        "Find previous",
        ("Shift+F3", "Ctrl+Shift+G"),
        SECTION,
        "Goes to the find before; Shift+Enter in the bar does the same.",
        "chevron-up",
        "Edit",
        2,
    ),
    Command(
        "find.close",
        "Close the find bar",
        (),
        SECTION,
        "Takes the bar and the marks away; Esc in the bar does the same.",
        "x",
        "Edit",
        2,
    ),
)
