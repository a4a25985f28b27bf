"""Commands about Facet itself."""

from __future__ import annotations

from app.commands.command import Command

PLACE = 7
SECTION = "Facet"

COMMANDS: tuple[Command, ...] = (
    Command(
        "application.settings",
        "Settings",
        ("Ctrl+,",),
        SECTION,
        "Opens the settings window.",
        "settings",
        "File",
        2,
        words="preferences options configuration setup",
    ),
    Command(
        "application.providers",
        "Connect a provider…",
        (),
        SECTION,
        "Opens the page where keys and addresses are kept.",
        "plug",
        "File",
        2,
        words="api key login account sign in add token openai anthropic server",
    ),
    Command(
        "application.ledger",
        "Costs…",
        (),
        SECTION,
        "Shows what answers cost, by month, provider and model.",
        "receipt-text",
        "File",
        2,
        words="price spending money usage bill expenses budget",
    ),
    Command(
        "application.quit",
        "Quit",
        ("Ctrl+Q",),
        SECTION,
        "Closes Facet; a running answer is kept as far as it got.",
        "x",
        "File",
        3,
        words="exit close leave",
        is_risky=True,
    ),
    Command(
        "application.manual",
        "Manual",
        (),
        SECTION,
        "Opens the manual, which needs no network.",
        "book-open",
        "Help",
        words="help documentation guide handbook how",
    ),
    Command(
        "application.shortcuts",
        "Keyboard shortcuts",
        ("F1", "Ctrl+/"),
        SECTION,
        "Lists every key.",
        "command",
        "Help",
        words="hotkeys keys keybindings bindings",
    ),
    Command(
        "application.about",
        "About Facet",
        (),
        SECTION,
        "Version, licences, and the folders Facet keeps its files in.",
        "info",
        "Help",
        1,
        words="version licence license folders data",
    ),
)
