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
    ),
    Command(
        "application.manual",
        "Manual",
        (),
        SECTION,
        "Opens the manual, which needs no network.",
        "book-open",
        "Help",
    ),
    Command(
        "application.shortcuts",
        "Keyboard shortcuts",
        ("F1", "Ctrl+/"),
        SECTION,
        "Lists every key.",
        "command",
        "Help",
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
    ),
)
