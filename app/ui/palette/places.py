"""The places of the program itself that the palette leads to: settings, dials and the manual."""

from __future__ import annotations

from functools import cache

from app.providers.parameters.declarations import DIALS
from app.render.manual import heading_titles, page_names
from app.settings.definitions import SETTINGS
from app.settings.setting import Choice, Flag, Number, Text
from app.ui.palette.palette_list_model import Entry

DIAL, MANUAL, SETTING = "dial", "manual", "setting"
"""What an entry's `target` begins with, before a colon."""

_PAGES = {
    "providers": "Providers api keys address connect account sign in server local ollama",
    "privacy": "Privacy data telemetry encryption",
    "routing": "Routing hosts zero data retention fallback quantization",
}


@cache
def places() -> tuple[tuple[Entry, str], ...]:
    """Every place with the other words it is found by."""
    found = [
        (
            Entry(item.title, "Dial", icon="sliders-horizontal", target=f"{DIAL}:{item.name}"),
            f"{item.name} {item.technical} {item.says} {item.words}",
        )
        for item in DIALS.values()
    ]
    found += [
        (
            Entry(
                setting.title,
                f"Settings · {setting.section}",
                icon="settings",
                target=f"{SETTING}:{setting.section.lower()}:{setting.key}",
            ),
            setting.searched,
        )
        for setting in SETTINGS.values()
        if setting.is_shown and isinstance(setting.kind, Choice | Flag | Number | Text)
    ]
    found += [
        (
            Entry(name.capitalize(), "Settings", icon="settings", target=f"{SETTING}:{name}:"),
            words,
        )
        for name, words in _PAGES.items()
    ]
    for name in page_names():
        for title in heading_titles(name):
            target = f"{MANUAL}:{name}:{title}"
            found.append((Entry(title, "Manual", icon="book-open", target=target), ""))
    return tuple(found)
