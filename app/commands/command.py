"""A command: its id, words and keys. What it does is bound later, by the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for.

    `id` is `room.verb`. `keys` are in Qt's portable notation (`Ctrl+Shift+O`), the first is the one
    shown. `section` heads it in the shortcuts page. `menu` names the menu that holds it, None for
    none; `group` separates the entries of a menu by lines. `is_checkable` commands show a tick
    while their state is on. `words` are other words people use for it; `is_risky` ones delete, send
    or end something, so the palette never offers them as a first guess.
    """

    id: str
    title: str
    keys: tuple[str, ...] = ()
    section: str = "Application"
    help: str = ""
    icon: str = ""
    menu: str | None = None
    group: int = 0
    is_checkable: bool = False
    words: str = ""
    is_risky: bool = False

    @property
    def room(self) -> str:
        """What comes before the dot of the id."""
        return self.id.partition(".")[0]
